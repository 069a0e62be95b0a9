/**
 * @file The specification files of the Python package `learnware` 0.3.2, of all four kinds, old
 * ones among them. Nothing in a file is lost: unknown keys, whole numbers, NaN and the shape of
 * the points come back to the byte. For tables of Berth's own islands see spec/codec.ts, which is stricter.
 */

import { EngineError } from "../engine/ground/errors";
import type { Matrix } from "../engine/ground/matrix";
import type { SpecificationExtras } from "../engine/specification/specification";
import {
  isDict,
  parsePythonJson,
  type PythonDict,
  type PythonValue,
  writePythonJson,
} from "./python-json";
import {
  type GaussianSpecification,
  type SpecificationType,
  specificationTypes,
  type StatSpecification,
} from "./specification";
import { gaussianGamma, gaussianKernel } from "../engine/specification/kernel/kernel";
import type { ImageModel, ImageSpecification } from "./image-specification";

/** A specification file, read. */
export interface SpecificationFile {
  readonly specification: StatSpecification;
  /** Everything in the file, in its order; `encodeSpecification` writes it back to the byte. */
  readonly fields: PythonDict;
}

/** What the package once called its table specification. */
const OLD_TABLE = "RKMEStatSpecification";

/**
 * Read a specification file as the package's `load` does: a file without a type is of a table, keys
 * it does not know are ignored, images are in single precision. Weights and points may be NaN.
 *
 * @throws EngineError `bad_specification` if it is no such file, or points and weights disagree.
 */
export function decodeSpecification(text: string): SpecificationFile {
  const fields = parsePythonJson(text);
  if (!isDict(fields)) throw bad("is not a JSON object");
  const type = typeOf(fields);
  const { points, sampleShape } = readPoints(fields.get("z"));
  const weights = Float64Array.from(numbersOf(fields.get("beta"), "beta"));
  if (weights.length !== points.rows) {
    throw bad(`has ${points.rows} points but ${weights.length} weights`);
  }
  const common = { points, sampleShape, weights };
  if (type === "RKMEImageSpecification") {
    const specification: ImageSpecification = {
      ...common,
      type,
      points: { ...points, data: points.data.map(Math.fround) },
      modelCount: numberOf(fields.get("n_models") ?? 16n, "n_models"),
      model: readModel(fields.get("model_config")),
    };
    return { specification, fields };
  }
  const language = type === "RKMETextSpecification" ? textsOf(fields.get("language")) : [];
  const gamma = numberOf(fields.get("gamma") ?? 0.1, "gamma");
  const rowCount = numberOf(fields.get("num_points") ?? 0n, "num_points");
  const kernel = gaussianKernel(gamma);
  return { specification: { ...common, type, kernel, rowCount, language }, fields };
}

/** The file's text as the package's `save` writes it: compact, ASCII, no line end. */
export function encodeSpecification(fields: PythonDict): string {
  return writePythonJson(fields);
}

/**
 * The fields that the package's `save` writes for a specification, in its order.
 *
 * @throws EngineError `bad_specification` if points, weights and sample shape disagree.
 */
export function fieldsOf(specification: StatSpecification): PythonDict {
  const { points, weights, sampleShape } = specification;
  const size = sampleShape.reduce((product, length) => product * length, 1);
  if (points.rows !== weights.length || points.cols !== size) {
    throw bad(`has [${points.rows}, ${points.cols}] points but ${weights.length} weights`);
  }
  const z = nest(Array.from(points.data), [points.rows, ...sampleShape]);
  const beta = Array.from(weights);
  return new Map(
    specification.type === "RKMEImageSpecification"
      ? imageFields(specification, z, beta)
      : [["z", z], ["beta", beta], ...gaussianFields(specification)],
  );
}

/** The same fields with Berth's own under the one key `berth`, which the package's `load` ignores. */
export function withExtras(fields: PythonDict, extras: SpecificationExtras): PythonDict {
  const { space, spaceVersion, radiusSquared } = extras;
  const own: PythonDict = new Map<string, PythonValue>([
    ["space", space],
    ["spaceVersion", BigInt(spaceVersion)],
    ["radiusSquared", radiusSquared],
  ]);
  return new Map([...fields, ["berth", own]]);
}

function gaussianFields(specification: GaussianSpecification): [string, PythonValue][] {
  const { rowCount, type, language } = specification;
  const gamma = gaussianGamma(specification.kernel);
  if (type === "HeteroMapTableSpecification") {
    return [
      ["embedding", null],
      ["weight", null],
      ["gamma", gamma],
      ["type", type],
    ];
  }
  return [
    ["gamma", gamma],
    ["num_points", BigInt(rowCount)],
    ["type", type],
    ...(type === "RKMETextSpecification" ? [["language", language] as [string, PythonValue]] : []),
  ];
}

function imageFields(
  { model, modelCount, type }: ImageSpecification,
  z: PythonValue,
  beta: PythonValue,
): [string, PythonValue][] {
  const config: PythonDict = new Map<string, PythonValue>([
    ["k", whole(model.k)],
    ["mu", whole(model.mu)],
    ["sigma", model.sigma],
    ["net_width", whole(model.netWidth)],
    ["net_depth", whole(model.netDepth)],
  ]);
  return [
    ["RKME_IMAGE_VERSION", 1n],
    ["msg", null],
    ["z", z],
    ["beta", beta],
    ["n_models", BigInt(modelCount)],
    ["model_config", config],
    ["type", type],
  ];
}

function typeOf(fields: PythonDict): SpecificationType {
  const type = fields.get("type");
  if (type === undefined || type === OLD_TABLE) return "RKMETableSpecification";
  const known = specificationTypes.find((candidate) => candidate === type);
  if (!known) throw bad(`has the type ${writePythonJson(type)}, which is not known`);
  return known;
}

function readModel(config: PythonValue | undefined): ImageModel {
  const given: PythonDict = isDict(config) ? config : new Map();
  const of = (key: string, fallback: bigint) => numberOf(given.get(key) ?? fallback, key);
  const sigma = given.get("sigma") ?? null;
  return {
    k: of("k", 2n),
    mu: of("mu", 0n),
    sigma: sigma === null ? null : numberOf(sigma, "sigma"),
    netWidth: of("net_width", 128n),
    netDepth: of("net_depth", 3n),
  };
}

function readPoints(z: PythonValue | undefined): {
  readonly points: Matrix<Float64Array>;
  readonly sampleShape: readonly number[];
} {
  if (!isList(z) || z.length === 0) throw bad("needs z, an array of points");
  const sampleShape = shapeOf(z[0]!);
  const cols = sampleShape.reduce((product, length) => product * length, 1);
  if (sampleShape.length === 0 || cols === 0) throw bad("has points without numbers");
  const data = new Float64Array(z.length * cols);
  z.forEach((point, i) => {
    if (shapeOf(point).join() !== sampleShape.join()) throw bad(`has another shape in z[${i}]`);
    const numbers = numbersOf(point, `z[${i}]`);
    if (numbers.length !== cols) throw bad(`has ${numbers.length} numbers in z[${i}]`);
    data.set(numbers, i * cols);
  });
  return { points: { data, rows: z.length, cols }, sampleShape };
}

/** Lengths of nested lists, by the first of each. */
function shapeOf(value: PythonValue): number[] {
  if (!isList(value)) return [];
  return [value.length, ...(value.length > 0 ? shapeOf(value[0]!) : [])];
}

/** All numbers of lists nested to any depth, in order. */
function numbersOf(value: PythonValue | undefined, name: string): number[] {
  if (!isList(value)) throw bad(`needs ${name}, an array of numbers`);
  const numbers: number[] = [];
  const collect = (item: PythonValue): void => {
    if (isList(item)) item.forEach(collect);
    else numbers.push(numberOf(item, name));
  };
  value.forEach(collect);
  return numbers;
}

function numberOf(value: PythonValue, name: string): number {
  if (typeof value !== "number" && typeof value !== "bigint") {
    throw bad(`has something other than numbers in ${name}`);
  }
  return Number(value);
}

function textsOf(value: PythonValue | undefined): string[] {
  if (!isList(value)) throw bad("needs language, an array of codes");
  return value.map((code) => {
    if (typeof code !== "string") throw bad("has a language that is no text");
    return code;
  });
}

function nest(flat: readonly number[], shape: readonly number[]): readonly PythonValue[] {
  const [length = 0, ...rest] = shape;
  if (rest.length === 0) return flat;
  const size = flat.length / length;
  return Array.from({ length }, (_, i) => nest(flat.slice(i * size, (i + 1) * size), rest));
}

function whole(value: number): PythonValue {
  return Number.isInteger(value) ? BigInt(value) : value;
}

function isList(value: PythonValue | undefined): value is readonly PythonValue[] {
  return Array.isArray(value);
}

function bad(problem: string): EngineError {
  return new EngineError("bad_specification", `the specification ${problem}`);
}
