import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Locks held by this process: after a restart in a container the old lock may bear our own pid. */
const held = new Set<string>();

/**
 * Take a directory for this process alone: two processes that open one PGlite directory lose each
 * other's acknowledged rows (PGlite 0.5.14 takes no lock of its own).
 *
 * The lock is a file with the pid and, where the system tells it, the start time of its holder. A
 * lock whose holder no longer runs is taken over.
 *
 * @returns Gives the directory back.
 * @throws Error with `code` "EBUSY" if a running process holds it.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = join(directory, "lock");
  const mine = `${process.pid} ${await startTime(process.pid)}`;
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await create(path, mine)) {
      held.add(path);
      return async () => {
        held.delete(path);
        await rm(path, { force: true });
      };
    }
    const found = await readFile(path, "utf8").catch(() => "");
    if (await isLive(found, path)) break;
    await takeAway(path, found);
  }
  throw Object.assign(new Error(`${directory} is in use by another dock`), { code: "EBUSY" });
}

/** The file appears with its contents or not at all, and never replaces another. */
async function create(path: string, contents: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, contents, { flag: "wx" });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function isLive(contents: string, path: string): Promise<boolean> {
  const [pidText = "", started = ""] = contents.split(" ");
  const pid = Number(pidText);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return held.has(path);
  try {
    process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === "EPERM"; // It runs, as somebody else.
  }
  return started === "" || started === (await startTime(pid));
}

/** Remove a dead lock, unless another process has replaced it since we read it. */
async function takeAway(path: string, dead: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, "utf8")) !== dead) await link(aside, path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT" && codeOf(error) !== "EEXIST") throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

/** When a process began, in the kernel's ticks: a pid alone is soon used again. Empty where unknown. */
async function startTime(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
