import type { IslandSketches } from "../contracts/dock-api";
import { sketchesFromWire } from "../contracts/wire-sketch";
import { scanSketches } from "../engine/search/sketch-scan";

/** A learnware that a search in the tab found. */
export interface LocalMatch {
  readonly id: string;
  readonly target: string;
  /** Squared distance of the sketches, which approximates MMD². */
  readonly mmd2: number;
  readonly similarity: number;
}

/**
 * Search an island's sketches here, so that not even a sketch of the data leaves. What is fetched
 * afterwards still shows the dock which learnwares were of interest.
 *
 * @param sketch - Shape [512], of the user's rows on the same version of the island.
 * @param limit - Most learnwares wanted, ≥ 1.
 * @param task - Only learnwares of this task; any unless told.
 * @returns Best first.
 * @throws AppError `bad_input` if the dock's data is not as long as it says.
 */
export function searchLocally(
  sketches: IslandSketches,
  sketch: Float32Array | Float64Array,
  limit: number,
  task?: IslandSketches["entries"][number]["task"],
): LocalMatch[] {
  const { entries } = sketches;
  return scanSketches(
    sketchesFromWire(sketches),
    sketch,
    limit,
    (index) => task === undefined || entries[index]!.task === task,
  ).map(({ index, squaredDistance, similarity }) => {
    const { id, target } = entries[index]!;
    return { id, target, mmd2: squaredDistance, similarity };
  });
}
