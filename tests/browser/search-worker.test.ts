import { afterEach, expect, test } from "vitest";

import { SearchClient } from "../../src/client/workers/search-client";
import { PlainSearcher } from "../../src/client/dock/sketch-search";
import type { SketchQuery } from "../../src/contracts/workers/search-api";
import type { Matrix } from "../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../src/engine/ground/random";
import { quantiseSketches } from "../../src/engine/search/sketches/sketch-scan";
import type { Specification } from "../../src/engine/specification/specification";
import SearchWorker from "../../workers/search.worker.ts?worker";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";

const COUNT = 512;
const plain = new PlainSearcher();
const clients: SearchClient[] = [];
afterEach(() => clients.splice(0).forEach((client) => client.dispose()));

function open(): SearchClient {
  const client = new SearchClient(() => new SearchWorker());
  clients.push(client);
  return client;
}

/** Every third sketch counts. */
function sketchQuery(rows: number, limit = 10): SketchQuery {
  const random = seededRandom(rows);
  const floats = Float32Array.from({ length: rows * COUNT }, () => normal(random) / 20);
  const { data, scales } = quantiseSketches(floats, COUNT);
  return {
    sketches: { data: new Int8Array(data), scales, count: COUNT },
    sketch: floats.slice(7 * COUNT, 8 * COUNT),
    wanted: Uint8Array.from({ length: rows }, (_, i) => (i % 3 === 1 ? 1 : 0)),
    limit,
  };
}

function around(x: number, random = seededRandom(Math.round(10 * x) + 100)): Specification {
  const points: Matrix<Float64Array> = {
    data: Float64Array.from({ length: 60 }, () => Math.fround(x + 0.3 * normal(random))),
    rows: 20,
    cols: 3,
  };
  const weights = new Float64Array(20).fill(Math.fround(0.05));
  return { points, weights, kernel: gaussianKernel(0.3), rowCount: 100 };
}

test("finds the same sketches as plain loops, and takes their bytes", async () => {
  const expected = await plain.scan(sketchQuery(3000));
  expect(expected[0]!.index).toBe(7);
  const query = sketchQuery(3000);
  const found = await open().scan(query);
  expect(found.map(({ index }) => index)).toEqual(expected.map(({ index }) => index));
  found.forEach(({ squaredDistance, similarity }, i) => {
    expect(squaredDistance).toBeCloseTo(expected[i]!.squaredDistance, 6);
    expect(similarity).toBeCloseTo(expected[i]!.similarity, 6);
  });
  expect(query.sketches.data.length).toBe(0);
});

test("shortlists what a mixture may be made of", async () => {
  // The user is the sum of two sketches that are orthogonal to each other and to all others.
  const data = new Int8Array(300 * COUNT);
  for (let i = 0; i < 300; i++) data[i * COUNT + i] = 100;
  const sketch = new Float64Array(COUNT);
  sketch[11] = sketch[222] = 0.5;
  const query = () => ({
    sketches: { data: new Int8Array(data), scales: new Float64Array(300).fill(0.01), count: COUNT },
    sketch,
    wanted: new Uint8Array(300).fill(1),
    limit: 3,
  });
  const expected = await plain.shortlist(query());
  expect(expected.matches.map(({ index }) => index)).toEqual([11, 222, 0]);
  expect(expected.mixable).toEqual(expect.arrayContaining([11, 222]));
  expect(await open().shortlist(query())).toEqual(expected);
});

test("finds nothing among no sketches, and refuses a query of another length", async () => {
  const client = open();
  expect(await client.scan({ ...sketchQuery(9), wanted: new Uint8Array(9) })).toEqual([]);
  const short = { ...sketchQuery(9), sketch: new Float32Array(3) };
  await expect(client.scan(short)).rejects.toMatchObject({ code: "shape_mismatch" });
});

test("ranks reduced sets like plain loops, and says how far it is", async () => {
  const candidates = [4, 0.5, -0.6, 2, 0.1].map((x) => {
    return { id: `at ${x}`, rkme: around(x), radiusSquared: 1 };
  });
  const query = { rkme: around(0), candidates, mixable: [1, 2, 3, 4] };
  const expected = await plain.rank(query);
  const found = await open().rank(query);
  expect(found.singles.map(({ id }) => id)).toEqual(expected.singles.map(({ id }) => id));
  expect(found.singles[0]!.id).toBe("at 0.1");
  found.singles.forEach(({ mmd2, coverage }, i) => {
    expect(mmd2).toBeCloseTo(expected.singles[i]!.mmd2, 5); // Sums in single precision.
    expect(coverage).toBeCloseTo(expected.singles[i]!.coverage, 5);
  });
  expect(found.mixture?.members.map(({ id }) => id)).toEqual(
    expected.mixture?.members.map(({ id }) => id),
  );
});

test("can be stopped, and goes on with the next", async () => {
  const client = open();
  const stop = new AbortController();
  const scanning = client.scan(sketchQuery(30_000), { signal: stop.signal });
  stop.abort();
  await expect(scanning).rejects.toMatchObject({ code: "aborted" });
  expect(await client.scan(sketchQuery(100))).toHaveLength(10);
});
