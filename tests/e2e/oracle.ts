/** @file The test's own way from rows to predictions: no code of the app, the same models. */

import { createRequire } from "node:module";

import JSZip from "jszip";
import type * as Ort from "onnxruntime-web/wasm";
import { parse } from "yaml";

import type { Space } from "../../src/engine/kinds/table/space/space";

// The test runner rewrites imported packages in a way that its runtime cannot stand.
const ort = createRequire(import.meta.url)("onnxruntime-web/wasm") as typeof Ort;

interface ModelFile {
  readonly input: { readonly name: string; readonly features: readonly string[] };
  readonly output: { readonly name: string };
}

/**
 * Predict with one learnware's zip.
 *
 * @param cells - The file's rows as text.
 * @param columnOf - Feature name → index of the column that plays it.
 * @returns Shape [rows, outputs], row-major.
 */
export async function predictByHand(
  zip: Buffer,
  island: Space,
  cells: readonly (readonly string[])[],
  columnOf: Readonly<Record<string, number>>,
): Promise<Float32Array> {
  const files = await JSZip.loadAsync(zip);
  const manifest = parse(await files.file("learnware.yaml")!.async("string")) as {
    model: ModelFile;
  };
  const { features, name: input } = manifest.model.input;
  const output = manifest.model.output.name;
  const encoded = cells.map((row) =>
    features.flatMap((name) => encodeCell(island, name, columnOf[name], row)),
  );
  const width = encoded[0]!.length;
  const session = await ort.InferenceSession.create(
    await files.file("model.onnx")!.async("uint8array"),
  );
  const feeds = {
    [input]: new ort.Tensor("float32", Float32Array.from(encoded.flat()), [cells.length, width]),
  };
  const result = await session.run(feeds, [output]);
  await session.release();
  return result[output]!.data as Float32Array;
}

function encodeCell(
  island: Space,
  name: string,
  column: number | undefined,
  row: readonly string[],
): number[] {
  const feature = island.features.find((one) => one.name === name)!;
  if (column === undefined) return [...feature.center];
  const text = row[column]!.trim();
  if (feature.type === "category") {
    if (text === "") return feature.categories.map(() => NaN);
    return feature.categories.map((value) => (value.toLowerCase() === text.toLowerCase() ? 1 : 0));
  }
  return [text === "" ? NaN : Number(text)];
}
