import { beforeAll, describe, expect, test } from "vitest";

import { normal, type Random, seededRandom } from "../../../../../src/engine/ground/random";
import {
  quantiseSketches,
  scanSketches,
  type Sketches,
  type SketchMatch,
} from "../../../../../src/engine/search/sketches/sketch-scan";
import { nextTask } from "../../../../../src/runtime/threads/next-task";
import { WasmSketchScan } from "../../../../../src/runtime/compute/wasm/wasm-sketch-scan";

const COUNT = 64;

/** Sketches around a few centres, so that some are near to each other. */
function market(random: Random, rows: number, count = COUNT): Sketches<Int8Array> {
  const centers = Array.from({ length: 7 }, () => vector(random, count));
  const data = new Float32Array(rows * count);
  for (let i = 0; i < rows; i++) {
    const center = centers[i % 7]!;
    for (let j = 0; j < count; j++) data[i * count + j] = center[j]! + 0.1 * normal(random);
  }
  return quantiseSketches(data, count);
}

function vector(random: Random, count = COUNT): Float64Array {
  return Float64Array.from({ length: count }, () => normal(random));
}

async function held(sketches: Sketches<Int8Array>): Promise<WasmSketchScan> {
  const scan = await WasmSketchScan.create(sketches.count);
  scan.append(sketches);
  return scan;
}

describe("WasmSketchScan", () => {
  let sketches: Sketches<Int8Array>;
  let scan: WasmSketchScan;
  beforeAll(async () => {
    sketches = market(seededRandom(1), 20_000);
    scan = await held(sketches);
  });

  test.for([1, 10, 500])("finds the same %i as the reference", async (limit) => {
    const random = seededRandom(limit);
    for (let i = 0; i < 10; i++) {
      const query = vector(random);
      expect(await scan.scan(query, limit)).toEqual(scanSketches(sketches, query, limit));
    }
  });

  test("finds the same with a mask, though it accept none", async () => {
    const random = seededRandom(2);
    const query = vector(random);
    const mask = Uint8Array.from(sketches.scales, () => (random() < 0.01 ? 1 : 0));
    expect(await scan.scan(query, 30, mask)).toEqual(
      scanSketches(sketches, query, 30, (index) => mask[index] === 1),
    );
    expect(await scan.scan(query, 30, mask.fill(0))).toEqual([]);
  });

  test("gives equal sketches in the order they are held", async () => {
    const few = market(seededRandom(3), 3);
    const twice = 100;
    const copies: Sketches<Int8Array> = {
      data: Int8Array.from({ length: twice * few.data.length }, (_, i) => {
        return few.data[i % few.data.length]!;
      }),
      scales: Float64Array.from({ length: twice * 3 }, (_, i) => few.scales[i % 3]!),
      count: COUNT,
    };
    const query = vector(seededRandom(4));
    const found = await (await held(copies)).scan(query, 150);
    expect(found).toEqual(scanSketches(copies, query, 150));
  });

  test("finds the same whether filled in pieces or at once", async () => {
    const pieces = await WasmSketchScan.create(COUNT);
    const { data, scales, count } = sketches;
    for (let at = 0; at < scales.length; at += 3001) {
      pieces.append({
        data: data.subarray(at * count, (at + 3001) * count),
        scales: scales.subarray(at, at + 3001),
        count,
      });
    }
    expect(pieces.rows).toBe(scales.length);
    const query = vector(seededRandom(5));
    expect(await pieces.scan(query, 40)).toEqual(await scan.scan(query, 40));
  });

  test("neither the largest sketches nor the largest queries overflow", async () => {
    const count = 2048;
    const data = new Int8Array(5 * count);
    [127, -128, 0, 1, -127].forEach((value, i) => data.fill(value, i * count, (i + 1) * count));
    const extreme: Sketches<Int8Array> = { data, scales: Float64Array.of(1, 1, 1, 1, 1e-9), count };
    const wasm = await held(extreme);
    for (const query of [1e6, -1e6, 1e-30, 0].map((value) => new Float64Array(count).fill(value))) {
      expect(await wasm.scan(query, 9)).toEqual(scanSketches(extreme, query, 9));
    }
  });

  test("holds nothing at first", async () => {
    const empty = await WasmSketchScan.create(COUNT);
    expect(await empty.scan(vector(seededRandom(6)), 3)).toEqual([]);
  });

  test("scans and additions may come in between the slices of a scan", async () => {
    const { scales, data } = market(seededRandom(7), 70_000, 16);
    const count = 2048;
    const large: Sketches<Int8Array> = { data: new Int8Array(70_000 * count), scales, count };
    for (let i = 0; i < 70_000; i++) {
      large.data.set(data.subarray(i * 16, (i + 1) * 16), i * count);
    }
    let breaths = 0;
    const wasm = await WasmSketchScan.create(count, async () => {
      breaths++;
      await nextTask();
    });
    wasm.append(large);
    const queries = [8, 9].map((seed) => {
      const query = new Float64Array(count);
      query.set(vector(seededRandom(seed), 16));
      return query;
    });
    const alone: SketchMatch[][] = [];
    for (const query of queries) alone.push(await wasm.scan(query, 5));
    const together = queries.map((query) => wasm.scan(query, 5));
    wasm.append({ data: new Int8Array(count), scales: Float64Array.of(1), count });
    expect(await Promise.all(together)).toEqual(alone);
    expect(breaths).toBe(4);
  });

  test("refuses other lengths of sketches, queries and masks", async () => {
    const mismatch = { code: "shape_mismatch" };
    await expect(scan.scan(new Float64Array(16), 1)).rejects.toMatchObject(mismatch);
    const query = vector(seededRandom(10));
    await expect(scan.scan(query, 1, new Uint8Array(3))).rejects.toMatchObject(mismatch);
    const { data, scales } = market(seededRandom(10), 4, 16);
    expect(() => scan.append({ data, scales, count: 16 })).toThrow(
      expect.objectContaining(mismatch),
    );
    expect(() => scan.append({ data, scales, count: COUNT })).toThrow(
      expect.objectContaining(mismatch),
    );
    for (const count of [0, 8, 20, 4096]) {
      await expect(WasmSketchScan.create(count)).rejects.toMatchObject({ code: "bad_parameter" });
    }
  });

  test("refuses more than 4 GiB, and keeps what it holds", async () => {
    const wasm = await held(market(seededRandom(11), 50));
    const query = vector(seededRandom(12));
    const before = await wasm.scan(query, 5);
    expect(() => wasm.reserve(2 ** 26)).toThrow(RangeError);
    expect(wasm.rows).toBe(50);
    expect(await wasm.scan(query, 5)).toEqual(before);
    wasm.reserve(100);
    expect(await wasm.scan(query, 5)).toEqual(before);
  });
});
