interface Described {
  /** Encoded columns. */
  readonly cols: number;
  readonly gamma: number;
}

/** Why a specification cannot be compared with those of a space; null if it can. */
export function misfit(space: Described, specification: Described): string | null {
  if (specification.cols !== space.cols) {
    return `specification.cols must be ${space.cols} on this island`;
  }
  const isSame = Math.abs(specification.gamma - space.gamma) <= 1e-9 * space.gamma;
  return isSame ? null : "specification.gamma must be the island's";
}
