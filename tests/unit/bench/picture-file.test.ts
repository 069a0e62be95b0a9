import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import JSZip from "jszip";
import { describe, expect, it } from "vitest";

import { pictureSetOfFile } from "../../bench/classes/picture-file";

/** Six pictures of 4 × 4 of two classes: a lit left half, or a lit right one. */
const COUNT = 6;
const SIDE = 4;
const lit = (i: number, x: number) => (i % 2 === 0 ? x < 2 : x >= 2);

interface Written {
  readonly descr: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
  readonly isFortran?: boolean;
}

function arrayOf(
  values: readonly number[],
  kind: "u1" | "f4" | "f8" | "u2" | "i8",
  shape: readonly number[],
): Written {
  // prettier-ignore
  const make = { u1: Uint8Array, f4: Float32Array, f8: Float64Array, u2: Uint16Array } as const;
  const typed = kind === "i8" ? BigInt64Array.from(values, BigInt) : make[kind].from(values);
  return { descr: `<${kind}`.replace("<u1", "|u1"), shape, bytes: new Uint8Array(typed.buffer) };
}

function npy({ descr, shape, bytes, isFortran = false }: Written): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${descr}', 'fortran_order': ${isFortran ? "True" : "False"}, 'shape': (${sizes}), }`; // prettier-ignore
  const header = text.padEnd(117) + "\n";
  const start = [0x93, ...new TextEncoder().encode("NUMPY"), 1, 0, header.length, 0];
  return Uint8Array.from([...start, ...new TextEncoder().encode(header), ...bytes]);
}

async function fileOf(arrays: Readonly<Record<string, Written>>): Promise<string> {
  const zip = new JSZip();
  for (const [name, array] of Object.entries(arrays)) zip.file(`${name}.npy`, npy(array));
  const path = join(mkdtempSync(join(tmpdir(), "berth-npz-")), "set.npz");
  writeFileSync(path, await zip.generateAsync({ type: "uint8array" }));
  return path;
}

/** Values of all pictures; `order` tells the axes, of picture, row, column and channel. */
function pixels(order: "nyx" | "nyxc" | "ncyx", of: (isLit: boolean) => number): number[] {
  const channels = order === "nyx" ? 1 : 3;
  const values: number[] = [];
  for (let i = 0; i < COUNT; i++) {
    for (let k = 0; k < SIDE * SIDE * channels; k++) {
      const pixel = order === "ncyx" ? k % (SIDE * SIDE) : Math.floor(k / channels);
      values.push(of(lit(i, pixel % SIDE)));
    }
  }
  return values;
}

const CLASSES = Array.from({ length: COUNT }, (_, i) => i % 2);
const y = arrayOf(CLASSES, "i8", [COUNT]);

describe("pictures from arrays", () => {
  it.each([
    [
      "bytes",
      arrayOf(
        pixels("nyx", (is) => (is ? 255 : 0)),
        "u1",
        [COUNT, SIDE, SIDE],
      ),
    ],
    [
      "one channel",
      arrayOf(
        pixels("nyx", (is) => (is ? 255 : 0)),
        "u1",
        [COUNT, SIDE, SIDE, 1],
      ),
    ],
    [
      "0 to 1",
      arrayOf(
        pixels("nyx", (is) => (is ? 1 : 0)),
        "f4",
        [COUNT, SIDE, SIDE],
      ),
    ],
    [
      "-1 to 1",
      arrayOf(
        pixels("nyx", (is) => (is ? 1 : -1)),
        "f8",
        [COUNT, SIDE, SIDE],
      ),
    ],
    [
      "16 bits",
      arrayOf(
        pixels("nyx", (is) => (is ? 65535 : 0)),
        "u2",
        [COUNT, SIDE, SIDE],
      ),
    ],
    [
      "flat",
      arrayOf(
        pixels("nyx", (is) => (is ? 255 : 0)),
        "u1",
        [COUNT, SIDE * SIDE],
      ),
    ],
    [
      "colours last",
      arrayOf(
        pixels("nyxc", (is) => (is ? 255 : 0)),
        "u1",
        [COUNT, SIDE, SIDE, 3],
      ),
    ],
    [
      "colours first",
      arrayOf(
        pixels("ncyx", (is) => (is ? 255 : 0)),
        "u1",
        [COUNT, 3, SIDE, SIDE],
      ),
    ],
  ])("are the same however they are stored: %s", async (_, x) => {
    const { rasters, labels, name } = await pictureSetOfFile(await fileOf({ x_train: x, y_train: y })); // prettier-ignore
    expect(name).toBe("set-groups");
    expect([...labels].sort()).toEqual(["0", "0", "0", "1", "1", "1"]);
    rasters.forEach(({ side, rgb }, p) => {
      expect(side).toBe(SIDE);
      const wanted = Array.from({ length: 3 * SIDE * SIDE }, (__, k) =>
        lit(Number(labels[p]), Math.floor(k / 3) % SIDE) ? 255 : 0,
      );
      expect([...rgb]).toEqual(wanted);
    });
  });

  it("are found by other names, with classes in a column, one of several, or as texts", async () => {
    const x = arrayOf(
      pixels("nyx", (is) => (is ? 255 : 0)),
      "u1",
      [COUNT, SIDE, SIDE],
    );
    const column = arrayOf(CLASSES, "i8", [COUNT, 1]);
    const oneHot = arrayOf(CLASSES.flatMap((one) => [1 - one, one]), "f4", [COUNT, 2]); // prettier-ignore
    const texts = { descr: "|S1", shape: [COUNT], bytes: Uint8Array.from(CLASSES, (one) => 48 + one) }; // prettier-ignore
    const named = {
      descr: "<U1",
      shape: [2],
      bytes: new Uint8Array(Uint32Array.of(97, 98).buffer),
    };
    const sorted = async (arrays: Readonly<Record<string, Written>>) =>
      [...(await pictureSetOfFile(await fileOf(arrays))).labels].sort().join("");
    expect(await sorted({ images: x, labels: column })).toBe("000111");
    expect(await sorted({ X: x, y: oneHot })).toBe("000111");
    expect(await sorted({ arr_0: x, arr_1: texts })).toBe("000111");
    expect(await sorted({ x_train: x, y_train: y, names: named })).toBe("aaabbb");
    const both = { train_images: x, train_labels: column, test_images: x, test_labels: column };
    expect(await sorted(both)).toBe("000000111111");
  });

  it("are refused in a sentence that names the file and what it lacks", async () => {
    const x = arrayOf(
      pixels("nyx", (is) => (is ? 255 : 0)),
      "u1",
      [COUNT, SIDE, SIDE],
    );
    const cases: readonly (readonly [Readonly<Record<string, Written>>, RegExp])[] = [
      [{ x_train: x }, /^set\.npz has no array of 6 classes for the pictures of x_train/],
      [{ x_train: x, y_train: arrayOf([0], "i8", [1]) }, /no array of 6 classes/],
      [{ y_train: y }, /^set\.npz has no array of pictures.*it has y_train \[6\]$/],
      [{ x_train: { ...x, bytes: x.bytes.subarray(9) }, y_train: y }, /x_train\.npy is cut off/],
      [{ x_train: x, y_train: { ...y, descr: "|O" } }, /y_train\.npy.*save it as numbers/],
    ];
    for (const [arrays, sentence] of cases) {
      await expect(pictureSetOfFile(await fileOf(arrays))).rejects.toThrow(sentence);
    }
    const broken = await fileOf({});
    writeFileSync(broken, "no zip");
    await expect(pictureSetOfFile(broken)).rejects.toThrow(/^set\.npz is no \.npz file/);
  });
});
