import { beforeAll, describe, expect, test } from "vitest";

import { finish } from "../../../../src/engine/ground/finish";
import { acrossSpaces } from "../../../../src/engine/kinds/table/fill/across";
import type { Alignment } from "../../../../src/engine/kinds/table/fill/alignment";
import { ReferenceCompute } from "../../../../src/engine/specification/kernel/reference-compute";
import type { Matrix } from "../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../src/engine/ground/random";
import { readRows } from "../../../../src/engine/kinds/table/rows/table-rows";
import { trainAlignments } from "../../../../src/runtime/tensors/align-learnwares";
import type { Tensors } from "../../../../src/runtime/tensors/tfjs-backend";
import { openWholeTensors } from "../../../../src/runtime/tensors/whole-tfjs";
import {
  everyRow,
  islandOf,
  number,
  numbers,
  scaledBy,
  tableOf,
} from "../../engine/kinds/table/islands";
import type { RunnableLearnware } from "../../../../src/engine/learnware/runnable-learnware";
import { matrixInput } from "../../../../src/engine/learnware/model-input";
import { userRows } from "../../../../src/engine/kinds/rows";
import { tableKind } from "../../../../src/engine/kinds/table/table-kind";
import { featureRows } from "../../../../src/engine/kinds/table/rows/feature-rows";

const island = islandOf([number("a", 10, 2), number("b", 100, 5)]);
const onlyA = [
  { feature: "a", column: 0 },
  { feature: "b", column: null },
];
const bothColumns = [
  { feature: "a", column: 0 },
  { feature: "b", column: 1 },
];
const compute = new ReferenceCompute();
let tf: Tensors;
beforeAll(async () => {
  tf = await openWholeTensors();
});

/** No straight line says b. */
function bend(a: number): number {
  return 100 + 6 * Math.abs(a - 10) - 10;
}

function draw(count: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => 10 + 2 * normal(random));
}

function learnwareOf(id: string, asked: Matrix[] = []): RunnableLearnware {
  const a = draw(80, 3);
  const table = tableOf(numbers("a", a), numbers("b", a.map(bend)));
  return {
    id,
    about: {
      ...{ format: "onnx", file_name: "model.onnx", task: "regression", target: "y" },
      ...{ features: ["a", "b"], input: "input", output: "output", labels: [] },
    },
    spec: { id, rkme: everyRow(scaledBy(island, table), island.kernel.gamma), radiusSquared: 1 },
    share: null,
    run: (inputs) => {
      const rows = featureRows(inputs);
      asked.push(rows);
      return Promise.resolve({ data: rows.data.slice(0, rows.rows), rows: rows.rows, cols: 1 });
    },
  };
}

function requestOf(learnwares: readonly RunnableLearnware[], values = draw(300, 5)) {
  const table = tableOf(numbers("a", values));
  return {
    ...{ learnwares, compute, answers: null },
    rows: {
      count: table.rows,
      read: (rows: Parameters<typeof readRows>[4]) =>
        Promise.resolve(userRows(tableKind, island, readRows(table, island, onlyA, null, rows))),
    },
  };
}

/** Mean squared error of the b that a model gets. */
async function errorOf(learned?: ReadonlyMap<string, Alignment>): Promise<number> {
  const asked: Matrix[] = [];
  const across = acrossSpaces(requestOf([learnwareOf("bent", asked)]), island, onlyA, learned);
  const values = draw(100, 7);
  const data = Float32Array.from(values.flatMap((a) => [a, 100]));
  await across.learnwares[0]!.run([matrixInput("input", { data, rows: values.length, cols: 2 })]);
  const said = asked[0]!;
  return values.reduce(
    (sum, a, i) => sum + (said.data[2 * i + 1]! - bend(a)) ** 2 / values.length,
    0,
  );
}

describe("learning how missing columns are filled in", () => {
  test("finds a bend that no straight line follows", async () => {
    const learned = await finish(
      trainAlignments(tf, requestOf([learnwareOf("bent")]), island, onlyA),
    );
    expect(await errorOf(learned)).toBeLessThan(0.6 * (await errorOf()));
  });

  test("learns the same from the same rows", async () => {
    const request = requestOf([learnwareOf("bent")]);
    const once = await finish(trainAlignments(tf, request, island, onlyA));
    expect(await finish(trainAlignments(tf, request, island, onlyA))).toEqual(once);
  });

  test("has nothing to learn where nothing is missing, or nothing known", async () => {
    const undescribed = { ...learnwareOf("undescribed"), spec: null };
    const request = requestOf([learnwareOf("bent"), undescribed]);
    expect((await finish(trainAlignments(tf, request, island, bothColumns))).size).toBe(0);
    const none = onlyA.map((match) => ({ ...match, column: null }));
    expect((await finish(trainAlignments(tf, request, island, none))).size).toBe(0);
  });

  test("says which learnware it is at, and leaves no tensor behind when it is stopped", async () => {
    const before = tf.memory().numTensors;
    const steps = trainAlignments(
      tf,
      requestOf([learnwareOf("one"), learnwareOf("two")]),
      island,
      onlyA,
    );
    expect((await steps.next()).value).toEqual({ stage: "train", done: 0, total: 2 });
    await steps.return(new Map());
    expect(tf.memory().numTensors).toBe(before);
  });
});
