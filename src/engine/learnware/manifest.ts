import { z } from "zod";

import { KindName } from "../ground/kind-name";
import { boundedText } from "../ground/bounded-text";
import { Task } from "../ground/task";
import { InputForm, OutputForm } from "./model-forms";
import { SpaceVersion } from "./space-version";

/** Characters of what a learnware says of itself; some 3000 words. */
export const MOST_DESCRIPTION = 20_000;

/** How good the model was on rows of its own domain that it had not been trained on. */
export const HeldBackMetric = z.object({
  name: z.enum(["rmse", "r2", "accuracy", "log_loss"]),
  value: z.number(),
  /** The same for the trivial answer: the training mean, or the most frequent class. */
  trivial: z.number(),
  rows: z.int().positive(),
});
export type HeldBackMetric = z.infer<typeof HeldBackMetric>;

const FileName = boundedText(100);

/** Name and description in languages other than English, which those of the semantic specification are in. */
export const Translations = z.object({
  zh: z
    .object({ name: boundedText(120, 1), description: boundedText(MOST_DESCRIPTION, 1) })
    .optional(),
});
export type Translations = z.infer<typeof Translations>;

/** How the Python package `learnware` names a statistical specification; it may leave out all but the class. */
export const StatEntry = z.object({
  module_path: boundedText(200).default("learnware.specification"),
  class_name: boundedText(200).default("RKMETableSpecification"),
  file_name: FileName.default("stat_spec.json"),
  kwargs: z.record(boundedText(200), z.unknown()).default({}),
});
type StatEntry = z.infer<typeof StatEntry>;

/**
 * `learnware.yaml` of a Berth learnware. The keys `name`, `model`, `stat_specifications` and
 * `semantic_specification` keep the meaning they have in the Python package `learnware`, and its defaults.
 */
export const Manifest = z
  .object({
    format: z.literal("berth-learnware-2"),
    kind: KindName,
    name: boundedText(120, 1),
    model: z.object({
      format: z.literal("onnx"),
      file_name: FileName,
      input: InputForm,
      output: OutputForm,
      task: Task,
      /** What is predicted, as a name for the prediction column. */
      target: boundedText(200, 1),
      unit: boundedText(40).optional(),
    }),
    /** The space that the specification lies in. */
    space: z.object({ id: boundedText(63), version: SpaceVersion }),
    stat_specifications: z
      .array(StatEntry)
      .min(1)
      .max(20)
      .default(() => [StatEntry.parse({})]),
    semantic_specification: z
      .object({ file_name: FileName })
      .default({ file_name: "semantic_specification.json" }),
    metrics: z.array(HeldBackMetric).max(10),
    /** Where the training rows came from and under which licence. */
    source: boundedText(2000),
    translations: Translations.optional(),
  })
  .refine(({ model: { task, output } }) => taskOf(output) === task, {
    path: ["model", "output"],
    error: "must be scores or labels for classification, numbers or a vector for regression",
  });
export type Manifest = z.infer<typeof Manifest>;

function taskOf({ type }: OutputForm): Task {
  return type === "scores" || type === "labels" ? "classification" : "regression";
}

/** How a manifest names the specification of a table, `stat.json`, so that the Python package finds it. */
export const TABLE_SPECIFICATION: StatEntry = {
  module_path: "learnware.specification",
  class_name: "RKMETableSpecification",
  file_name: "stat.json",
  kwargs: {},
};

const Values = z.array(boundedText(100)).max(50);
const Class = z.object({ Values, Type: z.literal("Class") });
const Tag = z.object({ Values, Type: z.literal("Tag") });
const textOf = (most: number) => z.object({ Values: boundedText(most), Type: z.literal("String") });
const Dimensions = z.object({
  Dimension: z.int().nonnegative(),
  Description: z.record(boundedText(20), boundedText(1000)),
});

/** `semantic_specification.json`, as the Python package writes it. */
export const SemanticSpecification = z.object({
  Data: Class,
  Task: Class,
  Library: Class,
  Scenario: Tag,
  License: Class,
  Name: textOf(200),
  Description: textOf(MOST_DESCRIPTION),
  Input: Dimensions.optional(),
  Output: Dimensions.optional(),
});
export type SemanticSpecification = z.infer<typeof SemanticSpecification>;
