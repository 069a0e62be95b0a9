import type { Entry } from "../../src/dock/storage/learnware-store";
import type { Specification } from "../../src/engine/specification/specification";

/** Something that is filled with learnwares and then searched. */
export interface SearchSubject {
  /** Takes all learnwares in, which come in batches. */
  fill(batches: AsyncIterable<readonly Entry[]>): Promise<Filling>;
  /** A user's specification as it comes to a dock: what making it takes is the client's. */
  prepare(user: Specification): Promise<Search>;
  /** Bytes by name: what it takes in memory and on the disk beside this process. */
  sizes(): Promise<Readonly<Record<string, number>>>;
  /** Processor time that a server has used up to now; 0 without one on this machine. */
  serverCpuMs(): Promise<number>;
  close(): Promise<void>;
}

/** @returns The ids of the nearest ten, best first. */
export type Search = (mixture: boolean) => Promise<string[]>;

export interface Filling {
  /** Learnwares taken in a second, without the time that making them took. */
  readonly rows_per_second: number;
  /** Of the index, once all are in. */
  readonly build_seconds: number;
}

/** How many results are asked for, and looked at. */
export const SHOWN = 10;

/** Adds up what only some stretches of work take. */
export class Stopwatch {
  seconds = 0;

  async time<T>(work: () => T | Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    this.seconds += (performance.now() - start) / 1000;
    return result;
  }
}
