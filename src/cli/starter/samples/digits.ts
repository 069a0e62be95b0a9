/** @file Digits as somebody might write them: lines of our own, turned, leaned and thickened by a seeded generator. */

import { normal, type Random, seededRandom } from "../../../engine/ground/random";
import { Canvas, type Point } from "./canvas";

const SIDE = 28;
/** What a digit fills of its picture. */
const BOX = 20;
/** As of ink that was scanned. */
const SHARPNESS = 3;
const EACH = 12;

/** Pictures by their file names: white on black, 28 pixels square. */
export function drawDigits(): Map<string, Uint8Array> {
  const random = seededRandom(11);
  const files = new Map<string, Uint8Array>();
  strokes.forEach((lines, digit) => {
    for (let i = 1; i <= EACH; i++) files.set(`drawn-${digit}-${i}.png`, draw(lines, random));
  });
  return files;
}

function draw(lines: readonly (readonly Point[])[], random: Random): Uint8Array {
  const canvas = new Canvas(SIDE, () => [0, 0, 0]);
  const width = Math.max(1.5, 2.9 + 0.7 * normal(random));
  const written = laidOut(lines.map((line) => smooth(line)), hand(random), BOX + 1 - width);
  for (const line of written) canvas.stroke(line, width, () => [255, 255, 255]);
  return canvas.png(SHARPNESS);
} // prettier-ignore

/** How somebody writes: leaned, turned, narrow or wide, and never straight. */
function hand(random: Random): (point: Point) => Point {
  const [lean, turn] = [0.15 + 0.22 * normal(random), 0.1 * normal(random)];
  const wide = 1.1 + 0.22 * normal(random);
  const waves = Array.from({ length: 4 }, () => [0.065 * normal(random), 6 * random()] as const);
  return ([x, y]) => {
    const wave = (k: number, t: number) => waves[k]![0] * Math.sin(5 * t + waves[k]![1]);
    const [u, v] = [x - 0.5 + wave(0, y) + wave(1, x), y - 0.5 + wave(2, x) + wave(3, y)];
    const [w, h] = [wide * u - lean * v, v];
    return [w - turn * h, h + turn * w];
  };
}

/** As large as the box allows, with the middle of its ink in the middle of the picture. */
function laidOut(
  lines: readonly (readonly Point[])[],
  moved: (point: Point) => Point,
  box: number,
): Point[][] {
  const placed = lines.map((line) => line.map(moved));
  const all = placed.flat();
  const extent = (k: 0 | 1) => {
    const values = all.map((point) => point[k]);
    return Math.max(...values) - Math.min(...values);
  };
  const size = box / Math.max(extent(0), extent(1));
  const mean = (k: 0 | 1) => all.reduce((sum, point) => sum + point[k] / all.length, 0);
  const [x, y] = [mean(0), mean(1)];
  return placed.map((line) => line.map(([u, v]) => [14 + size * (u - x), 14 + size * (v - y)]));
}

/** Points close together on a curve through these (Catmull and Rom, 1974). */
function smooth(line: readonly Point[]): Point[] {
  const at = (i: number) => line[Math.min(line.length - 1, Math.max(0, i))]!;
  return line.slice(1).flatMap((_, i) => {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const steps = Math.max(1, Math.round(Math.hypot(c[0] - b[0], c[1] - b[1]) / 0.03));
    return Array.from({ length: steps }, (_, k): Point => {
      const t = (k + 1) / steps;
      const on = (j: 0 | 1) =>
        b[j] + (t / 2) * (c[j] - a[j] + t * (2 * a[j] - 5 * b[j] + 4 * c[j] - d[j] + t * (3 * (b[j] - c[j]) + d[j] - a[j])));
      return [on(0), on(1)];
    });
  });
} // prettier-ignore

/** Points on an ellipse, from one angle to another, in turns clockwise from the right. */
function arc([x, y]: Point, [wide, high]: Point, from: number, to: number): Point[] {
  return Array.from({ length: 13 }, (_, i) => {
    const angle = 2 * Math.PI * (from + ((to - from) * i) / 12);
    return [x + wide * Math.cos(angle), y + high * Math.sin(angle)];
  });
}

/** The lines of each digit in a square from 0 to 1, y from the top. */
const strokes: readonly (readonly (readonly Point[])[])[] = [
  [arc([0.5, 0.5], [0.3, 0.46], -0.25, 0.75)],
  [[[0.5, 0.04], [0.5, 0.96]]],
  [[...arc([0.5, 0.3], [0.3, 0.27], -0.5, 0.1), [0.2, 0.94], [0.84, 0.94]]],
  [[...arc([0.46, 0.27], [0.28, 0.23], -0.45, 0.22), ...arc([0.46, 0.72], [0.32, 0.24], -0.22, 0.45)]],
  [[[0.24, 0.05], [0.2, 0.52], [0.8, 0.5]], [[0.76, 0.04], [0.7, 0.97]]],
  [[[0.78, 0.05], [0.3, 0.06], [0.26, 0.45], ...arc([0.46, 0.68], [0.32, 0.27], -0.3, 0.42)]],
  [[[0.7, 0.02], [0.48, 0.2], [0.32, 0.48], ...arc([0.5, 0.74], [0.24, 0.21], -0.5, 0.5), [0.27, 0.72]]],
  [[[0.18, 0.08], [0.86, 0.07], [0.62, 0.5], [0.5, 0.97]]],
  [[...arc([0.5, 0.27], [0.22, 0.22], 0.25, 1.25), ...arc([0.5, 0.73], [0.28, 0.24], -0.25, 0.75)]],
  [[...arc([0.48, 0.3], [0.26, 0.26], 0, 1), [0.72, 0.6], [0.64, 0.97]]],
]; // prettier-ignore
