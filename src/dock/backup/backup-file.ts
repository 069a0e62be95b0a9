import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename } from "node:path";
import { createInterface } from "node:readline";

import { z } from "zod";

import { AppError } from "../../contracts/outcome";
import {
  type ReadRecord,
  type RecordKinds,
  recordSchemas,
  type RecordSource,
} from "../storage/records/record-files";
import {
  type BackupKind,
  blobsOf,
  DayCount,
  End,
  FORMAT,
  Header,
  Line,
  VERSION,
} from "./backup-format";

/** What is written together. */
const WRITTEN_BYTES = 1 << 20;

/** Writes the file of a backup, for its own user alone. */
export class BackupWriter {
  /** Of all records so far. */
  readonly blobs = new Set<string>();
  records = 0;
  readonly #file: FileHandle;
  readonly #hash = createHash("sha256");
  #held: string[] = [];
  #heldBytes = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async open(path: string, at: Date): Promise<BackupWriter> {
    const writer = new BackupWriter(await open(path, "wx", 0o600));
    await writer.#write({ format: FORMAT, version: VERSION, at: at.toISOString() });
    return writer;
  }

  async record<Kind extends BackupKind>(kind: Kind, value: RecordKinds[Kind]): Promise<void> {
    for (const sha256 of blobsOf[kind](value)) this.blobs.add(sha256);
    await this.#write({ kind, value });
    this.records++;
  }

  async uses(value: DayCount): Promise<void> {
    await this.#write({ kind: "uses", value });
    this.records++;
  }

  /** All of it is on the disk when this resolves. */
  async end(): Promise<void> {
    await this.#flush();
    const end = { records: this.records, sha256: this.#hash.digest("hex") };
    await this.#file.writeFile(`${JSON.stringify({ end })}\n`);
    await this.#file.sync();
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #write(line: object): Promise<void> {
    const text = `${JSON.stringify(line)}\n`;
    this.#held.push(text);
    this.#heldBytes += text.length;
    if (this.#heldBytes > WRITTEN_BYTES) await this.#flush();
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.from(this.#held.join(""));
    this.#held = [];
    this.#heldBytes = 0;
    this.#hash.update(bytes);
    await this.#file.writeFile(bytes);
  }
}

/** The file of a backup that is whole: its records, as `reindex` takes them. */
export class BackupFile implements RecordSource {
  readonly path: string;
  readonly at: Date;
  readonly records: number;

  private constructor(path: string, at: Date, records: number) {
    this.path = path;
    this.at = at;
    this.records = records;
  }

  /** @throws AppError `damaged_file` if it is not whole; `not_found` */
  static async open(path: string): Promise<BackupFile> {
    const hash = createHash("sha256");
    let header: z.infer<typeof Header> | undefined;
    let before: string | undefined;
    let count = 0;
    for await (const line of linesOf(path)) {
      if (before !== undefined) {
        header ??= read(Header, before, path);
        hash.update(`${before}\n`);
        count++;
      }
      before = line;
    }
    const { end } = read(End, before ?? "", path);
    if (!header || end.records !== count - 1 || end.sha256 !== hash.digest("hex")) {
      throw notWhole(path);
    }
    return new BackupFile(path, new Date(header.at), end.records);
  }

  async *readAll<Kind extends keyof RecordKinds>(
    kind: Kind,
  ): AsyncGenerator<ReadRecord<RecordKinds[Kind]>, void, undefined> {
    for await (const { number, value } of this.#values(kind)) {
      const checked = recordSchemas[kind].safeParse(value);
      const file = `line ${number} of ${basename(this.path)}`;
      if (checked.success) yield { ok: true, name: file, value: checked.data };
      else yield { ok: false, file, problem: checked.error.issues[0]!.message };
    }
  }

  async *uses(): AsyncGenerator<DayCount, void, undefined> {
    for await (const { value } of this.#values("uses")) yield DayCount.parse(value);
  }

  /** The hashes of all that it needs beside. */
  async blobs(): Promise<Set<string>> {
    const found = new Set<string>();
    await addTo(found, this.readAll("spaces"), blobsOf.spaces);
    await addTo(found, this.readAll("learnwares"), blobsOf.learnwares);
    await addTo(found, this.readAll("submissions"), blobsOf.submissions);
    return found;
  }

  async *#values(
    kind: string,
  ): AsyncGenerator<{ number: number; value: unknown }, void, undefined> {
    const beginning = `{"kind":"${kind}",`;
    let number = 0;
    for await (const line of linesOf(this.path)) {
      number++;
      if (!line.startsWith(beginning)) continue;
      yield { number, value: Line.parse(JSON.parse(line)).value };
    }
  }
}

async function addTo<T>(
  found: Set<string>,
  records: AsyncIterable<ReadRecord<T>>,
  namedBy: (value: T) => readonly string[],
): Promise<void> {
  for await (const each of records) {
    if (each.ok) for (const sha256 of namedBy(each.value)) found.add(sha256);
  }
}

async function* linesOf(path: string): AsyncGenerator<string, void, undefined> {
  const file = await open(path).catch((cause: unknown) => {
    throw new AppError("not_found", `${path} cannot be read`, {}, { cause });
  });
  await file.close();
  yield* createInterface({ input: createReadStream(path), crlfDelay: Infinity });
}

function read<T>(schema: z.ZodType<T>, line: string, path: string): T {
  try {
    return schema.parse(JSON.parse(line));
  } catch (cause) {
    throw notWhole(path, cause);
  }
}

function notWhole(path: string, cause?: unknown): AppError {
  return new AppError("damaged_file", `${path} is no backup that is whole`, {}, { cause });
}
