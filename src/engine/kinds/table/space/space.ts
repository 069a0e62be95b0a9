import { z } from "zod";

import { Kernel, withKernel } from "../../../specification/kernel/kernel-schema";

import { boundedText } from "../../../ground/bounded-text";
import { BookMark } from "../../../specification/book/book-mark";
import { SpaceVersion } from "../../../learnware/space-version";
import { encodedWidth } from "./encoded-width";

/** Of all features together: every table is compared with each. */
const MOST_ALIASES = 8192;
/** Beyond this, numbers on the scale of a space leave single precision. */
const LARGEST = 1e30;

/**
 * One feature of an island. A number or boolean takes one encoded column, a category one per
 * listed value (1 where the row has that value, else 0; an unknown value is all zeros).
 */
export const SpaceFeature = z
  .object({
    name: boundedText(200, 1),
    type: z.enum(["number", "boolean", "category"]),
    unit: boundedText(40).optional(),
    description: boundedText(500).optional(),
    /** Other names people use for it. */
    aliases: z.array(boundedText(200)).max(50).default([]),
    /** The values of a category, in the order of the encoded columns. */
    categories: z.array(boundedText(200)).max(200).default([]),
    /** Where the middle 98 % of the values lay; for judging whether a column can be this feature. */
    range: z.tuple([z.number(), z.number()]).optional(),
    /** One number per encoded column: subtracted before scaling, and put in when a value is missing. */
    center: z.array(z.number().min(-LARGEST).max(LARGEST)),
    /** One number > 0 per encoded column. */
    scale: z.array(
      z
        .number()
        .min(1 / LARGEST)
        .max(LARGEST),
    ),
  })
  .refine(
    (feature) =>
      feature.center.length === encodedWidth(feature) &&
      feature.scale.length === encodedWidth(feature),
    "needs one centre and one scale per encoded column",
  );
export type SpaceFeature = z.infer<typeof SpaceFeature>;

/** One feature space: what its columns are, and the scale and kernel that everything on it shares. */
export const SpaceFields = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  version: SpaceVersion,
  name: boundedText(120, 1),
  description: boundedText(2000),
  /** `beimingwu` is the identity scaling with gamma 0.1, for files of the Python package. */
  profile: z.enum(["berth", "beimingwu"]),
  features: z
    .array(SpaceFeature)
    .min(1)
    .max(4096)
    .refine(
      (features) => new Set(features.map(({ name }) => name)).size === features.length,
      "needs features of different names",
    )
    .refine(
      (features) => features.reduce((sum, { aliases }) => sum + aliases.length, 0) <= MOST_ALIASES,
      `has more than ${MOST_ALIASES} aliases`,
    ),
  kernel: Kernel,
  /** What specifications of this version are weights on; without one each has points of its own. */
  book: BookMark.optional(),
});
export const Space = z.preprocess(withKernel, SpaceFields);
export type Space = z.infer<typeof Space>;

/** Which of the user's columns plays a feature; null: none, the island's centre is put in. */
export interface FeatureMatch {
  readonly feature: string;
  /** Index of the column in the user's table. */
  readonly column: number | null;
  /**
   * What values of the column mean: a value, and the listed one of a category that it is, or the number, or the empty text
   * if it is none. Others are known by their spelling.
   */
  readonly values?: readonly (readonly [own: string, listed: string])[];
}
