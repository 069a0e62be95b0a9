import type { PreflightReport } from "../../engine/specification/publish/preflight";
import { type Things, THINGS } from "../things";

/** What is published of rows, texts or pictures, and what attacks on it achieved. */
export function saySafety(
  { points, fewestRows, strongAuc }: PreflightReport,
  { one, many }: Things = THINGS.table,
): string {
  const behind =
    fewestRows === null ? "" : `, each for at least ${fewestRows} of the ${many} picked`;
  const told = `${(100 * strongAuc).toFixed(0)} of 100 times (a coin: 50)`;
  return `${points} points${behind}; the strongest attack tells a ${one} that was described from another ${told}`;
}
