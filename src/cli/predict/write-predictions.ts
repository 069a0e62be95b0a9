import type { AddedColumn } from "../../engine/kinds/added-column";
import type { WrittenFormat } from "../../engine/kinds/table/write/media-types";
import type { Output } from "../output";
import type { UserTable, WrittenHow } from "../../library/user-table";

/** The file again with columns at its right, or some of its rows, piece by piece. */
export async function writePredictions(
  output: Output,
  table: Pick<UserTable, "write">,
  added: readonly AddedColumn[],
  how: WrittenHow,
): Promise<void> {
  const pieces: (string | Uint8Array)[] = [];
  const steps = table.write(added, (piece) => void pieces.push(piece), how);
  for (let isDone = false; !isDone;) {
    isDone = (await steps.next()).done === true;
    for (const piece of pieces.splice(0)) await output.write(piece);
  }
}

/** By the ending of a file's name; null where the file's own format is wanted. */
export function formatOf(out: string, table: Pick<UserTable, "profile">): WrittenFormat | null {
  const ending = /\.(csv|parquet|ndjson|jsonl|json|arrow|feather|xlsx)$/i
    .exec(out)?.[1]
    ?.toLowerCase();
  const own = table.profile.format ?? "delimited";
  if (own === "delimited" && (ending === undefined || ending === "csv")) return null;
  if (ending === "jsonl") return "ndjson";
  if (ending === "feather") return "arrow";
  return (ending as WrittenFormat | undefined) ?? "csv";
}
