/** @file What a thread that runs models is asked and answers, over a plain message port. */

import type { Matrix } from "../../engine/ground/matrix";
import type { OpenOptions } from "./ort-session";
import type { ModelInput } from "../../engine/learnware/model-input";

/** Models are named by their asker. */
export interface ModelCalls {
  /** Answers the width of the model's input, null where the model leaves it open. */
  open: {
    readonly asks: {
      readonly model: number;
      readonly bytes: Uint8Array;
      readonly options: OpenOptions;
    };
    readonly answers: number | null;
  };
  predict: {
    readonly asks: { readonly model: number; readonly inputs: readonly ModelInput[] };
    readonly answers: Matrix<Float32Array>;
  };
  close: { readonly asks: { readonly model: number }; readonly answers: undefined };
}

export type ModelCallName = keyof ModelCalls;

export type ToModels = {
  [Name in ModelCallName]: {
    readonly id: number;
    readonly name: Name;
    readonly asks: ModelCalls[Name]["asks"];
  };
}[ModelCallName];

export type FromModels =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string };

/** The thread's end of the port. */
export interface ModelServerPort {
  send(message: FromModels, transfer: ArrayBuffer[]): void;
  receive(listener: (message: ToModels) => void): void;
}

/** The asker's end: a thread that was started. Browsers and Node have different ones. */
export interface ModelThread {
  send(message: ToModels): void;
  receive(listener: (message: FromModels) => void): void;
  /** Told when the thread cannot start, throws what nobody catches, or ends. */
  onFailure(listener: (message: string) => void): void;
  terminate(): void;
}
