import { Mutex } from "../../../engine/ground/mutex";
import { nextTask } from "../../threads/next-task";
import { type Job, type Served, stopIfAborted } from "../../threads/serve";
import { WasmCompute, type WasmRows } from "../wasm/wasm-compute";
import type { KernelApi } from "./kernel-api";

/** A helper thread's work: it holds a share of the rows in a WASM memory of its own, and sums it when asked. */
export function kernelSums(): Served<KernelApi> {
  const tables = new Map<number, WasmRows>();
  const mutex = new Mutex();
  let compute: Promise<WasmCompute> | null = null;
  let current: Job | null = null;

  const breathe = async (): Promise<void> => {
    current?.report();
    await nextTask();
    if (current) stopIfAborted(current.signal);
  };
  /** One question at a time, so that the current one is the one to stop. */
  const inTurn = <T>(job: Job, work: () => Promise<T>): Promise<T> =>
    mutex.take(async () => {
      stopIfAborted(job.signal);
      current = job;
      return job.give(await work());
    });
  const rowsOf = (table: number): WasmRows => {
    const rows = tables.get(table);
    if (!rows) throw new Error(`no table ${table} is held here`);
    return rows;
  };

  return {
    reserve: (table, rows, cols, job) =>
      inTurn(job, async () => {
        compute ??= WasmCompute.create(breathe);
        tables.set(table, (await compute).reserve(rows, cols));
      }),
    put: (table, first, data, job) => inTurn(job, () => rowsOf(table).put(first, data)),
    kernelMeans: (table, z, gamma, job) => inTurn(job, () => rowsOf(table).kernelMeans(z, gamma)),
    kernelPull: (table, z, gamma, job) => inTurn(job, () => rowsOf(table).kernelPull(z, gamma)),
    nearest: (table, z, job) => inTurn(job, () => rowsOf(table).nearest(z)),
    featureMeans: (table, features, job) => inTurn(job, () => rowsOf(table).featureMeans(features)),
    release: (table, job) =>
      inTurn(job, async () => {
        tables.get(table)?.dispose();
        tables.delete(table);
      }),
  };
}
