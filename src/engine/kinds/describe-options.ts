import { type BookPoints, openBook } from "../specification/book/book";
import type { DescribeOptions } from "../specification/describe";
import type { Secret } from "../specification/keyed/secret";
import { isOfTables, type Space } from "./space";

/**
 * How rows of a space are described.
 *
 * @param points - Of its book; null if it has none.
 */
export function describeOptions(
  space: Space,
  points: BookPoints | null,
  secret: Secret,
): DescribeOptions {
  const { kernel } = space;
  return points
    ? { kernel, secret, book: openBook(points, kernel), isPinned: !isOfTables(space) }
    : { kernel, secret };
}
