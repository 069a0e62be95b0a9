/** @file Learnwares that are ONNX models of Berth's own learners, each with the specification of its rows. */

import { encodeRows } from "../../../../../src/engine/kinds/table/space/encode";
import type { Space } from "../../../../../src/engine/kinds/table/space/space";
import { ReferenceCompute } from "../../../../../src/engine/specification/kernel/reference-compute";
import { fitModel, type ModelKind } from "../../../../../src/engine/learner/choose-model";
import type { Target } from "../../../../../src/engine/learner/target";
import { exportOnnx, GRAPH_NAMES } from "../../../../../src/engine/learnware/onnx/onnx-export";
import { normal, seededRandom } from "../../../../../src/engine/ground/random";
import type { ReuseRequest } from "../../../../../src/engine/reuse/predict/prepare-reuse";
import { ownColumns, readRows } from "../../../../../src/engine/kinds/table/rows/table-rows";
import { reduceRows } from "../../../../../src/engine/specification/reduce/reduce";
import type { Column, Table } from "../../../../../src/engine/kinds/table/columns/column";
import { openModel } from "../../../../../src/runtime/models/ort-session";
import { gaussianKernel } from "../../../../../src/engine/specification/kernel/kernel";
import type { Answers } from "../../../../../src/engine/learner/answers";
import type { RunnableLearnware } from "../../../../../src/engine/learnware/runnable-learnware";
import { tableKind } from "../../../../../src/engine/kinds/table/table-kind";
import { userRows } from "../../../../../src/engine/kinds/rows";
import { finish } from "../../../../../src/engine/ground/finish";

type Task = "regression" | "classification";

const SIDES = ["north", "south", "west"];
const compute = new ReferenceCompute();
const number = { type: "number", aliases: [], categories: [], center: [0], scale: [2] } as const;

export const island: Space = {
  ...{
    id: "market",
    version: 1,
    name: "Market",
    description: "",
    profile: "berth",
    kernel: gaussianKernel(0.3),
  },
  features: [
    { ...number, name: "a", aliases: [], categories: [], center: [0], scale: [2] },
    { ...number, name: "b", aliases: [], categories: [], center: [1], scale: [1] },
    {
      ...{ name: "side", type: "category", aliases: [], categories: SIDES.slice(0, 2) },
      ...{ center: [0.5, 0.3], scale: [0.5, 0.5] },
    },
  ],
};

const matches = island.features.map(({ name }, column) => ({ feature: name, column }));

/** Columns a, b, side and own around a centre; a tenth of the numbers is missing. */
function tableAround(center: number, rows: number, seed: number): Table {
  const random = seededRandom(seed);
  const numbers = (name: string, shift: number): Column => ({
    ...{ name, type: "number", codes: null, categories: [] },
    numbers: Float64Array.from({ length: rows }, () =>
      random() < 0.1 ? NaN : Math.fround(shift + normal(random)),
    ),
  });
  const codes = Int32Array.from({ length: rows }, () => Math.floor(3 * random()));
  const side: Column = { name: "side", type: "category", numbers: null, codes, categories: SIDES };
  return { rows, columns: [numbers("a", center), numbers("b", 1), side, numbers("own", 0)] };
}

/** A number for each row that its cells decide, and another the farther the table is from 0. */
function truthOf({ columns, rows }: Table, shift: number): Float64Array {
  const [a, b, side] = columns as [Column, Column, Column];
  const known = (value: number) => (Number.isNaN(value) ? 0 : value);
  return Float64Array.from(
    { length: rows },
    (_, i) => 50 + 3 * known(a.numbers![i]!) * known(b.numbers![i]!) + 5 * side.codes![i]! + shift,
  );
}

const codesOf = (truth: Float64Array, cuts: readonly number[]) =>
  Int32Array.from(truth, (y) => cuts.filter((cut) => y > cut).length);

const CUTS = [52, 57];
/** The third learnware knows only two of the classes, the other way round. */
const LABELS = [
  ["low", "middle", "high"],
  ["low", "middle", "high"],
  ["middle", "low"],
];
const KINDS: readonly ModelKind[] = ["linear", "trees", "linear"];
const FEATURES = [
  ["a", "b", "side"],
  ["b", "a"],
  ["side", "a"],
];

interface RealMarket {
  readonly request: ReuseRequest;
  readonly models: ReadonlyMap<string, Uint8Array>;
}

/** Three learnwares, and a user's table of which some rows have an answer. */
export async function realMarket(task: Task, known: number): Promise<RealMarket> {
  const models = new Map<string, Uint8Array>();
  const learnwares: RunnableLearnware[] = [];
  for (const [m, features] of FEATURES.entries()) {
    const table = tableAround(m - 1, 400, 10 + m);
    const truth = truthOf(table, m);
    const labels = LABELS[m]!;
    const codes = codesOf(truth, CUTS);
    const target: Target =
      task === "regression"
        ? { task, values: truth }
        : { task, classes: labels.length, codes: codes.map((c) => (m === 2 ? Number(c < 1) : c)) };
    const inputs = encodeRows(table, island, matches, { features, scaled: false });
    const { model } = await finish(fitModel(inputs, target, KINDS[m]!));
    const bytes = exportOnnx(model);
    const x = encodeRows(table, island, matches, { scaled: true });
    const rkme = await finish(
      reduceRows(compute, await compute.load(x), x, {
        kernel: island.kernel,
        count: 12,
      }),
    );
    const id = `m${m}`;
    models.set(id, bytes);
    const open = await openModel(bytes);
    learnwares.push({
      ...{ id, share: 0.5 - 0.15 * m, spec: { id, rkme, radiusSquared: 1.5 } },
      about: {
        ...{ format: "onnx", file_name: "model.onnx", features, task, target: "y" },
        labels: task === "regression" ? [] : labels,
        input: GRAPH_NAMES.input,
        output: task === "regression" ? GRAPH_NAMES.values : GRAPH_NAMES.probabilities,
      },
      run: (inputs) => open.predict(inputs),
    });
  }
  const table = tableAround(0.5, 600, 3);
  const truth = truthOf(table, 4);
  const rows = Int32Array.from({ length: known }, (_, i) => 2 * i);
  const values = Float64Array.from(rows, (row) => truth[row]!);
  const answers: Answers =
    task === "regression"
      ? { task, rows, values }
      : { task, rows, codes: codesOf(values, CUTS), labels: LABELS[0]! };
  const own = ownColumns(table, null);
  return {
    models,
    request: {
      ...{ learnwares, compute, answers: known > 0 ? answers : null },
      rows: {
        count: table.rows,
        read: async (chosen, withOwn) =>
          userRows(
            tableKind,
            island,
            readRows(table, island, matches, withOwn ? own : null, chosen),
          ),
      },
    },
  };
}
