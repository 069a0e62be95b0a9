/** @file Clothes as they lie on a floor or hang on a wall: outlines of our own, in colours of a seeded generator. */

import { normal, type Random, seededRandom } from "../../../engine/ground/random";
import { Canvas, type Colour, type Paint, type Point, rounded } from "./canvas";

const SIDE = 96;
const EACH = 3;

/** What is drawn, on a canvas that has its background, in a cloth. */
type Draw = (canvas: Canvas, at: Place, cloth: Paint, random: Random) => void;
/** Where a point of an outline comes to lie. */
type Place = (point: Point) => Point;

/** Pictures by their file names: 96 pixels square. */
export function drawClothes(): Map<string, Uint8Array> {
  const random = seededRandom(23);
  const files = new Map<string, Uint8Array>();
  for (const [name, draw] of Object.entries(clothes)) {
    for (let i = 1; i <= EACH; i++) {
      const background = backgrounds[Math.floor(random() * backgrounds.length)]!;
      const canvas = new Canvas(SIDE, background);
      draw(canvas, placing(random), clothOf(name, background(0, 0), random), random);
      files.set(`drawn-${name}-${i}.png`, canvas.png());
    }
  }
  return files;
}

/** Turned, resized and moved a little. */
function placing(random: Random): Place {
  const [turn, size] = [0.04 * normal(random), 0.97 + 0.05 * random()];
  const [right, down] = [2 * normal(random), 1.5 * normal(random)];
  return ([x, y]) => {
    const [u, v] = [size * (x - 48), size * (y - 48)];
    return [48 + u - turn * v + right, 48 + v + turn * u + down];
  };
}

const backgrounds: readonly Paint[] = [
  (x, y) => shaded([226, 222, 214], 1 - 0.1 * (y / SIDE) + 0.03 * Math.sin(x / 17)),
  (x, y) => shaded([168, 126, 88], (x % 19 < 0.8 ? 0.75 : 1) + 0.05 * Math.sin(y / 5 + Math.floor(x / 19) * 2)),
  (x, y) => shaded([214, 208, 200], (x + y * 0.4) % 44 < 1 || (y - x * 0.2 + 96) % 40 < 1 ? 0.8 : 1),
  (x, y) => shaded([196, 38, 40], 1 + 0.08 * Math.sin(x / 9 + y / 13)),
]; // prettier-ignore

const dark: readonly Colour[] = [
  [34, 44, 78],
  [38, 38, 42],
  [70, 38, 48],
];
const light: readonly Colour[] = [
  [206, 212, 218],
  [150, 172, 200],
  [226, 226, 224],
];
const denim: readonly Colour[] = [
  [78, 104, 146],
  [58, 80, 122],
  [120, 146, 180],
];
const bright: readonly Colour[] = [
  [196, 60, 66],
  [74, 132, 172],
  [116, 84, 130],
  [58, 112, 84],
  [222, 190, 70],
];
const colours: Readonly<Record<string, readonly Colour[]>> = {
  outwear: dark,
  pants: denim,
  shirt: light,
  shoes: dark,
  shorts: [...denim, ...bright],
  skirt: [...dark, ...denim],
};

/** Folds, and on some a pattern. */
function clothOf(name: string, behind: Colour, random: Random): Paint {
  const apart = (colour: Colour) => Math.hypot(...colour.map((value, c) => value - behind[c]!)) > 70;
  const seen = (colours[name] ?? [...dark, ...bright]).filter(apart);
  const base = seen[Math.floor(random() * seen.length)]!;
  const pattern = name === "shirt" ? checks : name === "longsleeve" && random() < 0.6 ? stripes : null;
  const phase = 6 * random();
  return (x, y) => {
    const folds = 1 + 0.1 * Math.sin(x / 6 + phase + 0.6 * Math.sin(y / 9)) - 0.08 * Math.sin(y / 14 + phase);
    return shaded(base, folds * (pattern ? pattern(x, y) : 1));
  };
} // prettier-ignore

function checks(x: number, y: number): number {
  return (x % 6 < 1.4 ? 0.74 : 1) * (y % 6 < 1.4 ? 0.74 : 1);
}

function stripes(_: number, y: number): number {
  return y % 7 < 3 ? 0.55 : 1;
}

function shaded([red, green, blue]: Colour, light: number): Colour {
  return [red * light, green * light, blue * light];
}

/** Darker or lighter than the cloth. */
function as(cloth: Paint, light: number): Paint {
  return (x, y) => shaded(cloth(x, y), light);
}

/** Both sides of an outline of which the left one is given, from the top. */
function mirrored(left: readonly Point[]): Point[] {
  return [...left, ...left.map(([x, y]): Point => [96 - x, y]).reverse()];
}

/** Fill an outline of which the left half is given, from the top. */
function both(canvas: Canvas, at: Place, left: readonly Point[], paint: Paint): void {
  canvas.fill(rounded(mirrored(left).map(at)), paint);
}

function line(canvas: Canvas, at: Place, points: readonly Point[], width: number, paint: Paint) {
  canvas.stroke(points.map(at), width, paint);
}

const clothes: Readonly<Record<string, Draw>> = {
  "dress"(canvas, at, cloth) {
    both(canvas, at, [[46, 16], [40, 5], [36, 5], [36, 18], [33, 26], [37, 44], [30, 66], [25, 91], [40, 94]], cloth);
    line(canvas, at, [[37, 44], [48, 46], [59, 44]], 1.4, as(cloth, 0.7));
    for (const x of [38, 48, 58]) line(canvas, at, [[48 + (x - 48) * 0.7, 50], [48 + (x - 48) * 1.5, 90]], 0.9, as(cloth, 0.8));
  },
  "hat"(canvas, at, cloth) {
    const dome: Point[] = [[12, 60], [13, 38], [26, 18], [46, 10], [66, 18], [77, 38], [79, 60], [46, 67]];
    canvas.fill(rounded(([[40, 58], [78, 54], [92, 66], [94, 78], [74, 76], [46, 74]] as Point[]).map(at)), as(cloth, 0.8));
    canvas.fill(rounded(dome.map(at)), cloth);
    line(canvas, at, [[46, 12], [36, 30], [32, 62]], 0.9, as(cloth, 0.7));
    line(canvas, at, [[46, 12], [62, 32], [66, 60]], 0.9, as(cloth, 0.7));
    line(canvas, at, [[13, 58], [46, 66], [79, 58]], 1.6, as(cloth, 0.7));
    line(canvas, at, [[44, 11], [48, 11]], 3, as(cloth, 0.7));
    canvas.fill(rounded(([[38, 34], [58, 34], [60, 50], [37, 50]] as Point[]).map(at)), () => [240, 238, 230]);
  },
  "longsleeve"(canvas, at, cloth) {
    both(canvas, at, [[42, 14], [38, 12], [24, 18], [16, 42], [8, 70], [17, 74], [26, 48], [29, 46], [28, 84], [40, 86]], cloth);
    line(canvas, at, [[40, 13], [48, 17], [56, 13]], 2, as(cloth, 0.65));
  },
  "outwear"(canvas, at, cloth) {
    both(canvas, at, [[44, 8], [36, 6], [18, 14], [8, 40], [1, 76], [16, 84], [23, 54], [22, 94], [42, 95]], cloth);
    both(canvas, at, [[46, 3], [35, 4], [33, 18], [46, 24]], as(cloth, 0.65));
    line(canvas, at, [[48, 20], [48, 94]], 3.4, as(cloth, 0.5));
    line(canvas, at, [[48, 20], [48, 94]], 1, () => [200, 198, 190]);
    for (const x of [27, 61]) canvas.fill(([[x, 62], [x + 9, 58], [x + 9, 76], [x, 78]] as Point[]).map(at), as(cloth, 0.8));
    for (const side of [-1, 1]) line(canvas, at, [[48 + side * 38, 74], [48 + side * 30, 78]], 2, as(cloth, 0.6));
  },
  "pants"(canvas, at, cloth) {
    both(canvas, at, [[34, 4], [31, 5], [27, 30], [24, 92], [41, 93], [47, 36]], cloth);
    line(canvas, at, [[33, 10], [63, 10]], 1.2, as(cloth, 0.7));
    line(canvas, at, [[48, 8], [48, 34]], 1, as(cloth, 0.7));
  },
  "shirt"(canvas, at, cloth) {
    both(canvas, at, [[42, 6], [36, 5], [20, 11], [10, 40], [4, 70], [15, 74], [24, 44], [24, 92], [40, 94]], cloth);
    for (const side of [-1, 1]) canvas.fill(([[48 + side * 11, 3], [48, 10], [48 + side * 5, 22], [48 + side * 15, 11]] as Point[]).map(at), as(cloth, 1.15));
    line(canvas, at, [[48, 12], [48, 93]], 3.4, as(cloth, 0.9));
    for (const y of [22, 36, 50, 64, 78]) line(canvas, at, [[48, y], [48.4, y]], 2, () => [60, 60, 66]);
    canvas.fill(([[56, 34], [67, 34], [67, 46], [61, 49], [56, 46]] as Point[]).map(at), as(cloth, 0.86));
  },
  "shoes"(canvas, at, cloth) {
    for (const side of [-1, 1]) {
      const place = ([x, y]: Point) => at([48 + side * (x + 0.1 * (y - 48)), y]);
      canvas.fill(rounded(([[4, 60], [6, 84], [16, 92], [28, 86], [30, 62], [34, 38], [30, 18], [20, 10], [8, 18], [3, 40]] as Point[]).map(place)), as(cloth, 0.6));
      canvas.fill(rounded(([[6, 60], [8, 82], [16, 88], [26, 84], [28, 62], [31, 38], [28, 20], [20, 13], [10, 20], [6, 40]] as Point[]).map(place)), cloth);
      canvas.fill(rounded(([[10, 58], [11, 80], [17, 85], [24, 80], [25, 60], [18, 52]] as Point[]).map(place)), as(cloth, 0.3));
      for (const y of [32, 38, 44, 50]) canvas.stroke(([[11, y], [24, y]] as Point[]).map(place), 1.6, () => [236, 236, 230]);
    }
  },
  "shorts"(canvas, at, cloth) {
    both(canvas, at, [[32, 12], [24, 13], [17, 44], [6, 78], [38, 86], [47, 50]], cloth);
    line(canvas, at, [[25, 18], [71, 18]], 1.4, as(cloth, 0.7));
    line(canvas, at, [[48, 14], [48, 50]], 1.2, as(cloth, 0.65));
    for (const side of [-1, 1]) {
      line(canvas, at, [[48 + side * 21, 20], [48 + side * 26, 36]], 1, as(cloth, 0.7));
      line(canvas, at, [[48 + side * 40, 74], [48 + side * 11, 81]], 1, as(cloth, 0.75));
    }
  },
  "skirt"(canvas, at, cloth) {
    both(canvas, at, [[34, 12], [24, 13], [18, 34], [10, 78], [34, 82]], cloth);
    both(canvas, at, [[34, 11], [24, 12], [22, 21], [40, 23]], as(cloth, 0.75));
    line(canvas, at, [[48, 22], [48, 44]], 1.2, as(cloth, 0.6));
    line(canvas, at, [[46, 17], [50, 17]], 3, () => [210, 200, 150]);
    for (const side of [-1, 1]) line(canvas, at, [[48 + side * 12, 24], [48 + side * 16, 34], [48 + side * 27, 36]], 1, as(cloth, 0.65));
    line(canvas, at, [[12, 74], [48, 78], [84, 74]], 1, as(cloth, 0.75));
  },
  "t-shirt"(canvas, at, cloth, random) {
    both(canvas, at, [[42, 9], [36, 6], [20, 11], [3, 32], [15, 43], [24, 35], [23, 90], [40, 92]], cloth);
    line(canvas, at, [[38, 8], [48, 16], [58, 8]], 2.4, as(cloth, 0.7));
    const ink: Paint = random() < 0.5 ? () => [240, 238, 230] : () => [40, 44, 60];
    for (const y of [36, 44, 52]) line(canvas, at, [[36 + 3 * random(), y], [58 - 4 * random(), y]], 4, ink);
  },
}; // prettier-ignore
