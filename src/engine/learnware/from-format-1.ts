import { z } from "zod";

import { Task } from "../ground/task";
import { HeldBackMetric, type Manifest, StatEntry } from "./manifest";

/** `learnware.yaml` as Berth wrote it until November 2026: tables only, one specification, one output. */
const Format1 = z.object({
  format: z.literal("berth-learnware-1"),
  name: z.string(),
  model: z.object({
    format: z.literal("onnx"),
    file_name: z.string(),
    features: z.array(z.string()),
    task: Task,
    target: z.string(),
    unit: z.string().optional(),
    labels: z.array(z.string()).default([]),
    input: z.string(),
    output: z.string(),
  }),
  island: z.object({ id: z.string(), version: z.int() }),
  stat_specifications: z.array(StatEntry),
  semantic_specification: z.object({ file_name: z.string() }),
  metrics: z.array(HeldBackMetric),
  source: z.string(),
});

/**
 * A manifest of format 1 as one of format 2, still to be checked as such.
 *
 * @param content - Parsed YAML of any kind.
 * @returns Anything that is not of format 1, as it came.
 * @throws ZodError if it claims to be of format 1 and is not.
 */
export function fromFormat1(content: unknown): unknown {
  if (!isFormat1(content)) return content;
  const { model, island, ...rest } = Format1.parse(content);
  const { features, input, output, labels, ...kept } = model;
  return {
    ...rest,
    format: "berth-learnware-2",
    kind: "table",
    model: {
      ...kept,
      input: { type: "features", name: input, features },
      output:
        model.task === "regression"
          ? { type: "numbers", name: output, names: [model.target] }
          : { type: "scores", name: output, labels },
    },
    space: island,
  } satisfies Manifest;
}

function isFormat1(content: unknown): boolean {
  return (
    typeof content === "object" &&
    content !== null &&
    "format" in content &&
    content.format === "berth-learnware-1"
  );
}
