/** @file How the process that verifies is started: with as little to do harm with as the system allows. */

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { bundle } from "../../runtime/threads/node/bundle.js";

const script = new URL("./verify-process.ts", import.meta.url);
const root = realpathSync(fileURLToPath(new URL("../../..", import.meta.url)));
const packages = realpathSync(fileURLToPath(new URL("../../../node_modules", import.meta.url)));

const MOST_HEAP_MB = 768;
/** Of one file, and of processor time. */
const MOST_FILE_BYTES = 512 * 1024 * 1024;
const MOST_CPU_SECONDS = 240;
const MOST_FILES = 256;

/** Programs before it that take network and resources away, as far as they are here and may be used. */
const wrappers: readonly (readonly string[])[] = [
  ["unshare", "--map-root-user", "--net"],
  [
    "prlimit",
    `--fsize=${MOST_FILE_BYTES}`,
    `--cpu=${MOST_CPU_SECONDS}`,
    `--nofile=${MOST_FILES}`,
    "--core=0",
  ],
];
const run = promisify(execFile);
let usable: Promise<readonly string[]> | undefined;

async function usableWrappers(): Promise<readonly string[]> {
  const words: string[] = [];
  for (const wrapper of wrappers) {
    const [program, ...args] = [...words, ...wrapper, "true"];
    const works = await run(program, args, { timeout: 10_000 }).then(
      () => true,
      () => false,
    );
    if (works) words.push(...wrapper);
  }
  return words;
}

/** @param folder - The only one that it may write into. */
export async function startApart(folder: string): Promise<ChildProcess> {
  usable ??= usableWrappers();
  const entry = fileURLToPath(await bundle(script));
  const permission = process.allowedNodeEnvironmentFlags.has("--permission")
    ? "--permission"
    : "--experimental-permission";
  const [program, ...args] = [
    ...(await usable),
    process.execPath,
    permission,
    ...[root, packages].map((path) => `--allow-fs-read=${path}/*`),
    ...["read", "write"].map((way) => `--allow-fs-${way}=${folder}/*`),
    `--max-old-space-size=${MOST_HEAP_MB}`,
    "--no-warnings",
    realpathSync(entry),
  ];
  return spawn(program, args, {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "" },
    stdio: ["pipe", "pipe", "ignore"],
  });
}

/** Bytes of memory that a process has; null where the system does not tell. */
export async function memoryOf(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kilobytes === undefined ? null : 1024 * Number(kilobytes);
}
