/** @file Islands and rows for the tests of this folder. */

import { encodeRows } from "../../../../../src/engine/kinds/table/space/encode";
import type {
  FeatureMatch,
  Space,
  SpaceFeature,
} from "../../../../../src/engine/kinds/table/space/space";
import type { Matrix } from "../../../../../src/engine/ground/matrix";
import { normal, type Random } from "../../../../../src/engine/ground/random";
import type { Specification } from "../../../../../src/engine/specification/specification";
import type { Column, Table } from "../../../../../src/engine/kinds/table/columns/column";
import { gaussianKernel } from "../../../../../src/engine/specification/kernel/kernel";

export function number(name: string, center = 0, scale = 1, unit?: string): SpaceFeature {
  const about = { name, ...(unit === undefined ? {} : { unit }), aliases: [], categories: [] };
  return { ...about, type: "number", center: [center], scale: [scale] };
}

export function category(name: string, ...categories: string[]): SpaceFeature {
  const same = (value: number) => categories.map(() => value);
  return { name, type: "category", aliases: [], categories, center: same(0.3), scale: same(0.7) };
}

export function islandOf(features: readonly SpaceFeature[], gamma = 0.5): Space {
  return {
    id: "things",
    version: 1,
    name: "Things",
    description: "",
    profile: "berth",
    features: [...features],
    kernel: gaussianKernel(gamma),
  };
}

export function numbers(name: string, values: readonly number[]): Column {
  return { name, type: "number", numbers: Float64Array.from(values), codes: null, categories: [] };
}

export function values(name: string, texts: readonly string[]): Column {
  const categories = [...new Set(texts)];
  const codes = Int32Array.from(texts, (text) => categories.indexOf(text));
  return { name, type: "category", numbers: null, codes, categories };
}

export function tableOf(...columns: Column[]): Table {
  const [first] = columns;
  return { rows: (first?.numbers ?? first?.codes)?.length ?? 0, columns };
}

/** Rows of a table whose columns have the features' names, on the island's scale. */
export function scaledBy(island: Space, table: Table): Matrix<Float32Array> {
  const matches = island.features.map(({ name }): FeatureMatch => {
    return { feature: name, column: table.columns.findIndex((column) => column.name === name) };
  });
  return encodeRows(table, island, matches, { scaled: true });
}

/** Rows as a reduced set in which each stands for itself. */
export function everyRow({ data, rows, cols }: Matrix, gamma: number): Specification {
  return {
    points: { data: Float64Array.from(data), rows, cols },
    weights: new Float64Array(rows).fill(1 / rows),
    kernel: gaussianKernel(gamma),
    rowCount: rows,
  };
}

/** Normal numbers with this mean and standard deviation. */
export function normals(count: number, mean: number, deviation: number, random: Random): number[] {
  return Array.from({ length: count }, () => mean + deviation * normal(random));
}
