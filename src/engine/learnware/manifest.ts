import { z } from "zod";

const Features = z.array(z.string().min(1).max(200)).min(1).max(4096);

/** How good the model was on rows of its own domain that it had not been trained on. */
export const HeldBackMetric = z.object({
  name: z.enum(["rmse", "r2", "accuracy", "log_loss"]),
  value: z.number(),
  /** The same for the trivial answer: the training mean, or the most frequent class. */
  trivial: z.number(),
  rows: z.int().positive(),
});
export type HeldBackMetric = z.infer<typeof HeldBackMetric>;

/**
 * `learnware.yaml` of a Berth learnware. The keys `name`, `model`, `stat_specifications` and
 * `semantic_specification` keep the meaning they have in the Python package `learnware`.
 */
export const Manifest = z.object({
  format: z.literal("berth-learnware-1"),
  name: z.string().min(1).max(120),
  model: z.object({
    format: z.literal("onnx"),
    file_name: z.string(),
    /** Features of the island in the model's own order; encoded as the island says, unscaled, NaN where missing. */
    features: Features,
    task: z.enum(["regression", "classification"]),
    /** What is predicted, as a name for the prediction column. */
    target: z.string().min(1).max(200),
    unit: z.string().max(40).optional(),
    /** Class names in the order of the probability columns; empty for regression. */
    labels: z.array(z.string().max(200)).max(1000).default([]),
    /** Names in the ONNX graph. `values` [n, 1] for regression; `probabilities` [n, classes]. */
    input: z.string(),
    output: z.string(),
  }),
  island: z.object({ id: z.string(), version: z.int().positive() }),
  stat_specifications: z
    .array(
      z.object({
        module_path: z.string(),
        class_name: z.string(),
        file_name: z.string(),
        kwargs: z.record(z.string(), z.unknown()),
      }),
    )
    .min(1),
  semantic_specification: z.object({ file_name: z.string() }),
  metrics: z.array(HeldBackMetric).max(10),
  /** Where the training rows came from and under which licence. */
  source: z.string().max(2000),
});
export type Manifest = z.infer<typeof Manifest>;

/** How a manifest names the specification of a table, `stat.json`, so that the Python package finds it. */
export const TABLE_SPECIFICATION: Manifest["stat_specifications"][number] = {
  module_path: "learnware.specification",
  class_name: "RKMETableSpecification",
  file_name: "stat.json",
  kwargs: {},
};

const Class = z.object({ Values: z.array(z.string()), Type: z.literal("Class") });
const Tag = z.object({ Values: z.array(z.string()), Type: z.literal("Tag") });
const Text = z.object({ Values: z.string(), Type: z.literal("String") });
const Dimensions = z.object({
  Dimension: z.int().nonnegative(),
  Description: z.record(z.string(), z.string()),
});

/** `semantic_specification.json`, as the Python package writes it. */
export const SemanticSpecification = z.object({
  Data: Class,
  Task: Class,
  Library: Class,
  Scenario: Tag,
  License: Class,
  Name: Text,
  Description: Text,
  Input: Dimensions.optional(),
  Output: Dimensions.optional(),
});
export type SemanticSpecification = z.infer<typeof SemanticSpecification>;
