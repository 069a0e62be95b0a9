import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What makes models and specifications: with other code, what was kept is of no use. */
const SOURCES = ["engine", "reference", "workflows"];

/** Keeps what is slow to make, by all it was made from; without a folder it keeps nothing. */
export class Cache {
  readonly #folder: string | undefined;
  readonly #code: string;

  constructor(folder: string | undefined) {
    this.#folder = folder;
    if (folder) mkdirSync(folder, { recursive: true });
    this.#code = folder ? digest(SOURCES.flatMap(sourcesIn)) : "";
  }

  async get(
    madeFrom: readonly (string | Uint8Array)[],
    make: () => Promise<Uint8Array> | Uint8Array,
  ): Promise<Uint8Array> {
    if (!this.#folder) return make();
    const file = join(this.#folder, digest([this.#code, ...madeFrom]));
    if (existsSync(file)) return new Uint8Array(readFileSync(file));
    const made = await make();
    writeFileSync(file, made);
    return made;
  }
}

function sourcesIn(layer: string): Uint8Array[] {
  const folder = join(import.meta.dirname, "../../src", layer);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => readFileSync(file));
}

function digest(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(createHash("sha256").update(part).digest());
  return hash.digest("hex");
}
