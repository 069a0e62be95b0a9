import { EngineError } from "../../../ground/errors";
import type { Matrix } from "../../../ground/matrix";
import type { Column, Table } from "../columns/column";
import { columnPart } from "../columns/select-rows";
import { meantKey } from "./meant-key";
import { encodedWidth } from "./encoded-width";
import type { FeatureMatch, Space, SpaceFeature } from "./space";
import { categoryKey } from "../../../ground/category-key";

export interface EncodeOptions {
  /** Features to encode, in this order; all of the island's when left out. */
  readonly features?: readonly string[];
  /** First row; 0 when left out. */
  readonly from?: number;
  /** The row after the last; all rows when left out. */
  readonly to?: number;
  /**
   * True for describing: centred and scaled by the island, missing values at its centre.
   * False for a model: in the data's own units, NaN where a cell is missing.
   */
  readonly scaled: boolean;
}

/** No scaled value lies farther out, so that one absurd cell cannot overflow a sum. */
const FARTHEST = 1e4;

/** A scaled value, pulled in if it lies farther out than any may. */
export function pullIn(value: number): number {
  return Math.max(-FARTHEST, Math.min(FARTHEST, value));
}

/**
 * A user's rows as numbers, by the one encoding that island, specification and model share.
 *
 * A number or boolean becomes one column; a category becomes one column per value the island
 * lists. A feature without a column is filled with the island's centre.
 *
 * @returns Shape [to − from, Σ encoded widths], in row order.
 * @throws EngineError `bad_parameter` for a feature the island lacks or a row range outside the table.
 */
export function encodeRows(
  table: Table,
  island: Space,
  matches: readonly FeatureMatch[],
  { features, from = 0, to = table.rows, scaled }: EncodeOptions,
): Matrix<Float32Array<ArrayBuffer>> {
  if (!(from >= 0 && from <= to && to <= table.rows)) {
    throw new EngineError("bad_parameter", `rows ${from} to ${to} are not in 0 to ${table.rows}`);
  }
  const chosen = features ? pickFeatures(island, features) : island.features;
  const cols = chosen.reduce((sum, feature) => sum + encodedWidth(feature), 0);
  const rows = to - from;
  const data = new Float32Array(rows * cols);
  let offset = 0;
  for (const feature of chosen) {
    const match = matches.find((one) => one.feature === feature.name);
    const index = match?.column;
    const whole = index == null ? undefined : table.columns[index];
    const column = whole && columnPart(whole, from, to);
    const width = encodedWidth(feature);
    for (let k = 0; k < width; k++) {
      writeColumn(
        { data, rows, cols },
        offset + k,
        reader(feature, column, k, scaled, match?.values),
      );
    }
    offset += width;
  }
  return { data, rows, cols };
}

/**
 * The encoded columns of some features, as a model takes them.
 *
 * @param encoded - Shape [n, Σ encoded widths of the island's features].
 * @param features - Names, in the order wanted.
 * @returns Shape [n, Σ encoded widths of these].
 * @throws EngineError `bad_parameter` for a feature the island lacks.
 */
export function columnsOf(
  { data, rows, cols }: Matrix,
  island: Space,
  features: readonly string[],
): Matrix<Float32Array<ArrayBuffer>> {
  const firsts = new Map<string, number>();
  let next = 0;
  for (const feature of island.features) {
    firsts.set(feature.name, next);
    next += encodedWidth(feature);
  }
  const chosen = pickFeatures(island, features).flatMap((feature) =>
    Array.from({ length: encodedWidth(feature) }, (_, k) => firsts.get(feature.name)! + k),
  );
  const width = chosen.length;
  const picked = new Float32Array(rows * width);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < width; k++) picked[i * width + k] = data[i * cols + chosen[k]!]!;
  }
  return { data: picked, rows, cols: width };
}

/** The features with these names, in this order. */
function pickFeatures(island: Space, names: readonly string[]): SpaceFeature[] {
  const byName = new Map(island.features.map((feature) => [feature.name, feature]));
  return names.map((name) => {
    const feature = byName.get(name);
    if (!feature) throw new EngineError("bad_parameter", `the island has no feature "${name}"`);
    return feature;
  });
}

type CellReader = (row: number) => number;

function writeColumn(
  { data, rows, cols }: Matrix<Float32Array>,
  col: number,
  read: CellReader,
): void {
  for (let i = 0; i < rows; i++) data[i * cols + col] = read(i);
}

/** How to get encoded column `k` of a feature out of a row. */
function reader(
  feature: SpaceFeature,
  column: Column | undefined,
  k: number,
  scaled: boolean,
  values: FeatureMatch["values"],
): CellReader {
  const center = feature.center[k]!;
  if (!column) return () => (scaled ? 0 : center);
  const raw =
    feature.type === "category"
      ? categoryCells(feature, column, k, values)
      : numberCells(column, values);
  if (!scaled) return raw;
  const scale = feature.scale[k]!;
  return (row) => {
    const value = (raw(row) - center) / scale;
    return Number.isNaN(value) ? 0 : pullIn(value);
  };
}

/** Cells as numbers, or what their values were said to mean; NaN where missing or not a number. */
function numberCells(
  { numbers, codes, categories }: Column,
  values: FeatureMatch["values"] = [],
): CellReader {
  if (numbers && (values.length === 0 || !codes)) return (row) => numbers[row]!;
  if (!codes) return () => NaN;
  const keyOf = meantKey(values);
  const parsed = Float64Array.from(categories, (text) => {
    const meant = values.length > 0 ? keyOf(text) : text.trim();
    return meant === "" ? NaN : Number(meant);
  });
  return (row) => {
    const code = codes[row]!;
    return code < 0 ? NaN : parsed[code]!;
  };
}

/** 1 where the cell is the feature's category `k`, 0 where it is another value, NaN where missing. */
function categoryCells(
  feature: SpaceFeature,
  { codes, categories }: Column,
  k: number,
  values: FeatureMatch["values"],
): CellReader {
  if (!codes) return () => NaN;
  const wanted = categoryKey(feature.categories[k]!);
  const keyOf = meantKey(values);
  const hits = Uint8Array.from(categories, (text) => (keyOf(text) === wanted ? 1 : 0));
  return (row) => {
    const code = codes[row]!;
    return code < 0 ? NaN : hits[code]!;
  };
}
