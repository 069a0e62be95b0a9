import { parseArgs } from "node:util";

import { AppError } from "../../contracts/outcome";
import type { StorageParts } from "../storage/open-parts";
import type { LearnwareRecord } from "../storage/records/learnware-record";
import { type DockCommand, type Terminal, usageError, withDock } from "./command";

const usage = `berth dock check

Reads the zip of every version of every learnware and the book of every version of every space, compares them with
their hashes, and sees whether cards and specifications can be read. Every problem is a line; the exit code is 1 if
there is one. A zip that is damaged or missing comes back by "berth dock add" of the same file, a zip or a book from a
copy of the blobs.`;

/** Learnwares read at once. */
const PAGE = 100;

export const check: DockCommand = {
  about: "look for zips and books that are damaged or missing, and for what cannot be read",
  usage,
  run: async (args, context) => {
    const { terminal } = context;
    const { positionals } = parseArgs({ args, allowPositionals: true });
    if (positionals.length > 0) throw usageError(usage);
    const { learnwares, problems } = await withDock(context, (parts) => checkAll(parts, terminal));
    terminal.out(`${learnwares} learnwares checked; problems: ${problems}`);
    if (problems > 0) terminal.fail();
  },
};

async function checkAll(
  parts: StorageParts,
  terminal: Terminal,
): Promise<{ learnwares: number; problems: number }> {
  let learnwares = 0;
  let problems = await checkBooks(parts, terminal);
  for (let after = ""; ;) {
    const page = await parts.records.page(after, PAGE);
    for (const record of page) {
      terminal.signal.throwIfAborted();
      learnwares++;
      for (const problem of await problemsOf(parts, record)) {
        problems++;
        terminal.err(`${record.id}: ${problem}`);
      }
    }
    const last = page.at(-1);
    if (!last) return { learnwares, problems };
    after = last.id;
  }
}

/** @returns How many books are not as they should be. */
async function checkBooks({ store, blobs }: StorageParts, terminal: Terminal): Promise<number> {
  let problems = 0;
  const spaces = new Set((await store.islands()).map(({ space }) => space.id));
  for (const spaceId of spaces) {
    for (const { version, book } of await store.spaceVersions(spaceId)) {
      const state = book ? await stateOf(blobs, book.sha256) : "whole";
      if (!book || state === "whole") continue;
      problems++;
      terminal.err(`${spaceId}@${version}: its book ${book.sha256} is ${state}`);
    }
  }
  return problems;
}

async function problemsOf(
  { store, blobs }: StorageParts,
  { id, versions, deletedAt }: LearnwareRecord,
): Promise<string[]> {
  const problems: string[] = [];
  for (const [i, { sha256 }] of versions.entries()) {
    const state = await stateOf(blobs, sha256);
    if (state !== "whole") problems.push(`the zip ${sha256} of version ${i + 1} is ${state}`);
  }
  if (deletedAt !== null) return problems;
  if (!(await store.find(id))) problems.push("its card cannot be read");
  else if (!(await store.findSpecification(id))) problems.push("its specification cannot be read");
  return problems;
}

async function stateOf(
  blobs: StorageParts["blobs"],
  sha256: string,
): Promise<"whole" | "missing" | "damaged"> {
  try {
    const blob = await blobs.open(sha256);
    if (!blob) return "missing";
    await blob.stream.pipeTo(new WritableStream());
    return "whole";
  } catch (error) {
    if (error instanceof AppError && error.code === "hash_mismatch") return "damaged";
    throw error;
  }
}
