import { EngineError } from "../../../../ground/errors";
import { finish } from "../../../../ground/finish";
import { ColumnAccumulator } from "../../columns/accumulator";
import type { Table } from "../../columns/column";
import { columnOf } from "../../columns/describe";
import { isGzip } from "./format";
import { readTable } from "./read-table";
import { RowStream } from "./cut/rows";
import { type ByteTools, sourceOfBytes, type TableSource } from "../source";
import { textOf } from "./text-stream";
import type { ReadTable } from "../../columns/typed-table";
import { choiceRefused } from "../choice-refused";
import type { FileLayout } from "./file-layout";
import type { TableStream, ReadOptions } from "../reader";

/** Bytes that decide layout and types. */
const HEAD_BYTES = 1 << 21;
/** Cells in a block: some 10 MB of them. */
const CELLS_PER_BLOCK = 1 << 20;
/** Line ends tried, from the last, until the head does not end within quotation marks. */
const MOST_CUTS = 20;

/**
 * Open delimited text, plain or gzip, as a stream of blocks of typed rows. Memory is a few blocks,
 * whatever the number of rows. Unlike `readTable` it settles encoding, layout and types by the
 * first 2 MiB: later cells that do not fit count as missing, later bytes as U+FFFD.
 *
 * @param bytes - Gone through once.
 * @throws EngineError as `readTable` does.
 */
export async function openTableStream(
  bytes: AsyncIterable<Uint8Array>,
  tools: ByteTools,
  choice: ReadOptions = {},
): Promise<TableStream<FileLayout>> {
  const replay = new Replay(bytes);
  const plain = isGzip(await replay.atLeast(2)) ? new Replay(tools.gunzip(replay.all())) : replay;
  const head = await readHead(await plain.atLeast(HEAD_BYTES), plain.isWhole, tools, choice);
  const rows = () => rowsOf(plain, tools, head);
  return {
    head,
    blocks: () => blocksOf(rows(), head),
    countRows: () => countRows(rows()),
    pick: (wanted) => pickRows(rows(), head, wanted),
  };
}

/** The rows up to a line end. One inside quotation marks is no end of a row, so then an earlier one. */
async function readHead(
  bytes: Uint8Array,
  isWhole: boolean,
  tools: ByteTools,
  choice: ReadOptions,
): Promise<ReadTable<FileLayout>> {
  let end = isWhole ? bytes.length : lineEndBefore(bytes, bytes.length);
  for (let cut = 1; ; cut++) {
    try {
      return await finish(readTable(sourceOfBytes(bytes.subarray(0, end), tools), choice));
    } catch (error) {
      if (!isWhole) refuseLaterRows(error);
      const isOpen = error instanceof EngineError && error.code === "unterminated_quote";
      if (!isOpen || isWhole || cut === MOST_CUTS) throw error;
      end = lineEndBefore(bytes, end - 2);
    }
  }
}

/** @throws EngineError `choice_not_possible` */
function refuseLaterRows(error: unknown): void {
  if (!(error instanceof EngineError) || error.details["setting"] !== "rows") return;
  const why = "of a table in a stream, the first row must be among the first 2 MiB";
  throw choiceRefused("rows", error.details["told"]!, why);
}

/** Where the last line that ends at or before `end` ends; `end` if none does. UTF-16 has two-byte line ends. */
function lineEndBefore(bytes: Uint8Array, end: number): number {
  const at = bytes.lastIndexOf(10, end - 1);
  if (at < 0) return end;
  return bytes[at + 1] === 0 ? at + 2 : at + 1;
}

/** All rows as text, some at a time. */
async function* rowsOf(
  replay: Replay,
  tools: ByteTools,
  { file }: ReadTable<FileLayout>,
): AsyncGenerator<readonly string[][], void> {
  const source: TableSource = { sizeBytes: 0, tools, open: () => replay.all() };
  const rows = new RowStream(file.layout);
  const plan = { ...file.plan, isGzip: false, isStrict: false };
  for await (const { text, isAscii } of textOf(source, plan)) yield rows.push(text, isAscii);
  yield rows.end();
}

async function* blocksOf(
  pieces: AsyncIterable<readonly string[][]>,
  read: ReadTable<FileLayout>,
): AsyncGenerator<Table, void> {
  const perBlock = Math.max(1, Math.floor(CELLS_PER_BLOCK / read.typed.length));
  let block = new Block(read);
  for await (const rows of pieces) {
    for (const row of rows) {
      block.add(row);
      if (block.rows < perBlock) continue;
      yield block.finish();
      block = new Block(read);
    }
  }
  if (block.rows > 0) yield block.finish();
}

async function countRows(pieces: AsyncIterable<readonly string[][]>): Promise<number> {
  let count = 0;
  for await (const rows of pieces) count += rows.length;
  return count;
}

async function pickRows(
  pieces: AsyncIterable<readonly string[][]>,
  read: ReadTable<FileLayout>,
  wanted: Int32Array,
): Promise<Table> {
  const block = new Block(read);
  let first = 0;
  for await (const rows of pieces) {
    const end = first + rows.length;
    while (block.rows < wanted.length && wanted[block.rows]! < end) {
      block.add(rows[wanted[block.rows]! - first]!);
    }
    if (block.rows === wanted.length) return block.finish();
    first = end;
  }
  throw new EngineError("shape_mismatch", `there is no row ${wanted[block.rows]!}, only ${first}`);
}

/** Some rows of the table, as columns. */
class Block {
  rows = 0;
  readonly #typed: ReadTable<FileLayout>["typed"];
  readonly #columns: readonly ColumnAccumulator[];

  constructor({ typed }: ReadTable<FileLayout>) {
    this.#typed = typed;
    // Each block has the order of the first rows, whatever its own dates say.
    this.#columns = typed.map(({ stored: { style } }) => new ColumnAccumulator(style));
  }

  add(row: readonly string[]): void {
    this.rows++;
    for (let j = 0; j < this.#columns.length; j++) this.#columns[j]!.add(row[j] ?? "");
  }

  finish(): Table {
    const columns = this.#columns.map((column, j) => {
      const { stored, type, detected } = this.#typed[j]!;
      return columnOf({ stored: column.finish(stored.name), detected, type });
    });
    return { rows: this.rows, columns };
  }
}

/** Bytes that come once, of which the first can be looked at before. */
class Replay {
  /** Whether everything there is was looked at. */
  isWhole = false;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #seen: Uint8Array[] = [];

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#chunks = bytes[Symbol.asyncIterator]();
  }

  /** The first bytes, as many as asked for or all there are. */
  async atLeast(count: number): Promise<Uint8Array> {
    let length = this.#seen.reduce((sum, chunk) => sum + chunk.length, 0);
    while (length < count && !this.isWhole) {
      const next = await this.#chunks.next();
      if (next.done) this.isWhole = true;
      else {
        this.#seen.push(next.value.slice());
        length += next.value.length;
      }
    }
    const head = new Uint8Array(length);
    let at = 0;
    for (const chunk of this.#seen) {
      head.set(chunk, at);
      at += chunk.length;
    }
    return head;
  }

  /** All bytes, those looked at first. */
  async *all(): AsyncGenerator<Uint8Array> {
    const seen = this.#seen;
    this.#seen = [];
    try {
      yield* seen;
      for (;;) {
        const next = await this.#chunks.next();
        if (next.done) break;
        yield next.value;
      }
    } finally {
      await this.#chunks.return?.();
    }
  }
}
