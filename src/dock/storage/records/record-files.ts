import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { AccountRecord } from "../../accounts/account-record";
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
import { KeptSubmission } from "../submissions/kept-submission";
import { KeptUpload } from "../uploads/kept-upload";
import { LearnwareRecord } from "./learnware-record";

/** What each kind of record holds, by the directory that it lies in. */
export interface RecordKinds {
  spaces: Space;
  islands: IslandRecord;
  learnwares: LearnwareRecord;
  accounts: AccountRecord;
  submissions: KeptSubmission;
  uploads: KeptUpload;
}

/** A record, or what is wrong with a file that should be one. */
export type ReadRecord<T> =
  | { readonly ok: true; readonly name: string; readonly value: T }
  | { readonly ok: false; readonly file: string; readonly problem: string };

/** Where records are read from, kind by kind. */
export interface RecordSource {
  /**
   * Every record of a kind, by name. What is damaged, or no record at all, comes as a problem with where it stands, so that
   * the reader decides and the others can still be read.
   */
  readAll<Kind extends keyof RecordKinds>(kind: Kind): AsyncIterable<ReadRecord<RecordKinds[Kind]>>;
}

export const recordSchemas: { readonly [Kind in keyof RecordKinds]: z.ZodType<RecordKinds[Kind]> } =
  {
    spaces: Space,
    islands: IslandRecord,
    learnwares: LearnwareRecord,
    accounts: AccountRecord,
    submissions: KeptSubmission,
    uploads: KeptUpload,
  };

/** Each record is the one of its name: a space's has its version, which all are kept of. */
const nameOf: { readonly [Kind in keyof RecordKinds]: (value: RecordKinds[Kind]) => string } = {
  spaces: ({ id, version }) => `${id}@${version}`,
  islands: ({ id }) => id,
  learnwares: ({ id }) => id,
  accounts: ({ id }) => id,
  submissions: ({ number }) => String(number),
  uploads: ({ id }) => id,
};

const namePattern = {
  spaces: /^[a-z0-9][a-z0-9-]{0,127}@[1-9][0-9]{0,15}$/,
  islands: /^[a-z0-9][a-z0-9-]{0,127}$/,
  learnwares: /^[a-z0-9][a-z0-9-]{0,127}$/,
  accounts: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  submissions: /^[1-9][0-9]{0,15}$/,
  uploads: /^[0-9a-f]{32}$/,
};

const draftEnding = ".draft";

/**
 * The records from which an embedded database can be built again: small JSON files,
 * `spaces/<id>@<version>.json`, `islands/<id>.json`, `learnwares/<id>.json`, `submissions/<number>.json`, `uploads/<id>.json`
 * and, for the process's own user alone, `accounts/<id>.json`. Each is written wholly or not at all,
 * and is on the disk when `put` resolves.
 */
export class RecordFiles implements RecordSource {
  /** Whether there was a folder for every kind already; an earlier dock kept fewer kinds. */
  readonly hadAllKinds: boolean;
  /** Whether there was no record when they were opened. */
  readonly wereEmpty: boolean;
  readonly #directory: string;

  private constructor(directory: string, hadAllKinds: boolean, wereEmpty: boolean) {
    this.#directory = directory;
    this.hadAllKinds = hadAllKinds;
    this.wereEmpty = wereEmpty;
  }

  /**
   * Open the directory, make it if it is missing, and sweep up what an interrupted write left. No
   * two processes may have it open.
   */
  static async open(directory: string): Promise<RecordFiles> {
    let hadAllKinds = true;
    let wereEmpty = true;
    for (const kind of Object.keys(recordSchemas)) {
      const place = join(directory, kind);
      hadAllKinds &&= existsSync(place);
      await makeDirectory(place);
      if (kind === "accounts") await chmod(place, 0o700);
      for (const name of await readdir(place)) {
        const isDraft = name.endsWith(draftEnding);
        wereEmpty &&= isDraft;
        if (isDraft) await rm(join(place, name));
        // Docks before knew no islands apart from spaces.
        else if (kind === "islands" && name.includes("@")) {
          await renameDurably(join(place, name), join(directory, "spaces", name));
        }
      }
    }
    return new RecordFiles(directory, hadAllKinds, wereEmpty);
  }

  /**
   * Adds a record, or replaces the one of the same name.
   *
   * @throws AppError `bad_parameter` if it could not be read back, its id included.
   */
  async put<Kind extends keyof RecordKinds>(kind: Kind, value: RecordKinds[Kind]): Promise<void> {
    const checked = recordSchemas[kind].safeParse(value);
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

  /** Makes the file of a name say what there is to be kept of it by now. */
  keeper<Kind extends keyof RecordKinds>(
    kind: Kind,
  ): (name: string, value: RecordKinds[Kind] | null) => Promise<void> {
    return (name, value) => (value ? this.put(kind, value) : this.remove(kind, name));
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
  const checked = recordSchemas[kind].safeParse(json);
  if (!checked.success) {
    const [first] = checked.error.issues;
    return problem(`${first!.path.join(".") || "it"}: ${first!.message}`);
  }
  const name = nameOf[kind](checked.data);
  if (file !== `${name}.json`) return problem(`it holds the record of ${name}`);
  return { ok: true, name, value: checked.data };
}
