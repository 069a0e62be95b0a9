import { z } from "zod";

import { boundedText } from "../../ground/bounded-text";
import { BookMark } from "../book/book-mark";
import { Kernel } from "../kernel/kernel-schema";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What makes vectors of data: the same one gives the same numbers everywhere, to 1e-3. */
export const EmbedderMark = z.object({
  id: boundedText(63, 1),
  version: z.int().positive(),
  /** Of its file; of its own source where it has none. */
  sha256: Sha256,
});
export type EmbedderMark = z.infer<typeof EmbedderMark>;

/**
 * A space whose points are vectors of an embedder, turned by a projection that is pinned with it: worked out from public data
 * and shipped with the app. Nobody founds one, and none is estimated anew; a better one has another basis.
 */
export const EmbeddingSpace = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  version: z.int32().positive(),
  name: boundedText(120, 1),
  description: boundedText(2000),
  kind: z.enum(["image", "text"]),
  /** Names the projection and the book, such as `photos` and `digits` of one embedder. */
  basis: z.string().regex(/^[a-z0-9]{1,40}$/),
  embedder: EmbedderMark,
  /** Of the file of the projection. */
  projection: Sha256,
  /** Numbers of a point. */
  dimension: z.int().min(1).max(512),
  kernel: Kernel,
  book: BookMark.optional(),
});
export type EmbeddingSpace = z.infer<typeof EmbeddingSpace>;
