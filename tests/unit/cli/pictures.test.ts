import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import Papa from "papaparse";
import { PNG } from "pngjs";
import { beforeAll, describe, expect, test, vi } from "vitest";

import { runDockCommand } from "../../../src/cli/operate/dock";
import { predict } from "../../../src/cli/predict";
import { spec } from "../../../src/cli/spec";
import { train } from "../../../src/cli/train";
import { type Random, seededRandom } from "../../../src/engine/ground/random";
import { IMAGE_SPACES } from "../../../src/engine/kinds/image/spaces";
import { decodeStat } from "../../../src/engine/specification/files/codec";
import { openLearnware } from "../../../src/engine/learnware/package";

const folder = mkdtempSync(join(tmpdir(), "berth-pictures-"));
const at = (name: string) => join(folder, name);
const said: string[] = [];
vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
vi.spyOn(console, "error").mockImplementation((line: string) => void said.push(line));

const SIDE = 32;
const SHAPES = {
  stripes: (x: number) => x % 8 < 4,
  disc: (x: number, y: number) => (x - 16) ** 2 + (y - 16) ** 2 < 90,
  cross: (x: number, y: number) => Math.abs(x - y) < 4 || Math.abs(SIDE - x - y) < 4,
} as const;
type Shape = keyof typeof SHAPES;

/** A shape somewhere, in some colour, on another. */
function draw(shape: Shape, random: Random): Buffer {
  const png = new PNG({ width: SIDE, height: SIDE });
  const colour = () => Array.from({ length: 3 }, () => Math.floor(random() * 256));
  const [front, back] = [colour(), colour().map((value) => value / 3)];
  const [dx, dy] = [Math.floor(random() * 7) - 3, Math.floor(random() * 7) - 3];
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const at = 4 * (y * SIDE + x);
      const of = SHAPES[shape](x + dx, y + dy) ? front : back;
      of.forEach((value, k) => (png.data[at + k] = value + 20 * random()));
      png.data[at + 3] = 255;
    }
  }
  return PNG.sync.write(png);
}

function drawAll(name: string, shapes: readonly Shape[], count: number, seed: number): void {
  const random = seededRandom(seed);
  for (const shape of shapes) {
    mkdirSync(at(`${name}/${shape}`), { recursive: true });
    for (let i = 0; i < count; i++) writeFileSync(at(`${name}/${shape}/${i}.png`), draw(shape, random)); // prettier-ignore
  }
}

function rowsOf(path: string): Record<string, string>[] {
  const text = readFileSync(path, "utf8");
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}

beforeAll(async () => {
  const settings = { BERTH_DATA: at("data") };
  for (const [i, shapes] of (
    [
      ["stripes", "disc"],
      ["disc", "cross"],
    ] as const
  ).entries()) {
    drawAll(`l${i}`, shapes, 45, i + 1);
    await train([at(`l${i}`), "--kind", "image", "--target", "folder", "--out", at(`l${i}.zip`)]);
    await runDockCommand(["add", at(`l${i}.zip`)], settings);
  }
  await runDockCommand(["export", at("exported")], settings);
}, 180_000);

describe("a learnware of pictures", () => {
  test("takes pictures of a size, and sees them as its embedder does", async () => {
    const { manifest } = await openLearnware(new Uint8Array(readFileSync(at("l0.zip"))));
    expect(manifest).toMatchObject({
      kind: "image",
      model: {
        input: { type: "image", height: SIDE, width: SIDE },
        output: { labels: ["disc", "stripes"] },
      },
    });
    expect(manifest.metrics[0]!.value).toBeGreaterThan(0.9);
  });

  test("is found for pictures of a user, put together with others, and files that are none are named", async () => {
    drawAll("user", ["stripes", "cross"], 20, 7);
    writeFileSync(at("user/notes.pdf"), "%PDF-1.4 no picture");
    await predict([at("user"), "--dock", at("exported"), "--out", at("out.csv")]);
    expect(said).toContain("read as pictures: --kind image");
    const rows = rowsOf(at("out.csv"));
    expect(rows).toHaveLength(40);
    const right = rows.filter((row) => row["predicted_folder"] === row["file"]!.split("/")[0]);
    expect(right.length).toBeGreaterThan(32);
    expect(said.some((line) => line.includes("notes.pdf (no picture that is read: PDF"))).toBe(
      true,
    );
  });

  test("is told by weights on the public points of a space, as a search would send them", async () => {
    await spec([at("user"), "--out", at("stat.json")]);
    const { rkme, extras } = decodeStat(readFileSync(at("stat.json"), "utf8"));
    expect([rkme.points.rows, rkme.points.cols]).toEqual([expect.any(Number), 32]);
    const known: string[] = Object.values(IMAGE_SPACES).map(({ book }) => book.sha256);
    expect(known).toContain(extras!.book);
    await expect(spec([at("user"), "--points", "5"])).rejects.toThrow("--points is of tables");
  });

  test("is refused where there is no picture", async () => {
    mkdirSync(at("neither"));
    writeFileSync(at("neither/a.pdf"), "%PDF-1.4");
    await expect(
      predict([at("neither"), "--dock", at("exported"), "--out", at("e.csv")]),
    ).rejects.toThrow("is a folder without pictures or .txt files: give a table");
    mkdirSync(at("empty"));
    await expect(
      predict([at("empty"), "--kind", "image", "--dock", at("exported"), "--out", at("e.csv")]),
    ).rejects.toThrow("there is no picture in");
  });
});
