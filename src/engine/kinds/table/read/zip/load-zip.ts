import { EngineError } from "../../../../ground/errors";
import type { Steps } from "../../../../ground/progress";
import { unusedName } from "../../columns/names";
import type { Cell } from "../cells/cell";
import type { LoadedTable } from "../cells/cell-reader";
import type { KindedTable } from "../cells/cell-table";
import { noTable } from "../cells/no-table";
import { wholeFile } from "../cells/whole-text";
import { decodeText } from "../lines/decode-text";
import { tableOfTextFiles, type TextFile } from "../lines/load-text-files";
import { looksLikeProse } from "../lines/looks-like-prose";
import type { ReadOptions } from "../reader";
import { sourceOfBytes, type TableSource } from "../source";
import type { Archive } from "../../../../learnware/zip/unzip";
import { openTables } from "./table-archive";

const CALLED = "zip archive";
/** What systems add to archives. */
const ASIDE = /(?:^|\/)(?:__MACOSX\/|\.|~\$|Thumbs\.db$|desktop\.ini$)/i;

/** Opens a table that lies in an archive. */
export type OpenMember = (
  source: TableSource,
  name: string,
  options: ReadOptions,
) => Steps<KindedTable>;

interface Member {
  readonly name: string;
  readonly table: KindedTable;
}

/**
 * The tables of a zip that have the same columns as one, with a column that says where each row comes from. Of several kinds of
 * tables the one with most rows; the others are offered by their names.
 *
 * @throws EngineError `no_table` if it holds none, saying why the first file is none.
 */
export async function* loadZip(
  source: TableSource,
  options: ReadOptions,
  open: OpenMember,
): Steps<LoadedTable> {
  const total = source.sizeBytes;
  yield { stage: "read", done: 0, total };
  const archive = await openTables(await wholeFile(source, CALLED), CALLED);
  const names = archive.names.filter((name) => !ASIDE.test(name));
  const texts = options.sheet === undefined ? await textsOf(archive, names, source, options) : null;
  if (texts) return tableOfTextFiles(texts);
  const { sheet, ...inner } = options;
  const asked = sheet !== undefined && names.includes(sheet) ? [sheet] : names;
  const members: Member[] = [];
  let refused: EngineError | null = null;
  for (const [i, name] of asked.entries()) {
    const member = sourceOfBytes(await archive.unpack(name), source.tools);
    try {
      const steps = open(member, name, inner);
      for (;;) {
        const step = await steps.next();
        if (step.done) {
          members.push({ name, table: step.value });
          break;
        }
        const share = (i + step.value.done / step.value.total) / asked.length;
        yield { stage: "read", done: Math.floor((total / 2) * share), total };
      }
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      refused ??= error;
    }
  }
  const chosen = largestKind(members);
  if (chosen.length === 0) throw noTable(CALLED, refused?.message ?? "it holds no file");
  const others = names.filter((name) => !chosen.some((member) => member.name === name));
  const loaded: LoadedTable = {
    ...joined(chosen),
    ...(names.length > 1 && { sheets: names, sheet: chosen.length === 1 ? chosen[0]!.name : "" }),
  };
  if (others.length === 0 || asked !== names) return loaded;
  const warning = { code: "other_sheets", count: others.length, sheets: others } as const;
  return { ...loaded, warnings: [...loaded.warnings, warning] };
}

/** Texts of one `.txt` file each; null if not all are such files, or if the first of them is a table. */
async function textsOf(
  { unpack }: Archive,
  names: readonly string[],
  { tools }: TableSource,
  { delimiter, encoding }: ReadOptions,
): Promise<readonly TextFile[] | null> {
  if (delimiter !== undefined || !names.every((name) => /\.txt$/i.test(name))) return null;
  const files: TextFile[] = [];
  for (const name of names.toSorted()) {
    const { text } = decodeText(await unpack(name), tools, encoding);
    if (files.length === 0 && text.trim() !== "" && !looksLikeProse(text)) return null;
    files.push({ name, text });
  }
  return files.length > 1 ? files : null;
}

function largestKind(members: readonly Member[]): readonly Member[] {
  const kinds = new Map<string, Member[]>();
  for (const member of members) {
    const key = [...member.table.names].sort().join("\0");
    kinds.set(key, [...(kinds.get(key) ?? []), member]);
  }
  let best: readonly Member[] = [];
  let most = 0;
  for (const kind of kinds.values()) {
    const rows = kind.reduce((sum, { table }) => sum + table.rows, 0);
    if (rows > most) [best, most] = [kind, rows];
  }
  return best;
}

/** Tables of the same columns, below each other in the order of the first. */
function joined(members: readonly Member[]): LoadedTable {
  const [first] = members as [Member];
  const own = first.table.names;
  const starts = [0];
  for (const { table } of members) starts.push(starts.at(-1)! + table.rows);
  const ends = members.flatMap(({ table }, m) => table.ends.map((end) => starts[m]! + end));
  const places = members.map(({ table }) => own.map((name) => table.names.indexOf(name)));
  const added =
    members.length > 1 ? [unusedName("source", new Set(own), (n) => `source ${n}`)] : [];
  return {
    table: {
      ...{ rows: starts.at(-1)!, names: [...own, ...added], ends },
      cells: async (column, from, to) => {
        const cells: Cell[] = [];
        for (const [m, { name, table }] of members.entries()) {
          const start = starts[m]!;
          const [a, b] = [Math.max(from, start) - start, Math.min(to, starts[m + 1]!) - start];
          if (a >= b) continue;
          const place = places[m]![column];
          if (place === undefined) for (let i = a; i < b; i++) cells.push(name);
          else for (const cell of Array.from(await table.cells(place, a, b))) cells.push(cell);
        }
        return cells;
      },
    },
    isNamed: [...own, ...added].map(() => true),
    hasHeader: true,
    warnings: [],
  };
}
