/** @file Models that others made, with inputs and what they answer to them: NAME.onnx and NAME.case.json, and refuse/NAME.onnx. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

const Numbers = z.union([z.number(), z.boolean(), z.enum(["nan", "inf", "-inf"])]).transform(toNumber); // prettier-ignore
const Tensor = z.object({
  name: z.string(),
  type: z.string(),
  dims: z.array(z.int()),
  data: z.array(z.union([Numbers, z.string()])),
});
/** A list of maps, as ZipMap gives: a row each, by class. */
const Maps = z.object({
  name: z.string(),
  type: z.literal("seq"),
  data: z.array(z.record(z.string(), Numbers)),
});
const Case = z.object({ inputs: z.array(Tensor), outputs: z.array(z.union([Maps, Tensor])) });

export type Recorded = z.infer<typeof Tensor>;

export interface OnnxCase {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly inputs: readonly Recorded[];
  readonly outputs: z.infer<typeof Case>["outputs"];
}

export function readCases(directory: string): OnnxCase[] {
  return modelsIn(directory).map(({ name, bytes }) => {
    const recorded = readFileSync(join(directory, `${name}.case.json`), "utf8");
    return { name, bytes, ...Case.parse(JSON.parse(recorded)) };
  });
}

/** Models that onnxruntime refuses, or fails to run. */
export function readRefused(directory: string): Pick<OnnxCase, "name" | "bytes">[] {
  const folder = join(directory, "refuse");
  return existsSync(folder) ? modelsIn(folder) : [];
}

function modelsIn(directory: string): Pick<OnnxCase, "name" | "bytes">[] {
  const files = readdirSync(directory).filter((file) => file.endsWith(".onnx"));
  return files.sort().map((file) => ({
    name: file.replace(/\.onnx$/, ""),
    bytes: new Uint8Array(readFileSync(join(directory, file))),
  }));
}

function toNumber(value: number | boolean | "nan" | "inf" | "-inf"): number {
  if (typeof value !== "string") return Number(value);
  return { nan: NaN, inf: Infinity, "-inf": -Infinity }[value];
}
