interface Drawn {
  /** Of one bar with its gaps. */
  readonly width: number;
  /** Of the highest bar, which stands on the line at its foot. */
  readonly height: number;
  readonly foot: number;
}

const GAP = 0.75;
const LEAST = 1.5;

/** The outline of bars side by side, as one path: a drawing of them is made in one piece. Of none counted there is none. */
export function barsPath(
  counts: readonly number[],
  most: number,
  { width, height, foot }: Drawn,
): string {
  return counts
    .map((count, i) => {
      if (count === 0) return "";
      const tall = Math.max(LEAST, (height * count) / Math.max(1, most)).toFixed(2);
      return `M${i * width + GAP} ${foot}v-${tall}h${width - 2 * GAP}v${tall}z`;
    })
    .join("");
}
