/** @file A note of how the last process that had an embedded database ended. */

import { readFile } from "node:fs/promises";

import { isMissing, writeDurably } from "./durable-file";

/**
 * `closed`: what it had is on the disk. `killed`: everything it wrote is there, since the machine
 * went on. `machine_down`: the machine did not, or nobody can tell, so the last of it may be lost.
 * `unknown`: there is no note.
 */
export type LastEnd = "closed" | "killed" | "machine_down" | "unknown";

const CLOSED = "closed";

export async function readLastEnd(path: string): Promise<LastEnd> {
  let note: string;
  try {
    note = await readFile(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return "unknown";
    throw error;
  }
  if (note === CLOSED) return "closed";
  const boot = await bootId();
  return boot !== "" && note === openSince(boot) ? "killed" : "machine_down";
}

export async function noteOpen(path: string): Promise<void> {
  await write(path, openSince(await bootId()));
}

export async function noteClosed(path: string): Promise<void> {
  await write(path, CLOSED);
}

function openSince(boot: string): string {
  return `open ${boot}`;
}

async function write(path: string, note: string): Promise<void> {
  await writeDurably(`${path}.draft`, [new TextEncoder().encode(note)], () => path);
}

/** Another one each time that the machine starts; empty where the system has none. */
async function bootId(): Promise<string> {
  return (await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "")).trim();
}
