/** @file What memory processes hold, as Linux tells in /proc. */

import { readdirSync, readFileSync } from "node:fs";

/** The most bytes that a process has held; null where that is not told, or if it has ended. */
export function peakBytes(pid: number): number | null {
  return bytesOf(pid, "VmHWM");
}

/** Bytes that the renderer processes of browsers started here hold now, files mapped into them left out. */
export function rendererBytes(): number {
  const renderers = processesBelow(process.pid).filter((pid) =>
    readOrNothing(`/proc/${pid}/cmdline`).includes("--type=renderer"),
  );
  return renderers.reduce((sum, pid) => sum + (bytesOf(pid, "RssAnon") ?? 0), 0);
}

function processesBelow(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    const parent = /^PPid:\s*(\d+)$/m.exec(readOrNothing(`/proc/${name}/status`))?.[1];
    if (parent === undefined) continue;
    children.set(Number(parent), [...(children.get(Number(parent)) ?? []), Number(name)]);
  }
  const below = [root];
  for (const pid of below) below.push(...(children.get(pid) ?? []));
  return below;
}

function bytesOf(pid: number, field: "VmHWM" | "RssAnon"): number | null {
  const status = readOrNothing(`/proc/${pid}/status`);
  const kilobytes = new RegExp(`^${field}:\\s*(\\d+) kB$`, "m").exec(status)?.[1];
  return kilobytes === undefined ? null : 1024 * Number(kilobytes);
}

/** A process may end while it is looked at. */
function readOrNothing(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
