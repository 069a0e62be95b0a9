/** @file PostgreSQL 17 with pgvector from Debian's packages, in a directory of its own. */

import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const HOME = "/var/lib/postgresql";
const EMPTY_CLUSTER = `${HOME}/berth-empty`;

/**
 * The chroot's directory, after making it if it is missing: a minute or two, once for a machine.
 *
 * @throws Error that says what is lacking.
 */
export async function postgresRoot(): Promise<string> {
  if (process.getuid?.() !== 0) throw new Error("PostgreSQL in a chroot needs root");
  const root = process.env["BERTH_TEST_POSTGRES_ROOT"] ?? "/var/tmp/berth-pg17";
  await makeOnce(root, debootstrap);
  await makeOnce(join(root, EMPTY_CLUSTER), (draft) => initdb(root, draft.slice(root.length)));
  return root;
}

/** A new, empty cluster: its directory inside the chroot. Whoever starts it trusts every user. */
export async function newCluster(root: string): Promise<string> {
  const directory = `${HOME}/berth-${randomUUID()}`;
  await run("cp", ["-a", join(root, EMPTY_CLUSTER), join(root, directory)]);
  return directory;
}

/** Made under another name and then renamed: a half-made one is never used, nor made by two. */
async function makeOnce(path: string, make: (draft: string) => Promise<void>): Promise<void> {
  if (existsSync(path)) return;
  const draft = `${path}.${randomUUID()}`;
  try {
    await make(draft);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(path)) throw error; // Otherwise somebody else was faster.
  }
}

async function debootstrap(draft: string): Promise<void> {
  console.log("making PostgreSQL 17 for tests: a minute or two, once for this machine");
  const options = ["--variant=minbase", "--include=postgresql-17-pgvector"];
  try {
    await run("debootstrap", [...options, "trixie", draft], {
      timeout: 600_000,
      maxBuffer: Infinity,
    });
  } catch (error) {
    throw new Error("debootstrap is missing or has failed", { cause: error });
  }
}

async function initdb(root: string, directory: string): Promise<void> {
  await run("chroot", [
    "--userspec=postgres:postgres",
    root,
    "/usr/lib/postgresql/17/bin/initdb",
    ...["--pgdata", directory, "--username=postgres", "--auth=trust"],
    ...["--encoding=UTF8", "--locale=C.UTF-8"],
  ]);
}
