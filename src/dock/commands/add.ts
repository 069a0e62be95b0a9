import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";

import { LearnwareId } from "../../contracts/http/dock-api";
import { AppError } from "../../contracts/outcome";
import { plainText } from "../../engine/ground/plain-text";
import { TOGETHER } from "../intake/intake";
import type { StorageParts } from "../storage/open-parts";
import {
  type CommandContext,
  type DockCommand,
  pathOf,
  type Terminal,
  usageError,
  withDock,
} from "./command";
import { findZips, readZip, type ZipFile } from "./zip-files";

const usage = `berth dock add FILE… [--id ID] [--origin NAME]

Each FILE is a learnware's zip, or a directory of zips. A learnware gets the name of its file as its
id; one that has that id is replaced, and its history kept. One that cannot be taken is named with the
reason, and the others are taken; the exit code is 1 then. Files whose contents are there already
are skipped, so what broke off can be run again.

  --id ID         the id of a single file
  --origin NAME   whose they are (default: operator); an import replaces only its own`;

type Outcome = "added" | "replaced" | "unchanged" | "refused";

interface ReadZip extends ZipFile {
  readonly zip: Buffer<ArrayBuffer>;
}

export const add: DockCommand = {
  about: "add learnwares from their zips",
  usage,
  run: async (args, context) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        id: { type: "string" },
        origin: { type: "string", default: "operator" },
      },
    });
    const { terminal } = context;
    const found = await findZips(positionals.map((path) => pathOf(context, path)));
    const { id, origin } = values;
    if (positionals.length > 0 && found.length === 0) {
      throw new AppError("not_found", `there is no zip in ${positionals.join(", ")}`);
    }
    if (positionals.length === 0 || origin === "" || (id !== undefined && found.length !== 1)) {
      throw usageError(usage);
    }
    if (plainText(origin) !== origin) {
      throw new AppError("bad_input", "an origin is a name without control characters");
    }
    sayWhere(context);
    const files = id === undefined ? found : found.map((file) => ({ ...file, id }));
    const count = await withDock(context, (parts) =>
      new Adding(parts, terminal, origin, files).run(),
    );
    const { added, replaced, unchanged, refused } = count;
    terminal.out(
      `${added} added, ${replaced} replaced, ${unchanged} unchanged, ${refused} refused`,
    );
    if (refused > 0) terminal.fail();
  },
};

/** Which dock is filled, and whether it is made now. */
function sayWhere({ settings, terminal, running }: CommandContext): void {
  const { dataDirectory, databaseUrl } = settings;
  const other = "BERTH_DATA names another folder";
  if (running) terminal.err(`into the dock that runs in ${dataDirectory}`);
  else if (existsSync(dataDirectory)) terminal.err(`into the dock in ${dataDirectory}`);
  else if (databaseUrl)
    terminal.err(`${dataDirectory} is made for what the database does not hold; ${other}`); // prettier-ignore
  else terminal.err(`there is no dock in ${dataDirectory} yet: a new one is made; ${other}`);
}

class Adding {
  readonly #parts: StorageParts;
  readonly #terminal: Terminal;
  readonly #origin: string;
  readonly #files: readonly ZipFile[];
  readonly #count: Record<Outcome, number> = { added: 0, replaced: 0, unchanged: 0, refused: 0 };

  constructor(parts: StorageParts, terminal: Terminal, origin: string, files: readonly ZipFile[]) {
    this.#parts = parts;
    this.#terminal = terminal;
    this.#origin = origin;
    this.#files = files;
  }

  async run(): Promise<Record<Outcome, number>> {
    const seen = new Set<string>();
    let batch: ReadZip[] = [];
    let sizeBytes = 0;
    for (const file of this.#files) {
      this.#terminal.signal.throwIfAborted();
      const zip = await this.#read(file, seen);
      if (!zip) continue;
      batch.push({ ...file, zip });
      sizeBytes += zip.length;
      if (batch.length < TOGETHER.zips && sizeBytes < TOGETHER.bytes) continue;
      await this.#take(batch);
      batch = [];
      sizeBytes = 0;
    }
    await this.#take(batch);
    return this.#count;
  }

  async #read({ path, id }: ZipFile, seen: Set<string>): Promise<Buffer<ArrayBuffer> | null> {
    if (!LearnwareId.safeParse(id).success) {
      this.#tell("refused", `${path}: an id has up to 128 lower-case letters, digits and hyphens`);
      return null;
    }
    if (seen.has(id)) {
      this.#tell("refused", `${path}: another file here has the id ${id} too; add it with --id`);
      return null;
    }
    seen.add(id);
    try {
      return await readZip(path);
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      const reason =
        error instanceof AppError ? error.message : `it cannot be read (${String(error.code)})`;
      this.#tell("refused", `${path}: ${reason}`);
      return null;
    }
  }

  async #take(batch: readonly ReadZip[]): Promise<void> {
    const { store, blobs, intake } = this.#parts;
    const cards = await store.findAll(batch.map(({ id }) => id));
    const held = new Map(cards.map(({ id, sha256 }) => [id, sha256]));
    const fresh: ReadZip[] = [];
    for (const file of batch) {
      const sha256 = held.get(file.id);
      const isSame = sha256 === createHash("sha256").update(file.zip).digest("hex");
      if (isSame && (await blobs.has(sha256))) this.#tell("unchanged", file.id);
      else fresh.push(file);
    }
    const offers = fresh.map(({ id, zip }) => ({ id, zip, origin: this.#origin }));
    const taken = await intake.takeAll(offers);
    for (const { id, path } of fresh) {
      const outcome = taken.get(id)!;
      if (outcome instanceof Error) this.#tell("refused", `${path}: ${outcome.message}`);
      else this.#tell(held.has(id) ? "replaced" : "added", `${id} on ${outcome.islandId}`);
    }
  }

  #tell(outcome: Outcome, what: string): void {
    this.#count[outcome]++;
    const done = Object.values(this.#count).reduce((sum, count) => sum + count);
    this.#terminal.err(plainText(`[${done}/${this.#files.length}] ${outcome} ${what}`));
  }
}
