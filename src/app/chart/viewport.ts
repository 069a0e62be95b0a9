/** @file Which part of the chart is in view, and how large. */

export interface Size {
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
}

export interface View {
  /** What lies in the middle, in units of the chart. */
  readonly x: number;
  readonly y: number;
  /** CSS pixels to a unit. */
  readonly scale: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const NEAREST = 8;
/** How much farther away than the whole one may go. */
const FARTHEST = 0.7;

/**
 * The view that shows a box as large as it can.
 *
 * @param covered - CSS pixels at each side that something else lies upon.
 */
export function fit({ left, top, right, bottom }: Box, size: Size, covered: Box): View {
  const width = Math.max(1, size.width - covered.left - covered.right);
  const height = Math.max(1, size.height - covered.top - covered.bottom);
  const scale = Math.min(width / (right - left), height / (bottom - top));
  return {
    x: (left + right) / 2 - (covered.left - covered.right) / 2 / scale,
    y: (top + bottom) / 2 - (covered.top - covered.bottom) / 2 / scale,
    scale,
  };
}

/** Nearer by a factor, or farther below one; what lies at a pixel stays there. */
export function zoomed(
  view: View,
  factor: number,
  at: readonly [x: number, y: number],
  size: Size,
  whole: View,
): View {
  const farthest = Math.min(whole.scale * FARTHEST, NEAREST);
  const scale = Math.min(NEAREST, Math.max(farthest, view.scale * factor));
  const [x, y] = toChart(view, size, at);
  const [dx, dy] = [at[0] - size.width / 2, at[1] - size.height / 2];
  return { x: x - dx / scale, y: y - dy / scale, scale };
}

/** Moved by so many pixels, as far as something of the box stays in view. */
export function panned(view: View, dx: number, dy: number, box: Box): View {
  return {
    x: Math.min(box.right, Math.max(box.left, view.x - dx / view.scale)),
    y: Math.min(box.bottom, Math.max(box.top, view.y - dy / view.scale)),
    scale: view.scale,
  };
}

/** Part of the way from one view to another, by the eye: sizes change by equal factors. */
export function between(from: View, to: View, share: number): View {
  if (share >= 1) return to;
  const scale = from.scale * (to.scale / from.scale) ** share;
  // What both show at the same pixel stays there, so the way is straight.
  const way =
    Math.abs(to.scale - from.scale) < 1e-9
      ? share
      : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale);
  return { x: from.x + way * (to.x - from.x), y: from.y + way * (to.y - from.y), scale };
}

export function toChart(
  view: View,
  size: Size,
  [x, y]: readonly [x: number, y: number],
): readonly [x: number, y: number] {
  return [view.x + (x - size.width / 2) / view.scale, view.y + (y - size.height / 2) / view.scale];
}

export function toScreen(
  view: View,
  size: Size,
  x: number,
  y: number,
): readonly [x: number, y: number] {
  return [size.width / 2 + (x - view.x) * view.scale, size.height / 2 + (y - view.y) * view.scale];
}
