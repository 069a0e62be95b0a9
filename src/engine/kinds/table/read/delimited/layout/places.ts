const LOOKED_AT = 200;
/** Two runs or more of hyphens, of which one has several. */
const RULE = /^[-=]+(?: +[-=]+)+$/;
/** No rule is longer. */
const LONGEST_RULE = 10_000;
/** So many of the lines around a rule keep to it. */
const ALIGNED = 0.9;
const MOST_COLUMNS = 1000;

/**
 * Where columns begin in lines that are aligned by blanks, cells without a value among them: at the ends of stretches that
 * are blank in every line.
 *
 * @returns Offsets in a line, the first 0; null if there are no two columns, or lines are not aligned.
 */
export function placesOf(head: string): readonly number[] | null {
  const lines = head
    .split(/\r\n|\n|\r/)
    .slice(0, LOOKED_AT + 1)
    .filter((line) => line.trim() !== "")
    .slice(0, -1);
  if (lines.length < 3) return null;
  const length = Math.max(...lines.map((line) => line.length));
  if (lines.some((line) => line.includes("\t"))) return null;
  const places: number[] = [];
  let wasBlank = true;
  for (let at = 0; at < length && places.length < MOST_COLUMNS; at++) {
    const isBlank = lines.every((line) => at >= line.length || line[at] === " ");
    if (wasBlank && !isBlank) places.push(at);
    wasBlank = isBlank;
  }
  if (places.length < 2) return null;
  places[0] = 0;
  return isAligned(lines, places) ? places : null;
}

/**
 * Where columns begin in a table with a line below its names, as databases print it: each column has a run of hyphens of its own.
 *
 * @returns Offsets in a line, the first 0; null if there is no such line among the first, or rows stand across its gaps.
 */
export function placesOfRule(head: string): readonly number[] | null {
  const lines = head.split(/\r\n|\n|\r/).slice(0, LOOKED_AT);
  const at = lines.findIndex((line) => {
    const text = line.length > LONGEST_RULE ? "" : line.trim();
    return RULE.test(text) && /--|==/.test(text);
  });
  if (at < 1) return null;
  const runs = [...lines[at]!.matchAll(/[-=]+/g)].map(({ index, 0: run }) => [index, index + run.length] as const); // prettier-ignore
  const gaps = runs.slice(1).map(([from], j) => [runs[j]![1], from] as const);
  const isWithin = (line: string) =>
    gaps.every(([from, to]) => line.slice(from, to).trim() === "") && !line.includes("\t");
  const around = lines.slice(at - 1).filter((line) => line.trim() !== "");
  // Notes below a table stand across.
  return around.filter(isWithin).length >= ALIGNED * around.length && isWithin(lines[at - 1]!)
    ? runs.map(([from], j) => (j === 0 ? 0 : from))
    : null;
}

/** Words in a text also leave gaps now and then; in a table nearly every line has something on both sides of each. */
function isAligned(lines: readonly string[], places: readonly number[]): boolean {
  return places.every((from, j) => {
    const filled = lines.filter((line) => line.slice(from, places[j + 1]).trim() !== "");
    return filled.length >= 0.5 * lines.length;
  });
}
