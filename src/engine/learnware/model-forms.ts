/** @file What a model takes and gives, in each form that a manifest can say it. */

import { z } from "zod";

import { boundedText } from "../ground/bounded-text";

const Name = boundedText(200, 1);
/** Names of an input or output in the ONNX graph. */
const GraphName = boundedText(200);
const Size = z.int().positive().max(8192);
const PerChannel = z.array(z.number()).min(1).max(4);

/** Labels of classes, in the order of the outputs. */
const Labels = z.array(boundedText(200)).min(1).max(1000);

const Features = z.strictObject({
  type: z.literal("features"),
  name: GraphName,
  /** Features of the space in the model's own order; encoded as the space says, unscaled, NaN where missing. */
  features: z.array(Name).min(1).max(4096),
});

const Image = z
  .strictObject({
    type: z.literal("image"),
    name: GraphName,
    channels: z.union([z.literal(1), z.literal(3), z.literal(4)]),
    height: Size,
    width: Size,
    layout: z.enum(["NCHW", "NHWC"]),
    /** What black and full brightness are before `mean` is subtracted and `std` divides. */
    range: z.tuple([z.number(), z.number()]),
    mean: PerChannel,
    std: PerChannel.refine((numbers) => numbers.every((number) => number > 0), "needs std > 0"),
  })
  .refine(
    ({ channels, mean, std }) => mean.length === channels && std.length === channels,
    "needs one mean and one std per channel",
  );

const Text = z.strictObject({
  type: z.literal("text"),
  name: GraphName,
  /** A tensor of strings [n]. */
  form: z.literal("strings"),
});

const Embedding = z.strictObject({
  type: z.literal("embedding"),
  name: GraphName,
  /** What makes the vectors that the model takes. */
  embedder: z.strictObject({
    id: Name,
    version: z.int().positive(),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  dimension: z.int().positive().max(8192),
});

/** What a model takes. */
export const InputForm = z.discriminatedUnion("type", [Features, Image, Text, Embedding]);
export type InputForm = z.infer<typeof InputForm>;

/** What a model gives, of each row. */
export const OutputForm = z.discriminatedUnion("type", [
  /** [n, classes]: a score or probability of each class. */
  z.strictObject({ type: z.literal("scores"), name: GraphName, labels: Labels }),
  /** [n] or [n, 1]: the label itself, or its position among the labels. */
  z.strictObject({ type: z.literal("labels"), name: GraphName, labels: Labels }),
  /** [n, numbers]: one number for each name. */
  z.strictObject({
    type: z.literal("numbers"),
    name: GraphName,
    names: z.array(Name).min(1).max(1000),
  }),
  /** [n, length]: a vector whose parts have no names. */
  z.strictObject({ type: z.literal("vector"), name: GraphName, length: Size }),
]);
export type OutputForm = z.infer<typeof OutputForm>;
