import fc from "fast-check";
import { expect, test } from "vitest";

import {
  parsePythonJson,
  type PythonValue,
  writePythonJson,
} from "../../../src/reference/python-json";
import {
  decodeSpecification,
  encodeSpecification,
  fieldsOf,
  withExtras,
} from "../../../src/reference/spec-files";
import { specificationProduct } from "../../../src/reference/specification";
import { decodeStat, encodeStat } from "../../../src/engine/specification/files/codec";
import { goldenNames, readGolden, readGoldenText } from "../../fixtures/golden/read-golden";
import { gaussianKernel } from "../../../src/engine/specification/kernel/kernel";

interface Facts {
  readonly class: string;
  readonly type: string;
  readonly key_order: string[];
  readonly bytes: number;
  readonly z_shape: number[];
  readonly beta_shape: number[];
  readonly other: Record<string, unknown>;
  readonly beta_sum: number;
  readonly z_sum: number;
  readonly self_inner_prod: number;
}

const { files } = readGolden("files_facts") as { readonly files: Record<string, Facts> };
const names = goldenNames("stat_", "files/");
const extras = { space: "homes", spaceVersion: 2, radiusSquared: 0.25 };
const malformed = expect.objectContaining({ code: "bad_specification" }) as Error;

test.for(names)("%s is read whole", (name) => {
  const text = readGoldenText(`${name}.json`);
  const facts = files[`${name.slice("files/".length)}.json`]!;
  const { specification, fields } = decodeSpecification(text);
  expect(text).toHaveLength(facts.bytes);
  expect([...fields.keys()]).toEqual(facts.key_order);
  expect(specification.type).toBe(facts.type);
  expect([specification.points.rows, ...specification.sampleShape]).toEqual(facts.z_shape);
  expect([specification.weights.length]).toEqual(facts.beta_shape);
  expect(sum(specification.weights)).toBeCloseTo(facts.beta_sum, 12);
  const scale = Math.max(1, ...specification.points.data.map(Math.abs));
  expect(Math.abs(sum(specification.points.data) - facts.z_sum)).toBeLessThan(1e-11 * scale);
  const isImage = specification.type === "RKMEImageSpecification";
  // The package computes the kernel of images in single precision.
  const tolerance = isImage ? 1e-5 * facts.self_inner_prod : 1e-12;
  const product = specificationProduct(specification, specification);
  expect(Math.abs(product - facts.self_inner_prod)).toBeLessThan(tolerance);
});

test.for(names)("%s is written back to the byte, from its fields and from its numbers", (name) => {
  const text = readGoldenText(`${name}.json`);
  const { specification, fields } = decodeSpecification(text);
  expect(encodeSpecification(fields)).toBe(text);
  expect(encodeSpecification(fieldsOf(specification))).toBe(text);
});

test.for(names.filter((name) => name.includes("table") || name.includes("legacy")))(
  "%s means the same to the strict reader",
  (name) => {
    const text = readGoldenText(`${name}.json`);
    const { specification } = decodeSpecification(text);
    const { rkme } = decodeStat(text);
    expect(specification).toMatchObject(rkme);
  },
);

test("an old file without a type is of a table, and keeps the keys it had", () => {
  const old =
    '{"z":[[0.0,1e-07],[2.0,3.5]],"beta":[0.25,0.75],"gamma":0.1,"num_points":9,"cuda_idx":-1,"device":"cpu"}';
  const { specification, fields } = decodeSpecification(old);
  expect(specification).toMatchObject({
    type: "RKMETableSpecification",
    kernel: gaussianKernel(0.1),
    rowCount: 9,
  });
  expect(encodeSpecification(fields)).toBe(old);
});

test("what the package leaves out has the package's own defaults", () => {
  const table = decodeSpecification('{"z":[[1]],"beta":[1]}').specification;
  expect(table).toMatchObject({ kernel: gaussianKernel(0.1), rowCount: 0, sampleShape: [1] });
  const image = decodeSpecification(
    '{"z":[[[[0.1]]]],"beta":[1],"type":"RKMEImageSpecification"}',
  ).specification;
  expect(image).toMatchObject({
    modelCount: 16,
    model: { k: 2, mu: 0, sigma: null, netWidth: 128, netDepth: 3 },
    points: { data: Float64Array.of(Math.fround(0.1)) },
  });
});

test("Berth's own fields come under one key, and the others stay as they were", () => {
  const text = readGoldenText("files/stat_table_iris.json");
  const { fields } = decodeSpecification(text);
  const extended = encodeSpecification(withExtras(fields, extras));
  expect(extended).toBe(
    `${text.slice(0, -1)},"berth":{"space":"homes","spaceVersion":2,"radiusSquared":0.25}}`,
  );
  expect(decodeStat(extended).extras).toEqual(extras);
  const again = decodeSpecification(extended);
  expect(encodeSpecification(again.fields)).toBe(extended);
  expect(encodeSpecification(fieldsOf(again.specification))).toBe(text);
});

test("a file that Berth wrote is read with the same numbers", () => {
  const { rkme } = decodeStat(readGoldenText("files/stat_table_default_K100.json"));
  const { specification } = decodeSpecification(encodeStat(rkme, extras));
  expect(specification).toMatchObject(rkme);
});

test("weights that are no numbers are kept, as in the package", () => {
  const text =
    '{"z":[[1.0]],"beta":[NaN],"gamma":0.1,"num_points":1,"type":"RKMETableSpecification"}';
  const { specification, fields } = decodeSpecification(text);
  expect(specificationProduct(specification, specification)).toBeNaN();
  expect(encodeSpecification(fields)).toBe(text);
});

test.for<[string, string]>([
  ["no JSON", "{"],
  ["text after the end", '{"z":[[1]],"beta":[1]} 2'],
  ["a list", "[1]"],
  ["another type", '{"z":[[1]],"beta":[1],"type":"RKMESomething"}'],
  ["no points", '{"z":[],"beta":[]}'],
  ["points that are no lists", '{"z":[1,2],"beta":[1,2]}'],
  ["points without numbers", '{"z":[[]],"beta":[1]}'],
  ["uneven points", '{"z":[[1,2],[3]],"beta":[1,1]}'],
  ["points uneven inside", '{"z":[[[1,2],[3]]],"beta":[1]}'],
  ["a text among the numbers", '{"z":[["1"]],"beta":[1]}'],
  ["too few weights", '{"z":[[1],[2]],"beta":[1]}'],
  ["texts without language", '{"z":[[1]],"beta":[1],"type":"RKMETextSpecification"}'],
  ["nesting without end", "[".repeat(1e5)],
  ["a broken text", '{"z\\x":[[1]]}'],
])("refuses %s", ([, text]) => {
  expect(() => decodeSpecification(text)).toThrow(malformed);
});

test("refuses to write points that do not fill their shape", () => {
  const { specification } = decodeSpecification('{"z":[[1,2]],"beta":[1]}');
  expect(() => fieldsOf({ ...specification, sampleShape: [3] })).toThrow(malformed);
});

test.for<[number, string]>([
  [0, "0.0"],
  [-0, "-0.0"],
  [1, "1.0"],
  [0.1, "0.1"],
  [0.0001, "0.0001"],
  [0.000099, "9.9e-05"],
  [1.5e-7, "1.5e-07"],
  [1e15, "1000000000000000.0"],
  [1e16, "1e+16"],
  [123456789012345680, "1.2345678901234568e+17"],
  [5e-324, "5e-324"],
  [-1e100, "-1e+100"],
  [Infinity, "Infinity"],
  [-Infinity, "-Infinity"],
  [NaN, "NaN"],
])("writes %d as Python does", ([value, expected]) => {
  expect(writePythonJson(value)).toBe(expected);
});

test("any value comes back from its text, and the text from the value", () => {
  const { value: values } = fc.letrec<{ value: PythonValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom<PythonValue>(null, true, false),
      fc.double(),
      fc.bigInt(),
      fc.string({ unit: "binary" }),
      fc.array(tie("value")),
      fc.array(fc.tuple(fc.string(), tie("value"))).map((members) => new Map(members)),
    ),
  }));
  fc.assert(
    fc.property(values, (value) => {
      const text = writePythonJson(value);
      expect(text).toMatch(/^[ -~]*$/);
      expect(parsePythonJson(text)).toEqual(value);
      expect(writePythonJson(parsePythonJson(text))).toBe(text);
    }),
  );
});

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
