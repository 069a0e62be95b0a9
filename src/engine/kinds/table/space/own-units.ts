import type { Specification } from "../../../specification/specification";
import { encodedWidth } from "./encoded-width";
import type { FeatureMatch, Space, SpaceFeature } from "./space";

/** Of the scale: nearer to 0 than this, a point says 0. */
const NEAR_ZERO = 1e-3;

/** A number in the table's own unit; or the commonest value of a category, and its share. */
export type OwnCell = number | { readonly value: string; readonly share: number };

/** Points of a reduced set as rows of the table that it outlines. */
export interface OwnUnits {
  /** Indices of the table's columns, in the order of the space's features; those that the table lacks are left out. */
  readonly columns: readonly number[];
  /** Per point, in the order of the columns. */
  readonly cells: readonly (readonly OwnCell[])[];
}

/**
 * Points without the space's scale: what `encodeRows` did to rows, undone.
 *
 * @param points - Shape [m, encoded columns of the space], scaled.
 */
export function inOwnUnits(
  points: Specification["points"],
  { features }: Pick<Space, "features">,
  matches: readonly FeatureMatch[],
): OwnUnits {
  const columnOf = new Map(matches.map(({ feature, column }) => [feature, column]));
  let next = 0;
  const placed = features.flatMap((feature) => {
    const first = next;
    next += encodedWidth(feature);
    const column = columnOf.get(feature.name) ?? null;
    return column === null ? [] : [{ feature, column, first }];
  });
  return {
    columns: placed.map(({ column }) => column),
    cells: Array.from({ length: points.rows }, (_, i) => {
      const point = points.data.subarray(i * points.cols, (i + 1) * points.cols);
      return placed.map(({ feature, first }) => cellOf(point.subarray(first), feature));
    }),
  };
}

function cellOf(scaled: Float64Array, { type, categories, center, scale }: SpaceFeature): OwnCell {
  const plain = center.map((middle, k) => scaled[k]! * scale[k]! + middle);
  if (type !== "category") return Math.abs(plain[0]!) < NEAR_ZERO * scale[0]! ? 0 : plain[0]!;
  const share = Math.max(...plain);
  return { value: categories[plain.indexOf(share)] ?? "", share: Math.min(1, Math.max(0, share)) };
}
