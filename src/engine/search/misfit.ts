import { type Kernel, sameKernel } from "../specification/kernel/kernel";

interface Described {
  /** Encoded columns. */
  readonly cols: number;
  readonly kernel: Kernel;
}

/** Why a specification cannot be compared with those of a space; null if it can. */
export function misfit(space: Described, specification: Described): string | null {
  if (specification.cols !== space.cols) {
    return `specification.cols must be ${space.cols} on this island`;
  }
  return sameKernel(specification.kernel, space.kernel)
    ? null
    : "specification.kernel must be the island's";
}
