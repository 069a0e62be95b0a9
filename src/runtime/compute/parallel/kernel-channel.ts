/** @file What a thread that sums a share of the rows is asked and answers, over a plain message port. */

import type { KernelPull, Nearest } from "../../../engine/specification/kernel/compute";
import type { RandomFeatures } from "../../../engine/specification/kernel/random-features";
import type { Matrix } from "../../../engine/ground/matrix";

/** Every question by name: what goes with it and what comes back. Tables are named by their asker. */
export interface KernelCalls {
  reserve: {
    readonly asks: { readonly table: number; readonly rows: number; readonly cols: number };
    readonly answers: undefined;
  };
  /** Rows from `first` on, which is a multiple of eight. */
  put: {
    readonly asks: { readonly table: number; readonly first: number; readonly data: Float32Array };
    readonly answers: undefined;
  };
  kernelMeans: {
    readonly asks: { readonly table: number; readonly z: Matrix; readonly gamma: number };
    readonly answers: Float64Array;
  };
  kernelPull: {
    readonly asks: { readonly table: number; readonly z: Matrix; readonly gamma: number };
    readonly answers: KernelPull;
  };
  nearest: {
    readonly asks: { readonly table: number; readonly z: Matrix };
    readonly answers: Nearest;
  };
  featureMeans: {
    readonly asks: { readonly table: number; readonly features: RandomFeatures };
    readonly answers: Float64Array;
  };
  release: { readonly asks: { readonly table: number }; readonly answers: undefined };
}

export type KernelCallName = keyof KernelCalls;

type Question = {
  [Name in KernelCallName]: {
    readonly id: number;
    readonly name: Name;
    readonly asks: KernelCalls[Name]["asks"];
  };
}[KernelCallName];

export type ToHelper = Question | { readonly stop: number };

export type FromHelper =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | {
      readonly id: number;
      readonly ok: false;
      readonly message: string;
      readonly isMemory: boolean;
    }
  /** Sent while a long answer is being worked out. */
  | { readonly alive: true };

/** The helper's end of the port. */
export interface ServerPort {
  send(message: FromHelper, transfer: ArrayBuffer[]): void;
  receive(listener: (message: ToHelper) => void): void;
}

/** The asker's end: a thread that was started. Browsers and Node have different ones. */
export interface HelperThread {
  send(message: ToHelper, transfer: ArrayBuffer[]): void;
  receive(listener: (message: FromHelper) => void): void;
  /** Told when the thread cannot start, throws what nobody catches, or ends. */
  onFailure(listener: (message: string) => void): void;
  terminate(): void;
}

/** A browser's worker as a helper. */
export function workerThread(worker: Worker): HelperThread {
  return {
    send: (message, transfer) => worker.postMessage(message, transfer),
    receive: (listener) => {
      worker.onmessage = ({ data }: MessageEvent<FromHelper>) => listener(data);
    },
    onFailure: (listener) => {
      worker.onerror = ({ message }) => listener(message || "its script could not be started");
      worker.onmessageerror = () => listener("a message could not be read");
    },
    terminate: () => worker.terminate(),
  };
}
