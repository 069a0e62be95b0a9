import { fnv1a } from "../specification/kernel/random-features";

/**
 * Turns places about their middle so that the longest axis lies across, and mirrors them so that the same learnwares always
 * come to lie on the same sides: each votes by its id, and one more seldom turns the vote.
 *
 * @param places - Shape [n, 2], changed in place.
 * @param ids - Of each.
 */
export function orient(places: Float64Array, ids: readonly string[]): void {
  centre(places);
  const [a, b, c] = moments(places);
  turn(places, -0.5 * Math.atan2(2 * b, a - c));
  const votes = ids.map((id) => [vote(`${id} x`), vote(`${id} y`)] as const);
  for (const axis of [0, 1] as const) {
    const sum = votes.reduce((total, one, i) => total + one[axis] * places[i * 2 + axis]!, 0);
    if (sum < 0) for (let i = axis; i < places.length; i += 2) places[i] = -places[i]!;
  }
}

/**
 * Turns, mirrors and moves places so that those that were there before come as near as can be to where they were, without
 * a change of size.
 *
 * Source: Schönemann, "A generalized solution of the orthogonal Procrustes problem", Psychometrika 31 (1966); in the plane.
 *
 * @param places - Shape [n, 2], changed in place.
 * @param before - Where each was; null for one that was not there.
 */
export function alignTo(
  places: Float64Array,
  before: readonly (readonly [x: number, y: number] | null)[],
): void {
  const known = before.flatMap((one, i) => (one ? [{ i, x: one[0], y: one[1] }] : []));
  if (known.length === 0) return;
  const mean = (of: (one: (typeof known)[number]) => number) =>
    known.reduce((sum, one) => sum + of(one), 0) / known.length;
  const [toX, toY] = [mean(({ x }) => x), mean(({ y }) => y)];
  const [fromX, fromY] = [mean(({ i }) => places[i * 2]!), mean(({ i }) => places[i * 2 + 1]!)];
  let [xx, xy, yx, yy] = [0, 0, 0, 0];
  for (const { i, x, y } of known) {
    const [px, py] = [places[i * 2]! - fromX, places[i * 2 + 1]! - fromY];
    xx += px * (x - toX);
    xy += px * (y - toY);
    yx += py * (x - toX);
    yy += py * (y - toY);
  }
  const turned = Math.hypot(xx + yy, xy - yx);
  const mirrored = Math.hypot(xx - yy, xy + yx);
  const isMirrored = mirrored > turned * (1 + 1e-9);
  const angle = isMirrored ? Math.atan2(xy + yx, xx - yy) : Math.atan2(xy - yx, xx + yy);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let at = 0; at < places.length; at += 2) {
    const x = places[at]! - fromX;
    const y = (places[at + 1]! - fromY) * (isMirrored ? -1 : 1);
    places[at] = toX + cos * x - sin * y;
    places[at + 1] = toY + sin * x + cos * y;
  }
}

function centre(places: Float64Array): void {
  const n = places.length / 2;
  for (const axis of [0, 1]) {
    let mean = 0;
    for (let at = axis; at < places.length; at += 2) mean += places[at]! / n;
    for (let at = axis; at < places.length; at += 2) places[at]! -= mean;
  }
}

function moments(places: Float64Array): readonly [xx: number, xy: number, yy: number] {
  let [xx, xy, yy] = [0, 0, 0];
  for (let at = 0; at < places.length; at += 2) {
    xx += places[at]! ** 2;
    xy += places[at]! * places[at + 1]!;
    yy += places[at + 1]! ** 2;
  }
  return [xx, xy, yy];
}

function turn(places: Float64Array, angle: number): void {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (let at = 0; at < places.length; at += 2) {
    const [x, y] = [places[at]!, places[at + 1]!];
    places[at] = cos * x - sin * y;
    places[at + 1] = sin * x + cos * y;
  }
}

/** In [−1, 1), by the text alone. */
function vote(text: string): number {
  return fnv1a(text) / 2 ** 31 - 1;
}
