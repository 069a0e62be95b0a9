/** @file Bad zips beside a good one, each pair put by `berth dock add` into a dock of its own, as an operator would. */

import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, open, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { seededRandom } from "../../src/engine/ground/random";
import { zipLimits } from "../../src/engine/learnware/zip/zip-limits";
import { type BadZip, badZips, goodZip } from "./bad-zips";
import type { AttackTally } from "./tally";

interface ZipAttackOptions {
  readonly seed: number;
  /** How many kinds; all unless told. */
  readonly count?: number;
}

/** One that takes longer hangs, whatever else the machine does. */
const LIMIT_MS = 120_000;
/** What a person is not to be told. */
const INTERNAL =
  /\b(undefined|NaN|null|Error:|node_modules|SQLSTATE|ERROR_CODE|onnxruntime|zod)\b|\[object|\n\s+at |\/mnt\//;

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What came of one `berth dock add`. */
interface Added {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly isLate: boolean;
}

/** Puts each kind of bad zip beside a good one into a fresh dock. */
export async function attackZips({ seed, count }: ZipAttackOptions): Promise<AttackTally> {
  const folder = await mkdtemp(join(tmpdir(), "berth-zips-"));
  try {
    const attack = new ZipAttack(folder);
    await attack.prepare();
    const kinds = [...(await badZips(seededRandom(seed)))].slice(0, count);
    const next = async () => {
      for (let kind = kinds.shift(); kind; kind = kinds.shift()) await attack.try(...kind);
    };
    await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, next));
    return attack.tally();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

class ZipAttack {
  readonly #folder: string;
  #tried = 0;
  #crashes = 0;
  #hangs = 0;
  #unclear = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A dock without learnwares, to be copied: making its database takes most of the time. */
  async prepare(): Promise<void> {
    await writeFile(join(this.#folder, "good.zip"), await goodZip());
    await berth(join(this.#folder, "empty"), ["list"]);
  }

  async try(kind: string, make: () => Promise<BadZip> | BadZip): Promise<void> {
    const place = join(this.#folder, String(this.#tried++));
    const zips = join(place, "zips");
    await mkdir(zips, { recursive: true });
    const undo = await put(join(zips, "bad.zip"), await make());
    await cp(join(this.#folder, "empty"), join(place, "data"), { recursive: true });
    const added = await berth(join(place, "data"), ["add", zips, join(this.#folder, "good.zip")]);
    await undo();
    await rm(place, { recursive: true, force: true });
    this.#judge(kind, added);
  }

  tally(): AttackTally {
    const counts = { crashes: this.#crashes, hangs: this.#hangs, unclear: this.#unclear };
    return { name: "zips", tried: this.#tried, serverErrors: 0, ...counts };
  }

  #judge(kind: string, { code, out, err, isLate }: Added): void {
    const said = err.split("\n").find((line) => line.includes("bad.zip")) ?? "";
    const reason = /refused .*bad\.zip: (.+)$/.exec(said)?.[1];
    if (isLate) {
      this.#hangs++;
    } else if (code !== 1 || !out.startsWith("1 added, ") || !out.includes(" 1 refused")) {
      this.#crashes++; // It died, took the bad one, or lost the good one.
    } else if (reason === undefined || reason.length > 400 || INTERNAL.test(err)) {
      this.#unclear++;
    } else {
      return;
    }
    console.error(`${kind}: code ${code}${isLate ? ", late" : ""}\n${out}${err}`.slice(0, 2000));
  }
}

function berth(data: string, args: readonly string[]): Promise<Added> {
  const env = { PATH: process.env["PATH"], BERTH_DATA: data };
  const started = performance.now();
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["src/cli/berth.js", "dock", ...args],
      { cwd: root, env, timeout: LIMIT_MS, killSignal: "SIGKILL" },
      (error, out, err) => {
        const isLate = performance.now() - started >= LIMIT_MS;
        const code = error ? (typeof error.code === "number" ? error.code : null) : 0;
        resolve({ code, out, err, isLate });
      },
    );
  });
}

/** @returns What gives it back. */
async function put(path: string, bad: BadZip): Promise<() => Promise<void>> {
  const nothing = () => Promise.resolve();
  if (bad instanceof Uint8Array) {
    await writeFile(path, bad);
    return nothing;
  }
  switch (bad.special) {
    case "pipe":
      await new Promise((done) => spawn("mkfifo", [path]).on("close", done));
      return nothing;
    case "socket": {
      const server: Server = createServer();
      await new Promise<void>((done) => server.listen(path, done));
      return () => new Promise<void>((done) => server.close(() => done()));
    }
    case "directory":
      await mkdir(path);
      return nothing;
    case "nowhere":
      await symlink("/nowhere/at/all.zip", path);
      return nothing;
    case "zeros":
      await symlink("/dev/zero", path);
      return nothing;
    case "large": {
      const file = await open(path, "w");
      await file.truncate(zipLimits.zipBytes + 1);
      await file.close();
      return nothing;
    }
  }
}
