import { describe, expect, test } from "vitest";

import { acrossSpaces } from "../../../../../../src/engine/kinds/table/fill/across";
import { finish } from "../../../../../../src/engine/ground/finish";
import { knownColumns } from "../../../../../../src/engine/kinds/table/fill/fill-in";
import type { FeatureMatch } from "../../../../../../src/engine/kinds/table/space/space";
import { ReferenceCompute } from "../../../../../../src/engine/specification/kernel/reference-compute";
import type { Matrix } from "../../../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../../../src/engine/ground/random";
import { readRows } from "../../../../../../src/engine/kinds/table/rows/table-rows";
import type { Table } from "../../../../../../src/engine/kinds/table/columns/column";
import { category, everyRow, islandOf, number, numbers, scaledBy, tableOf } from "../islands";
import { gaussianKernel } from "../../../../../../src/engine/specification/kernel/kernel";
import type { RunnableLearnware } from "../../../../../../src/engine/learnware/runnable-learnware";
import { type RowReader, userRows } from "../../../../../../src/engine/kinds/rows";
import { rankKnown } from "../../../../../../src/engine/search/rank-known";
import { matrixInput } from "../../../../../../src/engine/learnware/model-input";
import { tableKind } from "../../../../../../src/engine/kinds/table/table-kind";
import { featureRows } from "../../../../../../src/engine/kinds/table/rows/feature-rows";

const island = islandOf([number("a", 10, 2), category("kind", "x", "y"), number("b", 100, 5)]);
const onlyA: FeatureMatch[] = [
  { feature: "a", column: 0 },
  { feature: "kind", column: null },
  { feature: "b", column: null },
];
const compute = new ReferenceCompute();

/** A learnware whose b is 100 + 2 (a − 10) + `shift`, and what it was asked. */
function learnwareOf(id: string, shift: number) {
  const random = seededRandom(3);
  const a = Array.from({ length: 400 }, () => 10 + 2 * normal(random));
  const table = tableOf(
    numbers("a", a),
    numbers("b", a.map((value) => 100 + 2 * (value - 10) + shift)),
  ); // prettier-ignore
  const spec = {
    id,
    rkme: everyRow(scaledBy(island, table), island.kernel.gamma),
    radiusSquared: 1,
  };
  const asked: Matrix[] = [];
  const learnware: RunnableLearnware = {
    id,
    about: {
      task: "regression",
      target: "y",
      features: ["b", "a"],
      input: "input",
      output: "output",
      labels: [],
    },
    spec,
    share: 1,
    run: (inputs) => {
      const rows = featureRows(inputs);
      asked.push(rows);
      return Promise.resolve({ data: rows.data.slice(0, rows.rows), rows: rows.rows, cols: 1 });
    },
  };
  return { learnware, asked };
}

function readerOf(table: Table): RowReader {
  return {
    count: table.rows,
    read: (rows) =>
      Promise.resolve(userRows(tableKind, island, readRows(table, island, onlyA, null, rows))),
  };
}

describe("the columns that a table has of an island", () => {
  test("are counted as encoded, a category once for each value", () => {
    expect(knownColumns(island, onlyA)).toEqual([0]);
    const rest = [
      { feature: "kind", column: 3 },
      { feature: "b", column: 1 },
    ];
    expect(knownColumns(island, rest)).toEqual([1, 2, 3]);
  });
});

describe("ranking in known columns", () => {
  test("what is filled in counts neither for nor against a learnware", async () => {
    const table = tableOf(numbers("a", [8, 9, 10, 11, 12]));
    const x = scaledBy(island, table);
    const candidates = [learnwareOf("near", 0), learnwareOf("far", 400)].map(
      ({ learnware }) => learnware.spec!,
    );
    const known = await finish(
      rankKnown(compute, x, gaussianKernel(island.kernel.gamma), candidates, {
        columns: [0],
        compared: 0.5,
      }),
    );
    expect(known.singles[0]!.mmd2).toBeCloseTo(known.singles[1]!.mmd2, 12);
    for (const { similarity, coverage } of known.singles) {
      expect(Math.max(similarity, coverage), "half of the features").toBe(0.5);
    }
    const all = await finish(
      rankKnown(compute, x, gaussianKernel(island.kernel.gamma), candidates, {
        columns: [0, 1, 2, 3],
        compared: 1,
      }),
    );
    expect(all.singles.map(({ id }) => id)).toEqual(["near", "far"]);
    expect(all.singles[1]!.similarity).toBeLessThan(0.01);
  });
});

describe("reuse across feature spaces", () => {
  const table = tableOf(numbers("a", [12, NaN, 8]));

  test("each model gets what its own training rows suggest for a column that is missing", async () => {
    const [near, shifted] = [learnwareOf("near", 0), learnwareOf("shifted", 30)];
    const learnwares = [near.learnware, shifted.learnware];
    const request = { learnwares, rows: readerOf(table), answers: null, compute };
    const across = acrossSpaces(request, island, onlyA);
    const rows = { data: Float32Array.of(100, 12, 100, NaN, 100, 8), rows: 3, cols: 2 };
    for (const learnware of across.learnwares) await learnware.run([matrixInput("input", rows)]);
    const said = [near, shifted].map(({ asked }) => [...asked[0]!.data]);
    expect(said[0]![0]).toBeCloseTo(104, 0);
    expect(said[0]![2]).toBeCloseTo(100, 0);
    expect(said[0]![4]).toBeCloseTo(96, 0);
    expect(said[1]![0]).toBeCloseTo(134, 0);
    // What the user has goes to the model as it is.
    expect([said[0]![1], said[0]![3], said[0]![5]]).toEqual([12, NaN, 8]);
  });

  test("rows and specifications are compared in the columns that are known", async () => {
    const { learnware } = learnwareOf("near", 0);
    const request = {
      ...{ learnwares: [learnware], rows: readerOf(table), answers: null, compute },
    };
    const across = acrossSpaces(request, island, onlyA);
    const read = await across.rows.read({ from: 0, to: 3 }, false);
    expect([...read.scaled.data]).toEqual([1, 0, -1]);
    expect(read.inputs({ input: "input", features: ["b", "kind"] })[0]!.dims).toEqual([3, 3]);
    expect(across.learnwares[0]!.spec!.rkme.points.cols).toBe(1);
  });

  test("with every feature at hand, or none, nothing changes", () => {
    const { learnware } = learnwareOf("near", 0);
    const request = {
      learnwares: [learnware],
      rows: readerOf(table),
      answers: null,
      compute,
    };
    const all = island.features.map(({ name }, column) => ({ feature: name, column }));
    expect(acrossSpaces(request, island, all)).toBe(request);
    const none = island.features.map(({ name }) => ({ feature: name, column: null }));
    expect(acrossSpaces(request, island, none)).toBe(request);
  });
});
