import { readdirSync, readFileSync } from "node:fs";

/** Of all processes of a server together. */
interface ServerUsage {
  /** Of memory; what they share is counted once. */
  readonly bytes: number;
  /** Processor time up to now, of those that have not ended, in steps of 10 ms. */
  readonly cpuMs: number;
}

const MS_PER_TICK = 10;

/**
 * What a PostgreSQL server on this machine uses. Null where it is not to be seen.
 *
 * @param backend - The process that one of its connections has.
 */
export function serverUsage(backend: number): ServerUsage | null {
  try {
    const server = parentOf(backend);
    if (!readFileSync(`/proc/${server}/comm`, "utf8").startsWith("postgres")) return null;
    const processes = readdirSync("/proc").map(Number).filter(Boolean);
    const its = processes.filter((pid) => pid === server || parentOf(pid) === server);
    return { bytes: sum(its.map(proportionalBytes)), cpuMs: sum(its.map(cpuMs)) };
  } catch {
    return null; // Another machine's, or another user's.
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)$/m.exec(readOf(pid, "status"))?.[1] ?? 0);
}

function proportionalBytes(pid: number): number {
  return 1024 * Number(/^Pss:\s+(\d+) kB$/m.exec(readOf(pid, "smaps_rollup"))?.[1] ?? 0);
}

function cpuMs(pid: number): number {
  const fields = readOf(pid, "stat").split(") ").at(-1)!.split(" ");
  return MS_PER_TICK * (Number(fields[11] ?? 0) + Number(fields[12] ?? 0));
}

/** Empty once the process has ended. */
function readOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
