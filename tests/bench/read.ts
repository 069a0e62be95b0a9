import { finish } from "../../src/engine/ground/finish";
import { EngineError } from "../../src/engine/ground/errors";
import { openAnyTable } from "../../src/engine/kinds/table/read/every-format";
import type { OpenTable } from "../../src/engine/kinds/table/read/index";
import { sourceOfBytes } from "../../src/engine/kinds/table/read/source";
import { byteTools } from "../../src/runtime/byte-tools";
import { corpusOf, type Entry, type Expected } from "./read-corpus";
import type { Figure } from "./report";

/** Longer than any file of the corpus needs: it hangs. */
const HANG_MS = 60_000;

interface Verdict {
  readonly isRight: boolean;
  readonly isCrash: boolean;
  readonly said: string;
}

/** @param directory - With messy/, or of messy files itself; see `corpusOf`. */
export async function benchRead(directory: string): Promise<Figure[]> {
  const counts = new Map<string, { right: number; all: number; crashes: number }>();
  for await (const entry of corpusOf(directory)) {
    const { isRight, isCrash, said } = await judge(entry);
    const group = entry.expected.kind === "no crash" ? "unjudged" : entry.name.split("/")[0]!;
    for (const name of [group, ...(group === "unjudged" ? [] : ["judged"])]) {
      const count = counts.get(name) ?? { right: 0, all: 0, crashes: 0 };
      count.all++;
      if (isRight) count.right++;
      if (isCrash) count.crashes++;
      counts.set(name, count);
    }
    console.log(`${isRight ? "right" : isCrash ? "CRASH" : "WRONG"}  ${entry.name}  ${said}`);
  }
  return [...counts].flatMap(([name, { right, all, crashes }]) => [
    { suite: "read", case: name, metric: "files", unit: "", value: all },
    { suite: "read", case: name, metric: "right", unit: "", value: right },
    { suite: "read", case: name, metric: "right_share", unit: "", value: right / all },
    { suite: "read", case: name, metric: "crashes", unit: "", value: crashes },
  ]);
}

async function judge({ name, bytes, expected }: Entry): Promise<Verdict> {
  try {
    const open = await withTimeout(finish(openAnyTable(sourceOfBytes(bytes, byteTools), name)));
    const said = await difference(open, expected);
    return { isRight: said === null, isCrash: false, said: said ?? "" };
  } catch (error) {
    if (!(error instanceof EngineError)) {
      return { isRight: false, isCrash: true, said: String(error) };
    }
    const isRight = expected.kind === "refused" || expected.kind === "no crash";
    return { isRight, isCrash: false, said: `${error.code}: ${error.message}` };
  }
}

function withTimeout<T>(job: Promise<T>): Promise<T> {
  return Promise.race([
    job,
    new Promise<T>((_, fail) => {
      setTimeout(() => fail(new Error("hangs")), HANG_MS).unref();
    }),
  ]);
}

/** In what a table that was read is not what it should be; null if it is. */
async function difference(open: OpenTable, expected: Expected): Promise<string | null> {
  const { profile } = open.read;
  if (expected.kind === "no crash") return null;
  if (expected.kind === "refused") return "should be refused";
  if (expected.kind === "shape") {
    const isRight = profile.rows === expected.rows && profile.columns.length === expected.columns;
    const got = `${profile.rows} x ${profile.columns.length}`;
    return isRight ? null : `${got} instead of ${expected.rows} x ${expected.columns}`;
  }
  const names = profile.dialect.hasHeader ? profile.columns.map((column) => column.name) : null;
  // One name short, as R writes it: the first column has none.
  const isShort = expected.rows[0]?.length === (expected.names?.length ?? NaN) + 1;
  const shifted = isShort ? ["", ...expected.names!] : expected.names;
  if (!namesAgree(names, expected.names) && !namesAgree(names, shifted)) {
    return `names ${JSON.stringify(names).slice(0, 200)} instead of ${JSON.stringify(expected.names).slice(0, 200)}`;
  }
  if (profile.rows !== expected.rows.length) {
    return `${profile.rows} rows instead of ${expected.rows.length}`;
  }
  const rows = await finish(open.texts(0, profile.rows));
  // One broken row that is named is all that can be asked.
  const named = profile.warnings.find(({ code }) => code === "ragged_rows")?.rows ?? [];
  for (const [i, row] of rows.entries()) {
    const right = expected.rows[i]!;
    for (let j = 0; j < Math.max(row.length, right.length); j++) {
      if (plain(row[j]) === plain(right[j])) continue;
      if (named.includes(i + 1)) break;
      return `row ${i + 1}, cell ${j + 1}: ${JSON.stringify(row[j])} instead of ${JSON.stringify(right[j])}`;
    }
  }
  return null;
}

function plain(text: string | undefined): string {
  return (text ?? "").trim().replace(/\s+/g, " ");
}

function namesAgree(names: readonly string[] | null, right: readonly string[] | null): boolean {
  if (!names || !right) return names === right;
  const width = Math.max(names.length, right.length);
  return Array.from({ length: width }, (_, j) => j).every((j) => {
    const [one, other] = [plain(names[j]), plain(right[j])];
    // What has no name gets one, and the second of a name a number.
    return (
      one === other ||
      (other === "" && /^column \d+$/.test(one)) ||
      one.replace(/ \(\d+\)$/, "") === other
    );
  });
}
