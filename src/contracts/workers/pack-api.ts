/** @file What the page may ask of the worker that makes a learnware of a model that was trained elsewhere. */

import type { ColumnType } from "../../engine/kinds/table/columns/column";
import type { TableSpace } from "../../engine/kinds/space";
import type { HeldBackMetric } from "../../engine/learnware/manifest";
import type { OnnxValue } from "../../engine/learnware/onnx/onnx-codec";
import type { InputColumns } from "../../engine/pack/choose-columns";
import type { BookPoints } from "../../engine/specification/book/book";
import type { Secret } from "../../engine/specification/keyed/secret";
import type { PreflightReport } from "../../engine/specification/publish/preflight";

/** What a model takes and gives, as its graph says. */
export interface ForeignTold {
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** Classes that are written in it. */
  readonly classes: readonly string[];
}

/** A table of rows that the model was trained on. */
export interface RowsTold {
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
}

export interface PackWish {
  /** The column that it predicts. */
  readonly target: string;
  /** Columns in the order in which the model takes them; null: found by their names, or all in their order. */
  readonly names: readonly string[] | null;
  /** Inputs that are the same for all rows: what was written for each, numbers or texts with commas between. */
  readonly fixed: readonly (readonly [input: string, value: string])[];
}

/** What a person says of a model's answers; found out where null. */
export interface AnswerChoices {
  readonly output: string | null;
  readonly labels: readonly string[] | null;
  readonly isLogits: boolean | null;
  /** Which of several numbers, from 0. */
  readonly pick: number | null;
}

/** Which columns go in where, and which islands have a feature for each of them. */
export interface PlacesTold {
  readonly inputs: readonly (Pick<InputColumns, "columns"> & { readonly input: string })[];
  /** Ids of spaces, the best first. */
  readonly fitting: readonly string[];
}

export interface PackRequest extends PackWish {
  /** What a new island is called, where it joins none. */
  readonly title: string;
  readonly join: { readonly space: TableSpace; readonly book: BookPoints | null } | null;
  /** Whether the model was not trained on these rows. */
  readonly isUnseen: boolean;
  /** Rows that it was not trained on. */
  readonly test: File | null;
  /** Rows with answers that are published with it. */
  readonly sample: File | null;
  readonly answer: AnswerChoices;
  readonly about: { readonly name: string; readonly description: string };
}

export interface PackedTold {
  readonly zip: Uint8Array<ArrayBuffer>;
  readonly preflight: PreflightReport;
  /** On the rows at hand; in the zip only if it was not trained on them. */
  readonly measured: readonly HeldBackMetric[];
  /** What was assumed of the model, in English. */
  readonly notes: readonly string[];
}

export interface PackApi {
  readModel(bytes: Uint8Array<ArrayBuffer>): ForeignTold;
  readRows(file: File): RowsTold;
  places(wish: PackWish, spaces: readonly TableSpace[]): PlacesTold;
  /** @param ortWasm - onnxruntime's WASM file. */
  pack(request: PackRequest, secret: Secret, ortWasm: Blob): PackedTold;
}
