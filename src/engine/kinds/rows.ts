/** @file A user's rows as everything that is free of kinds reads them. */

import { type Matrix, pickRows } from "../ground/matrix";
import type { ModelInput } from "../learnware/model-input";
import type { AnySpace, DataKind, KindRows, ModelAbout, RowChoice } from "./kind";

/** Some rows in the three forms that reuse needs; n of them. */
export interface UserRows {
  readonly count: number;
  /** What a model is fed of them. */
  readonly inputs: (about: ModelAbout) => readonly ModelInput[];
  /** The same rows, some at a time, where inputs of all would be too large. */
  readonly parts?: readonly Pick<UserRows, "count" | "inputs">[];
  /** Shape [n, d]: as specifications of the space have them, finite. */
  readonly scaled: Matrix<Float32Array>;
  /** Shape [n, k]: what a learner takes of the user's own data, NaN where missing; null if not asked for or without any. */
  readonly own: Matrix<Float32Array> | null;
  /** Shape [n]: when each row is from, NaN where not known; null if nothing tells. */
  readonly time: Float64Array | null;
}

/** The rows of a choice one by one. */
export function indicesOf(choice: RowChoice): Int32Array {
  if (choice instanceof Int32Array) return choice;
  const { from, to } = choice;
  return Int32Array.from({ length: to - from }, (_, i) => from + i);
}

/** The rows that are marked by 1. Null: all of them are. */
export function knownRows(known: Uint8Array): Int32Array<ArrayBuffer> | null {
  const rows = Int32Array.from(known.keys()).filter((row) => known[row] === 1);
  return rows.length === known.length ? null : rows;
}

/** The rows of a kind that are described: as points, shape [m, d], and which they are; null: all of them. */
export function describedPoints<Data, Space extends AnySpace, Placed>(
  kind: Pick<DataKind<Data, never, Space, Placed, unknown>, "points" | "described">,
  data: Data,
  plan: { readonly space: Space; readonly placed: Placed },
) {
  const rows = kind.described(data, plan.space);
  const all = kind.points(data, plan);
  return { points: rows ? pickRows(all, rows) : all, rows };
}

/** Rows of a kind as everything else takes them. */
export function userRows<Space extends AnySpace, Fed>(
  kind: Pick<DataKind<never, never, Space, never, Fed>, "inputs" | "parts">,
  space: Space,
  { count, fed, scaled, own, time }: KindRows<Fed>,
): UserRows {
  const inputsOf = (some: Fed) => (about: ModelAbout) => kind.inputs(some, space, about);
  const rows = { count, scaled, own, time, inputs: inputsOf(fed) };
  const { parts } = kind;
  if (!parts || count <= parts.rows) return rows;
  return {
    ...rows,
    parts: Array.from({ length: Math.ceil(count / parts.rows) }, (_, i) => {
      const from = i * parts.rows;
      const to = Math.min(count, from + parts.rows);
      return { count: to - from, inputs: inputsOf(parts.of(fed, from, to)) };
    }),
  };
}

/** Where a session gets its rows from. */
export interface RowReader {
  /** How many there are. */
  readonly count: number;
  /** How many are best read at a time; as many as there is room for, if it is not said. */
  readonly atOnce?: number | undefined;
  read(rows: RowChoice, withOwn: boolean): Promise<UserRows>;
}
