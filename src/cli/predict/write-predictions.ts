import type { AddedColumn } from "../../engine/kinds/added-column";
import type { Output } from "../output";
import type { UserTable } from "./user-table";

/** The file again with columns at its right, piece by piece. */
export async function writePredictions(
  output: Output,
  table: UserTable,
  added: readonly AddedColumn[],
): Promise<void> {
  const pieces: (string | Uint8Array)[] = [];
  const steps = table.write(added, (piece) => void pieces.push(piece));
  for (let isDone = false; !isDone;) {
    isDone = (await steps.next()).done === true;
    for (const piece of pieces.splice(0)) await output.write(piece);
  }
}
