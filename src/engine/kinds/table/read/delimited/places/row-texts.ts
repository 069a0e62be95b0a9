import type { Steps } from "../../../../../ground/progress";
import type { TableSource } from "../../source";
import type { FileLayout } from "../file-layout";
import { RowStream } from "../cut/rows";
import { textOf } from "../text-stream";
import { placeBefore } from "./row-place";

const EVERY = [1, Infinity] as const;

/**
 * Some rows of a file as they are written, from the first to the one before `to`; fewer if the file has become shorter.
 * Cost is some hundred kilobytes of the file, or all of it up to these rows where no place in it is known: in gzip.
 */
export async function* rowTexts(
  source: TableSource,
  { plan, layout, places }: FileLayout,
  from: number,
  to: number,
): Steps<readonly (readonly string[])[]> {
  const place = placeBefore(places, from);
  const start = place?.byte ?? 0;
  const rows = new RowStream(
    place ? { ...layout, preamble: 0, headerRows: 0, skipped: 0, rows: EVERY } : layout,
  );
  const later: TableSource = { ...source, open: () => source.open(start) };
  const found: (readonly string[])[] = [];
  let at = place?.row ?? 0;
  const take = (some: readonly string[][]) => {
    found.push(...some.slice(Math.max(0, from - at), Math.max(0, to - at)));
    at += some.length;
  };
  for await (const piece of textOf(later, place ? { ...plan, bomBytes: 0 } : plan)) {
    take(rows.push(piece.text, piece.isAscii));
    if (at >= to) return found;
    yield { stage: "read", done: Math.min(at, to), total: to };
  }
  take(rows.end());
  return found;
}
