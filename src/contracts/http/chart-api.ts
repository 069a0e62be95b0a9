/** @file The chart of a dock on the wire, and in the file of a static one. */

import { z } from "zod";

import { boundedText } from "../../engine/ground/bounded-text";
import { Island, IslandId, LearnwareId } from "./dock-api";

const Coordinate = z.number().min(-1e9).max(1e9);

/** An island as it is drawn. Units are those of the chart, x to the right, y downwards. */
const ChartIsland = z.object({
  id: IslandId,
  name: Island.shape.name,
  x: Coordinate,
  y: Coordinate,
  /** All its learnwares lie within. */
  radius: z.number().positive().max(1e9),
  /** Units of the chart for a distance (MMD) of one between learnwares; 0 where fewer than two differ. */
  unit: z.number().min(0).max(1e9),
  /** What its learnwares are for, the most frequent first. */
  tags: z.array(boundedText(100)).max(30),
  /** Of its learnwares, in alphabetical order. */
  ids: z.array(LearnwareId),
  /** Shape [ids, 2]: int16, little-endian, in 32767ths of the radius from the middle, in base64. */
  places: z.base64(),
});

export const ChartDocument = z.object({
  /** By id. */
  islands: z.array(ChartIsland),
  /** Islands that share features, by their place in the list. */
  lanes: z.array(
    z.object({
      from: z.int().nonnegative(),
      to: z.int().nonnegative(),
      count: z.int().positive(),
      /** Names of some of them. */
      shared: z.array(boundedText(200)).max(10),
    }),
  ),
  /** The sea between islands that are for the same. */
  waters: z.array(z.object({ tag: boundedText(100), x: Coordinate, y: Coordinate })),
});
export type ChartDocument = z.infer<typeof ChartDocument>;
