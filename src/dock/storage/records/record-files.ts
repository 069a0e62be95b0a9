import { randomUUID } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { AppError } from "../../../contracts/outcome";
import { Space } from "../../../engine/kinds/space-schema";
import {
  isMissing,
  makeDirectory,
  removeDurably,
  renameDurably,
  writeDurably,
} from "../disk/durable-file";
import { IslandRecord } from "./island-record";
import { LearnwareRecord } from "./learnware-record";

/** What each kind of record holds, by the directory that it lies in. */
export interface RecordKinds {
  spaces: Space;
  islands: IslandRecord;
  learnwares: LearnwareRecord;
}

/** A record, or what is wrong with a file that should be one. */
export type ReadRecord<T> =
  | { readonly ok: true; readonly name: string; readonly value: T }
  | { readonly ok: false; readonly file: string; readonly problem: string };

const schemas: { readonly [Kind in keyof RecordKinds]: z.ZodType<RecordKinds[Kind]> } = {
  spaces: Space,
  islands: IslandRecord,
  learnwares: LearnwareRecord,
};

/** Each record is the one of its name: a space's has its version, which all are kept of. */
const nameOf: { readonly [Kind in keyof RecordKinds]: (value: RecordKinds[Kind]) => string } = {
  spaces: ({ id, version }) => `${id}@${version}`,
  islands: ({ id }) => id,
  learnwares: ({ id }) => id,
};

const namePattern = {
  spaces: /^[a-z0-9][a-z0-9-]{0,127}@[1-9][0-9]{0,15}$/,
  islands: /^[a-z0-9][a-z0-9-]{0,127}$/,
  learnwares: /^[a-z0-9][a-z0-9-]{0,127}$/,
};

const draftEnding = ".draft";

/**
 * The records from which an embedded database can be built again: small JSON files,
 * `spaces/<id>@<version>.json`, `islands/<id>.json` and `learnwares/<id>.json`. Each is written wholly or not at all,
 * and is on the disk when `put` resolves.
 */
export class RecordFiles {
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * Open the directory, make it if it is missing, and sweep up what an interrupted write left. No
   * two processes may have it open.
   */
  static async open(directory: string): Promise<RecordFiles> {
    for (const kind of Object.keys(schemas)) {
      const place = join(directory, kind);
      await makeDirectory(place);
      for (const name of await readdir(place)) {
        if (name.endsWith(draftEnding)) await rm(join(place, name));
        // Docks before knew no islands apart from spaces.
        else if (kind === "islands" && name.includes("@")) {
          await renameDurably(join(place, name), join(directory, "spaces", name));
        }
      }
    }
    return new RecordFiles(directory);
  }

  /**
   * Adds a record, or replaces the one of the same name.
   *
   * @throws AppError `bad_parameter` if it could not be read back, its id included.
   */
  async put<Kind extends keyof RecordKinds>(kind: Kind, value: RecordKinds[Kind]): Promise<void> {
    const checked = schemas[kind].safeParse(value);
    if (!checked.success) {
      throw new AppError(
        "bad_parameter",
        `no record for ${kind}: ${z.prettifyError(checked.error)}`,
      );
    }
    const path = this.#path(kind, nameOf[kind](checked.data));
    const draft = join(this.#directory, kind, randomUUID() + draftEnding);
    const json = new TextEncoder().encode(`${JSON.stringify(checked.data, null, 2)}\n`);
    await writeDurably(draft, [json], () => path);
  }

  /**
   * No matter if there was none.
   *
   * @param name - The id of a learnware or island, or a space's `<id>@<version>`.
   * @throws AppError `bad_parameter` of any other name.
   */
  async remove(kind: keyof RecordKinds, name: string): Promise<void> {
    await removeDurably(this.#path(kind, name));
  }

  /**
   * Every record of a kind, by name. A file that is damaged, or that is no record at all, comes as
   * a problem with its name, so that the reader decides and the others can still be read.
   */
  async *readAll<Kind extends keyof RecordKinds>(
    kind: Kind,
  ): AsyncGenerator<ReadRecord<RecordKinds[Kind]>, void, undefined> {
    const entries = await readdir(join(this.#directory, kind), { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const { name } = entry;
      if (name.endsWith(draftEnding)) continue;
      if (!entry.isFile()) {
        yield { ok: false, file: `${kind}/${name}`, problem: "it is no file" };
        continue;
      }
      const text = await this.#read(join(this.#directory, kind, name));
      if (text !== null) yield parse(kind, name, text);
    }
  }

  async #read(path: string): Promise<string | null> {
    try {
      return await readFile(path, "utf8");
    } catch (error) {
      if (isMissing(error)) return null; // Removed while others were read.
      throw error;
    }
  }

  #path(kind: keyof RecordKinds, name: string): string {
    if (!namePattern[kind].test(name)) {
      throw new AppError(
        "bad_parameter",
        `no record in ${kind} can be named ${JSON.stringify(name)}`,
      );
    }
    return join(this.#directory, kind, `${name}.json`);
  }
}

function parse<Kind extends keyof RecordKinds>(
  kind: Kind,
  file: string,
  text: string,
): ReadRecord<RecordKinds[Kind]> {
  const problem = (what: string) =>
    ({ ok: false, file: `${kind}/${file}`, problem: what }) as const;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return problem("it is not JSON");
  }
  const checked = schemas[kind].safeParse(json);
  if (!checked.success) {
    const [first] = checked.error.issues;
    return problem(`${first!.path.join(".") || "it"}: ${first!.message}`);
  }
  const name = nameOf[kind](checked.data);
  if (file !== `${name}.json`) return problem(`it holds the record of ${name}`);
  return { ok: true, name, value: checked.data };
}
