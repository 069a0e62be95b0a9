import { readdirSync, readFileSync } from "node:fs";

/**
 * Memory of a PostgreSQL server on this machine: of all its processes together, with what they share
 * counted once. Null where it is not to be seen.
 *
 * @param backend - The process that one of its connections has.
 */
export function serverBytes(backend: number): number | null {
  try {
    const server = parentOf(backend);
    if (!readFileSync(`/proc/${server}/comm`, "utf8").startsWith("postgres")) return null;
    const processes = readdirSync("/proc").map(Number).filter(Boolean);
    const its = processes.filter((pid) => pid === server || parentOf(pid) === server);
    return its.reduce((sum, pid) => sum + proportionalBytes(pid), 0);
  } catch {
    return null; // Another machine's, or another user's.
  }
}

function parentOf(pid: number): number {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0; // It has ended.
  }
}

function proportionalBytes(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  return 1024 * Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
}
