/** @file From places in units of distance to places on an island of the chart. */

const SMALLEST = 30;
const GROWTH = 9;
/** Share of the radius that most learnwares lie within. */
const CORE = 0.62;
const OUTERMOST = 0.88;

/** Radius of the island of so many learnwares, in units of the chart. */
export function radiusOf(count: number): number {
  return SMALLEST + GROWTH * Math.sqrt(Math.max(0, count - 1));
}

/**
 * Fits places into the radius of their island: most keep their proportions, and the few far out are pulled in, in order.
 *
 * @param places - Shape [n, 2], in units of distance between learnwares.
 * @returns Their places in units of the chart from the middle, and how many of those units one of distance takes; 0 where
 *   all lie in one place.
 */
export function fitAshore(
  places: Float64Array,
  radius: number,
): { readonly places: Float32Array<ArrayBuffer>; readonly unit: number } {
  const n = places.length / 2;
  const fitted = new Float32Array(places.length);
  if (n === 0) return { places: fitted, unit: 0 };
  const middle = middleOf(places);
  const lengths = Float64Array.from({ length: n }, (_, i) =>
    Math.hypot(places[i * 2]! - middle[0], places[i * 2 + 1]! - middle[1]),
  );
  const sorted = lengths.toSorted();
  const usual = sorted[Math.floor(0.85 * (n - 1))]!;
  if (!(usual > 1e-9)) return { places: fitted, unit: 0 };
  const unit = (CORE * radius) / usual;
  for (let i = 0; i < n; i++) {
    const length = lengths[i]! * unit;
    const pulled = pullIn(length / radius) * radius;
    const factor = length > 0 ? (unit * pulled) / length : 0;
    fitted[i * 2] = factor * (places[i * 2]! - middle[0]);
    fitted[i * 2 + 1] = factor * (places[i * 2 + 1]! - middle[1]);
  }
  return { places: fitted, unit };
}

/** A share of the radius as it is up to the core; beyond it never quite the outermost. */
function pullIn(share: number): number {
  if (share <= CORE) return share;
  const room = OUTERMOST - CORE;
  return CORE + room * (1 - Math.exp(-(share - CORE) / room));
}

function middleOf(places: Float64Array): readonly [x: number, y: number] {
  const n = places.length / 2;
  let [x, y] = [0, 0];
  for (let at = 0; at < places.length; at += 2) {
    x += places[at]! / n;
    y += places[at + 1]! / n;
  }
  return [x, y];
}
