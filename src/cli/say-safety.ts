import type { PreflightReport } from "../engine/specification/publish/preflight";

/** What is published of rows, and what attacks on it achieved. */
export function saySafety({ points, fewestRows, strongAuc }: PreflightReport): string {
  const behind = fewestRows === null ? "" : `, each for at least ${fewestRows} of the rows picked`;
  const told = `${(100 * strongAuc).toFixed(0)} of 100 times (a coin: 50)`;
  return `${points} points${behind}; the strongest attack tells a row that was described from another ${told}`;
}
