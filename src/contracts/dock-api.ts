/** @file The HTTP contract between a client and a dock. Both sides import it; neither edits it alone. */

import { z } from "zod";

import { Island } from "../engine/island/island";
import { HeldBackMetric, SemanticSpecification } from "../engine/learnware/manifest";

export const LearnwareId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,127}$/);

/** What a card shows; everything about a learnware except its specification and its zip. */
export const LearnwareCard = z.object({
  id: LearnwareId,
  name: z.string(),
  description: z.string(),
  islandId: z.string(),
  task: z.enum(["regression", "classification"]),
  target: z.string(),
  unit: z.string().optional(),
  labels: z.array(z.string()),
  features: z.array(z.string()),
  metrics: z.array(HeldBackMetric),
  licence: z.string(),
  source: z.string(),
  semantic: SemanticSpecification,
  /** SHA-256 of the zip, in hex: its identity, its ETag and its cache key. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.int().nonnegative(),
  rowCount: z.int().positive(),
});
export type LearnwareCard = z.infer<typeof LearnwareCard>;

/** A matrix or vector of float32, little-endian, row-major, in base64. */
const Base64Floats = z.base64().max(8_000_000);

/** A reduced set on the wire. */
export const WireRkme = z.object({
  rows: z.int().positive().max(2000),
  cols: z.int().positive().max(8192),
  points: Base64Floats,
  weights: Base64Floats,
  gamma: z.number().positive(),
  /** How many rows it stands for, rounded down to two figures: enough for a dock, less of a fingerprint. */
  rowCount: z.int().nonnegative(),
});
export type WireRkme = z.infer<typeof WireRkme>;

export const WireSpecification = z.object({
  id: LearnwareId,
  islandId: z.string(),
  islandVersion: z.int().positive(),
  rkme: WireRkme,
  radiusSquared: z.number().nonnegative(),
});
export type WireSpecification = z.infer<typeof WireSpecification>;

export const SearchRequest = z
  .object({
    islandId: z.string(),
    islandVersion: z.int().positive(),
    specification: WireRkme,
    task: z.enum(["regression", "classification"]).optional(),
    limit: z.int().positive().max(200).default(100),
  })
  .strict();
export type SearchRequest = z.input<typeof SearchRequest>;

const WireFit = {
  mmd2: z.number().nonnegative(),
  similarity: z.number(),
  coverage: z.number(),
};

export const SearchResponse = z.object({
  islandId: z.string(),
  /** Best first. */
  singles: z.array(z.object({ learnware: LearnwareCard, ...WireFit })),
  mixture: z
    .object({
      members: z.array(z.object({ id: LearnwareId, weight: z.number().positive() })),
      ...WireFit,
    })
    .nullable(),
});
export type SearchResponse = z.infer<typeof SearchResponse>;

/** An island in the public list, with what a person wants to know before choosing it. */
export const IslandSummary = Island.extend({
  learnwareCount: z.int().nonnegative(),
  targets: z.array(z.string()),
});
export type IslandSummary = z.infer<typeof IslandSummary>;

export const IslandList = z.object({ islands: z.array(IslandSummary) });
export const LearnwareList = z.object({
  learnwares: z.array(LearnwareCard),
  total: z.int().nonnegative(),
});

/** Which learnwares to list; numbers arrive as text in a URL. */
export const LearnwareQuery = z.object({
  islandId: z.string().max(63).optional(),
  task: z.enum(["regression", "classification"]).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000_000).default(0),
});
export type LearnwareQuery = z.input<typeof LearnwareQuery>;

export const Health = z.object({ status: z.literal("ok"), islands: z.int().nonnegative() });

export const WireFailure = z.object({ code: z.string(), message: z.string() });
