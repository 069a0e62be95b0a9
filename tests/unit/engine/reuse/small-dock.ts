/** @file A table of two features and a note, and learnwares that are plain functions of these. */

import { EngineError } from "../../../../src/engine/ground/errors";
import type { Space } from "../../../../src/engine/kinds/table/space/space";
import { ReferenceCompute } from "../../../../src/engine/specification/kernel/reference-compute";
import { normal, seededRandom } from "../../../../src/engine/ground/random";
import {
  fitWay,
  type PredictedBlock,
  type PredictedRows,
  predictRows,
} from "../../../../src/engine/reuse/predict/predict-rows";
import {
  prepareReuse,
  type ReuseRequest,
} from "../../../../src/engine/reuse/predict/prepare-reuse";
import type { ReuserName } from "../../../../src/engine/reuse/reuser";
import { ownColumns, readRows } from "../../../../src/engine/kinds/table/rows/table-rows";
import type { Column, Table } from "../../../../src/engine/kinds/table/columns/column";
import { gaussianKernel } from "../../../../src/engine/specification/kernel/kernel";
import type { Answers } from "../../../../src/engine/learner/answers";
import type { RunnableLearnware } from "../../../../src/engine/learnware/runnable-learnware";
import { tableKind } from "../../../../src/engine/kinds/table/table-kind";
import { userRows } from "../../../../src/engine/kinds/rows";
import { featureRows } from "../../../../src/engine/kinds/table/rows/feature-rows";
import { finish } from "../../../../src/engine/ground/finish";

export const island: Space = {
  id: "small",
  version: 1,
  name: "Small",
  description: "",
  profile: "berth",
  features: ["a", "b"].map((name) => ({
    ...{ name, type: "number", aliases: [], categories: [], center: [0], scale: [1] },
  })),
  kernel: gaussianKernel(0.5),
};

const model = {
  format: "onnx" as const,
  file_name: "model.onnx",
  features: ["a", "b"],
  target: "y",
  input: "X",
  output: "values",
};

export function numberColumn(name: string, numbers: Float64Array): Column {
  return { name, type: "number", numbers, codes: null, categories: [] };
}

/** Columns a, b and own: standard normal, independent. */
export function smallTable(rows: number, seed = 1): Table {
  const random = seededRandom(seed);
  const draw = () => new Float64Array(rows).map(() => normal(random));
  return { rows, columns: ["a", "b", "own"].map((name) => numberColumn(name, draw())) };
}

/** Both features of each row larger by so much. */
export function shifted(table: Table, shiftOf: (row: number) => number): Table {
  const [a, b, own] = table.columns.map(({ numbers }) => numbers!);
  const moved = [a!, b!].map((numbers) => numbers.map((value, row) => value + shiftOf(row)));
  const columns = [...moved, own!].map((numbers, i) =>
    numberColumn(table.columns[i]!.name, numbers),
  );
  return { ...table, columns };
}

/** The column's numbers as models get them. */
export function cells(table: Table, column: number): Float32Array {
  return Float32Array.from(table.columns[column]!.numbers!);
}

/** Learnt from rows around `center`; answers f(a, b) for each row. */
export function numberLearnware(
  id: string,
  f: (a: number, b: number) => number,
  more: Partial<RunnableLearnware> & { readonly center?: number } = {},
): RunnableLearnware {
  return {
    ...base(id, more.center ?? 0),
    about: { ...model, task: "regression", labels: [] },
    run: async (inputs) => {
      const { data, rows } = featureRows(inputs);
      const values = Array.from({ length: rows }, (_, i) => f(data[2 * i]!, data[2 * i + 1]!));
      return { data: Float32Array.from(values), rows, cols: 1 };
    },
    ...more,
  };
}

/** Gives its labels the probabilities f(a, b). */
export function classLearnware(
  id: string,
  labels: string[],
  f: (a: number, b: number) => readonly number[],
  more: Partial<RunnableLearnware> = {},
): RunnableLearnware {
  return {
    ...base(id, 0),
    about: { ...model, task: "classification", labels },
    run: async (inputs) => {
      const { data, rows } = featureRows(inputs);
      const values = Array.from({ length: rows }, (_, i) => f(data[2 * i]!, data[2 * i + 1]!));
      return { data: Float32Array.from(values.flat()), rows, cols: labels.length };
    },
    ...more,
  };
}

export function failingLearnware(id: string): RunnableLearnware {
  return numberLearnware(id, () => 0, {
    run: () => Promise.reject(new EngineError("unsupported_operator", "no such operator")),
  });
}

/** A session over a table, whose answers may stand in a column of their own. */
export function requestFor(
  table: Table,
  learnwares: readonly RunnableLearnware[],
  answers: Answers | null = null,
): ReuseRequest {
  const matches = [
    { feature: "a", column: 0 },
    { feature: "b", column: 1 },
  ];
  const own = ownColumns(table, null);
  return {
    learnwares,
    rows: {
      count: table.rows,
      read: async (rows, withOwn) =>
        userRows(tableKind, island, readRows(table, island, matches, withOwn ? own : null, rows)),
    },
    answers,
    compute: new ReferenceCompute(),
  };
}

export interface Ran extends PredictedRows {
  readonly blocks: readonly PredictedBlock[];
  /** Of all blocks, one after the other. */
  readonly values: Float64Array;
  readonly recommended: ReuserName;
}

/** Choose, fit the way recommended or named, and predict all rows. */
export async function runAll(request: ReuseRequest, name?: ReuserName): Promise<Ran> {
  const prepared = await finish(prepareReuse(request));
  const recommended = prepared.choice.recommended.name;
  const way = await finish(fitWay(prepared, name ?? recommended));
  let blocks: PredictedBlock[] = [];
  const predicted = await finish(
    predictRows(way, request.rows.count, (block) => {
      blocks = [...(block.from === 0 ? [] : blocks), block];
    }),
  );
  const values = Float64Array.from(blocks.flatMap((block) => [...block.values.data]));
  return { ...predicted, blocks, values, recommended };
}

function base(id: string, center: number) {
  return {
    id,
    share: null,
    spec: {
      id,
      rkme: {
        points: { data: Float64Array.of(center, center), rows: 1, cols: 2 },
        weights: Float64Array.of(1),
        kernel: gaussianKernel(0.5),
        rowCount: 100,
      },
      radiusSquared: 16,
    },
  };
}
