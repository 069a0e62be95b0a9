import { PNG } from "pngjs";

export type Colour = readonly [red: number, green: number, blue: number];
export type Point = readonly [x: number, y: number];
/** The colour of a place, in pixels from the left and top. */
export type Paint = (x: number, y: number) => Colour;

/** Each pixel is the mean of so many by so many places: edges are smooth. */
const PLACES = 3;

/** A square picture that shapes are drawn on, in pixels from its left and top. */
export class Canvas {
  readonly side: number;
  readonly #places: number;
  readonly #rgb: Float32Array;

  constructor(side: number, background: Paint) {
    this.side = side;
    this.#places = side * PLACES;
    this.#rgb = new Float32Array(3 * this.#places * this.#places);
    this.#paint([[0, 0], [side, side]], 0, () => true, background); // prettier-ignore
  }

  /** @param outline - A closed line, which may cross itself: what it goes around an odd number of times is inside. */
  fill(outline: readonly Point[], paint: Paint): void {
    this.#paint(outline, 0, (x, y) => isInside(outline, x, y), paint);
  }

  /** A line with round ends. */
  stroke(line: readonly Point[], width: number, paint: Paint): void {
    this.#paint(line, width / 2, (x, y) => distanceTo(line, x, y) <= width / 2, paint);
  }

  /**
   * A file of 8 bits a channel.
   *
   * @param sharpness - How much edges are made steeper, as scanners do: 0 not at all.
   */
  png(sharpness = 0): Uint8Array {
    const { side } = this;
    const file = new PNG({ width: side, height: side, colorType: 2 });
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        for (let c = 0; c < 3; c++) {
          const sharp = this.#mean(x, y, c) + sharpness * this.#edge(x, y, c);
          file.data[4 * (y * side + x) + c] = Math.round(Math.min(255, Math.max(0, sharp)));
        }
        file.data[4 * (y * side + x) + 3] = 255;
      }
    }
    return PNG.sync.write(file, { colorType: 2 });
  }

  /** How much lighter a pixel is than the mean of those around it. */
  #edge(x: number, y: number, channel: number): number {
    let around = 0;
    for (const dy of [-1, 0, 1]) {
      for (const dx of [-1, 0, 1]) around += this.#mean(this.#inside(x + dx), this.#inside(y + dy), channel) / 9;
    }
    return this.#mean(x, y, channel) - around;
  } // prettier-ignore

  #inside(at: number): number {
    return Math.min(this.side - 1, Math.max(0, at));
  }

  #mean(x: number, y: number, channel: number): number {
    let sum = 0;
    for (let row = 0; row < PLACES; row++) {
      for (let col = 0; col < PLACES; col++) {
        const place = (y * PLACES + row) * this.#places + x * PLACES + col;
        sum += this.#rgb[3 * place + channel]!;
      }
    }
    return sum / PLACES ** 2;
  }

  /** Nothing is covered farther from the points than `around`. */
  #paint(
    points: readonly Point[],
    around: number,
    covers: (x: number, y: number) => boolean,
    paint: Paint,
  ): void {
    const [left, right] = this.#range(points.map(([x]) => x), around);
    const [top, bottom] = this.#range(points.map(([, y]) => y), around);
    for (let row = top; row < bottom; row++) {
      for (let col = left; col < right; col++) {
        const [x, y] = [(col + 0.5) / PLACES, (row + 0.5) / PLACES];
        if (covers(x, y)) this.#rgb.set(paint(x, y), 3 * (row * this.#places + col));
      }
    }
  } // prettier-ignore

  #range(values: readonly number[], around: number): [from: number, to: number] {
    const from = Math.floor((Math.min(...values) - around) * PLACES);
    const to = Math.ceil((Math.max(...values) + around) * PLACES);
    return [Math.max(0, from), Math.min(this.#places, to)];
  }
}

/** A closed outline with its corners cut off twice, as cloth has none. */
export function rounded(outline: readonly Point[], times = 2): Point[] {
  let line = [...outline];
  for (let i = 0; i < times; i++) {
    line = line.flatMap((from, k) => {
      const to = line[(k + 1) % line.length]!;
      return [between(from, to, 0.2), between(from, to, 0.8)];
    });
  }
  return line;
}

function between([x, y]: Point, [u, v]: Point, share: number): Point {
  return [x + share * (u - x), y + share * (v - y)];
}

function isInside(outline: readonly Point[], x: number, y: number): boolean {
  let inside = false;
  let from = outline.at(-1)!;
  for (const to of outline) {
    const isPassed = from[1] > y !== to[1] > y;
    if (isPassed && x < from[0] + ((y - from[1]) * (to[0] - from[0])) / (to[1] - from[1])) {
      inside = !inside;
    }
    from = to;
  }
  return inside;
}

function distanceTo(line: readonly Point[], x: number, y: number): number {
  let least = Infinity;
  for (let i = 1; i < line.length; i++) {
    const [[ax, ay], [bx, by]] = [line[i - 1]!, line[i]!];
    const length = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
    const share = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
    least = Math.min(least, Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay)));
  }
  return least;
}
