/**
 * @file A dock as plain files, which any web server can host. All but `index.json` are named by
 * their own hash and never change, so they may be cached for good and are checked before use.
 */

import { z } from "zod";

import { Space } from "../../engine/kinds/space-schema";
import { SpaceFields } from "../../engine/kinds/table/space/space";
import {
  DockName,
  Island,
  IslandSummary,
  LearnwareCard,
  LearnwareId,
  WireSpecification,
} from "../http/dock-api";

/** What a file must be. */
export const FileMark = z.object({
  /** SHA-256 of its bytes, in hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.int().nonnegative(),
});
export type FileMark = z.infer<typeof FileMark>;

/** `index.json`, the one file that is ever replaced. */
export const StaticIndex = z.object({
  format: z.literal("berth-dock-3"),
  name: DockName.optional(),
  /** By id. */
  islands: z.array(
    z.object({
      id: Island.shape.id,
      /** Of its space. */
      spaceVersion: SpaceFields.shape.version,
      ...FileMark.shape,
    }),
  ),
  /** A `ChartDocument`; an export of before has none. */
  chart: FileMark.optional(),
});
export type StaticIndex = z.infer<typeof StaticIndex>;

/** `islands/<sha256>.json`: an island, its space, and what a search of it by data needs. */
export const StaticIsland = z.object({
  island: IslandSummary,
  /** Versions of the space before this one, newest first: packages may have been made for them. */
  earlier: z.array(Space),
  /** By id. */
  learnwares: z.array(
    z.object({
      id: LearnwareId,
      task: LearnwareCard.shape.task,
      target: z.string(),
      /** The learnware that makes this one redundant. */
      coveredBy: LearnwareId.nullable(),
      /** What the whole numbers of its sketch are to be multiplied by. */
      scale: z.number().positive(),
      /** A `StaticLearnware`. */
      file: FileMark,
      package: FileMark,
    }),
  ),
  /** Shape [learnwares, numbers of a sketch of the space]: int8, row-major, in the order of the learnwares. */
  sketches: FileMark,
  /** `StaticTexts`, in the order of the learnwares. */
  texts: FileMark,
});
export type StaticIsland = z.infer<typeof StaticIsland>;

/** `texts/<sha256>.json`: what a search by meaning looks at. */
export const StaticTexts = z.array(
  z.object({
    name: z.string(),
    description: z.string(),
    /** `key:value`, of the keys that a filter may name. */
    tags: z.array(z.string()),
    /** What older exports lack counts as not told. */
    metrics: LearnwareCard.shape.metrics.default([]),
    rowCount: z.int().nonnegative().default(0),
    translations: LearnwareCard.shape.translations,
  }),
);
export type StaticTexts = z.infer<typeof StaticTexts>;

/** `learnwares/<sha256>.json`. */
export const StaticLearnware = z.object({
  card: LearnwareCard,
  specification: WireSpecification,
});
export type StaticLearnware = z.infer<typeof StaticLearnware>;

/** The folders of files that are named by their hash. */
export const staticFolders = [
  "books",
  "charts",
  "islands",
  "sketches",
  "texts",
  "learnwares",
  "packages",
] as const;

/** Where the files lie, below the address of the dock. */
export const staticPaths = {
  index: "index.json",
  /** A book's points, `.npy`: the space says which. */
  book: (sha256: string) => `books/${sha256}.npy`,
  chart: (sha256: string) => `charts/${sha256}.json`,
  island: (sha256: string) => `islands/${sha256}.json`,
  sketches: (sha256: string) => `sketches/${sha256}.bin`,
  texts: (sha256: string) => `texts/${sha256}.json`,
  learnware: (sha256: string) => `learnwares/${sha256}.json`,
  package: (sha256: string) => `packages/${sha256}.zip`,
} as const;
