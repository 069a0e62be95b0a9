/** Learnwares that a space needs before its founder's scale is questioned. */
const FEWEST = 4;

/** Whether a space has enough learnwares more than at its last estimate for another one. */
export function grownByHalf(countAtEstimate: number, countNow: number): boolean {
  return countNow >= FEWEST && countNow >= 1.5 * countAtEstimate;
}
