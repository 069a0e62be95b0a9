import fc from "fast-check";
import { expect, test } from "vitest";

import { innerProduct } from "../../../../../src/engine/specification/kernel/mmd";
import { decodeStat, encodeStat } from "../../../../../src/engine/specification/files/codec";
import type { Specification } from "../../../../../src/engine/specification/specification";
import { readGoldenText } from "../../../../fixtures/golden/read-golden";
import { gaussianKernel } from "../../../../../src/engine/specification/kernel/kernel";

const extras = { space: "homes", spaceVersion: 2, radiusSquared: 0.25 };

function stat(changes: Record<string, unknown> = {}): string {
  const file = {
    z: [
      [1, 2],
      [3, 4],
    ],
    beta: [0.5, 0.5],
    gamma: 0.1,
    num_points: 9,
    ...changes,
  };
  return JSON.stringify(file);
}

test.for([
  ["stat_table_iris", 20, 4, 150, 0.5616885233872728],
  ["stat_table_default_K100", 100, 5, 500, 0.483800680043456],
  ["stat_legacy_RKMEStatSpecification", 20, 4, 150, 0.5616885233872728],
] as const)("reads %s of the package", ([name, rows, cols, rowCount, self]) => {
  const { rkme, extras: none } = decodeStat(readGoldenText(`files/${name}.json`));
  expect(none).toBeNull();
  expect([rkme.points.rows, rkme.points.cols, rkme.rowCount]).toEqual([rows, cols, rowCount]);
  expect(innerProduct(rkme, rkme)).toBeCloseTo(self, 12);
});

test("reads odd numbers to the last bit", () => {
  const { rkme } = decodeStat(readGoldenText("files/stat_table_odd_numbers.json"));
  expect([...rkme.points.data]).toEqual([1e-300, -0, 1e22, 5e-324, 123456789.12345679, -1e-7]);
  expect([...rkme.weights]).toEqual([0.30000000000000004, 0.7]);
});

test("reads files from before there was a type, with the keys they had", () => {
  const { rkme } = decodeStat(stat({ cuda_idx: -1, device: null }));
  expect([...rkme.points.data]).toEqual([1, 2, 3, 4]);
  expect(decodeStat(stat({ type: "RKMEStatSpecification" })).rkme.kernel.gamma).toBe(0.1);
  expect(decodeStat(stat({ num_points: undefined })).rkme.rowCount).toBe(0);
});

test("flattens points that were saved in the shape of their samples", () => {
  const { points } = decodeStat(
    stat({
      z: [
        [
          [1, 2],
          [3, 4],
        ],
        [
          [5, 6],
          [7, 8],
        ],
      ],
    }),
  ).rkme;
  expect([points.rows, points.cols, ...points.data]).toEqual([2, 4, 1, 2, 3, 4, 5, 6, 7, 8]);
});

test("writes compact JSON in the package's order, with our own under one key", () => {
  const rkme: Specification = {
    points: { data: Float64Array.of(0.1, -2), rows: 2, cols: 1 },
    weights: Float64Array.of(0.25, 0.75),
    kernel: gaussianKernel(0.5),
    rowCount: 40,
  };
  expect(encodeStat(rkme, extras)).toBe(
    '{"z":[[0.1],[-2]],"beta":[0.25,0.75],"gamma":0.5,"num_points":40,' +
      '"type":"RKMETableSpecification",' +
      '"berth":{"space":"homes","spaceVersion":2,"radiusSquared":0.25}}',
  );
});

test("reads the fields of files that call the space an island", () => {
  const old = { island: "homes", islandVersion: 2, radiusSquared: 0.25 };
  expect(decodeStat(stat({ berth: old })).extras).toEqual(extras);
});

test("single-precision points come back as the same single-precision numbers", () => {
  const singles = fc.float({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(fc.array(singles, { minLength: 1, maxLength: 20 }), (values) => {
      const rkme: Specification = {
        points: { data: Float64Array.from(values), rows: 1, cols: values.length },
        weights: Float64Array.of(1),
        kernel: gaussianKernel(0.1),
        rowCount: 10,
      };
      const json = encodeStat(rkme, extras);
      const { data } = decodeStat(json).rkme.points;
      data.forEach((value, i) => expect(Math.fround(value) === values[i]).toBe(true));
      expect(decodeStat(json).extras).toEqual(extras);
    }),
  );
});

test("double-precision points and weights come back to the last bit", () => {
  const { rkme } = decodeStat(readGoldenText("files/stat_table_iris.json"));
  const again = decodeStat(encodeStat(rkme, extras)).rkme;
  expect(again).toEqual(rkme);
});

test.for<[string, string]>([
  ["no JSON", "{"],
  ["NaN, as Python writes it", '{"z":[[NaN]],"beta":[1],"gamma":0.1,"num_points":1}'],
  ["no object", "[1]"],
  ["another type", stat({ type: "RKMETextSpecification" })],
  ["no points", stat({ z: [] })],
  ["points without numbers", stat({ z: [[], []] })],
  ["uneven points", stat({ z: [[1], [2, 3]] })],
  ["points that are no arrays", stat({ z: [1, 2] })],
  [
    "a null among the numbers",
    stat({
      z: [
        [1, null],
        [2, 3],
      ],
    }),
  ],
  ["a text among the numbers", stat({ beta: [0.5, "0.5"] })],
  ["a number beyond all numbers", stat().replace("[1,2]", "[1e999,2]")],
  ["weights that do not match the points", stat({ beta: [1] })],
  ["no gamma", stat({ gamma: undefined })],
  ["a gamma of zero", stat({ gamma: 0 })],
  ["half a row", stat({ num_points: 1.5 })],
  ["extras that are no object", stat({ berth: 1 })],
  ["extras without a version", stat({ berth: { island: "a", radiusSquared: 1 } })],
  ["a negative radius", stat({ berth: { ...extras, radiusSquared: -1 } })],
])("refuses %s", ([, json]) => {
  expect(() => decodeStat(json)).toThrow(
    expect.objectContaining({ code: "bad_specification" }) as Error,
  );
});

test("refuses the package's other kinds of specification", () => {
  for (const name of ["stat_image_k3_c1", "stat_text", "stat_hetero"]) {
    expect(() => decodeStat(readGoldenText(`files/${name}.json`))).toThrow(
      expect.objectContaining({ code: "bad_specification" }) as Error,
    );
  }
});

test("refuses to write a number that JSON cannot hold", () => {
  const { rkme } = decodeStat(stat());
  const broken = { ...rkme, weights: Float64Array.of(NaN, 1) };
  expect(() => encodeStat(broken, extras)).toThrow(
    expect.objectContaining({ code: "bad_specification" }) as Error,
  );
});
