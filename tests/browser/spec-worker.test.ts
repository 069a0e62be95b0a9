import { afterEach, expect, test } from "vitest";

import { SpecClient } from "../../src/client/workers/spec-client";
import type { RowBlock, RowSource } from "../../src/contracts/workers/data-api";
import type { SpecApi } from "../../src/contracts/workers/spec-api";
import { AppError } from "../../src/contracts/outcome";
import type { Space } from "../../src/engine/kinds/table/space/space";
import { squaredMmd } from "../../src/engine/specification/kernel/mmd";
import { fromRows } from "../../src/engine/ground/matrix";
import type { Progress } from "../../src/engine/ground/progress";
import { normal, seededRandom } from "../../src/engine/ground/random";
import type { Specification } from "../../src/engine/specification/specification";
import { serve } from "../../src/runtime/threads/serve";
import { Thread } from "../../src/runtime/threads/thread";
import { workerThread } from "../../src/runtime/threads/worker-thread";
import type { ComputeName } from "../../src/engine/specification/kernel/compute";
import SpecWorker from "../../workers/spec.worker.ts?worker";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";
import type { BookPoints } from "../../src/engine/specification/book/book";
import type { CandidateSpec } from "../../src/engine/specification/candidate-spec";
import { secretOf } from "../fixtures/secret";

const island: Space = {
  id: "plain",
  version: 1,
  name: "Plain",
  description: "",
  profile: "berth",
  features: ["a", "b", "c"].map((name) => ({
    name,
    type: "number",
    aliases: [],
    categories: [],
    center: [0],
    scale: [1],
  })),
  kernel: gaussianKernel(0.2),
};

const all = island.features.map(({ name }, column) => ({ feature: name, column }));

const clients: SpecClient[] = [];
afterEach(() => clients.splice(0).forEach((client) => client.dispose()));

test("describes rows that come over the port, and ranks candidates on them", async () => {
  const client = connected(rowsAround(0, 2000));
  const seen: Progress[] = [];
  const { rkme, preflight, compute, milliseconds } = await client.describe(island, all, null, {
    onProgress: (progress) => seen.push(progress),
  });
  expect(compute).toBe("wasm");
  expect(preflight.passed).toBe(true);
  expect([rkme.points.rows, rkme.points.cols]).toEqual([preflight.points, 3]);
  expect([rkme.kernel.gamma, rkme.rowCount]).toEqual([0.2, 2000]);
  expect(milliseconds).toBeGreaterThan(0);
  expect(seen.length).toBeGreaterThan(0);

  const { singles, mixture } = await client.rank([
    candidate("far", single(9)),
    candidate("same", rkme),
    candidate("near", single(0.5)),
  ]);
  expect(singles.map(({ id }) => id)).toEqual(["same", "near", "far"]);
  expect(singles[0]!.mmd2).toBeLessThan(0.01);
  expect(singles[0]!.coverage).toBeGreaterThan(0.9);
  expect(singles[2]!.coverage).toBe(0);
  expect(mixture).toBeNull();
});

test("sums rows up in a sketch, with noise or without, and ranks afterwards", async () => {
  const client = connected(rowsAround(0, 2000));
  const exact = await client.sketch(island, [], null, null);
  expect(exact).toMatchObject({ rowCount: 2000, epsilon: null, delta: null, compute: "wasm" });
  expect(exact.sketch.length).toBe(512);

  const budget = { epsilon: 1, delta: 1e-5 };
  const noisy = await client.sketch(island, [], budget, null);
  expect(noisy).toMatchObject({ rowCount: 2000, ...budget });
  const noise = noisy.sketch.map((value, i) => value - exact.sketch[i]!);
  const spread = Math.sqrt(noise.reduce((sum, value) => sum + value * value, 0) / 512);
  expect(spread).toBeGreaterThan(0.8 * 3.73 * (2 / 2000));
  expect(spread).toBeLessThan(1.3 * 3.73 * (2 / 2000));
  expect((await client.sketch(island, [], budget, null)).sketch).not.toEqual(noisy.sketch);

  const { singles } = await client.rank([
    candidate("far", single(9)),
    candidate("near", single(0)),
  ]);
  expect(singles.map(({ id }) => id)).toEqual(["near", "far"]);
  await expect(client.sketch(island, [], { epsilon: 0, delta: 1e-5 }, null)).rejects.toMatchObject({
    code: "bad_parameter",
  });
});

test("describes rows on a book: half of them by weights, and all of them by a sketch with noise", async () => {
  const client = connected(rowsAround(0, 2000));
  const points = bookOf(64);
  const { rkme, bookWeights, preflight } = await client.describe(island, all, points);
  expect(preflight).toMatchObject({ passed: true, fewestRows: null });
  expect(bookWeights!.length).toBe(64);
  expect(rkme.points.rows).toBe(bookWeights!.filter((weight) => weight > 0).length);
  expect(rkme.rowCount).toBe(2000);
  const again = await connected(rowsAround(0, 2000)).describe(island, all, points);
  expect(again.bookWeights).toEqual(bookWeights);

  const exact = await client.sketch(island, all, null, points);
  expect([exact.sketch.length, exact.bookWeights]).toEqual([64, null]);
  const noisy = await client.sketch(island, all, { epsilon: 1, delta: 1e-5 }, points);
  const noise = noisy.sketch.map((value, i) => value - exact.sketch[i]!);
  const spread = Math.sqrt(noise.reduce((sum, value) => sum + value * value, 0) / 64);
  expect(spread / (3.73 * (Math.SQRT2 / 2000))).toBeGreaterThan(0.7);
  expect(spread / (3.73 * (Math.SQRT2 / 2000))).toBeLessThan(1.4);
  expect(noisy.bookWeights!.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);

  const onBook = { ...candidate("same", rkme), bookWeights: bookWeights! };
  const far = { ...candidate("far", single(9)), bookWeights: new Float64Array(64) };
  far.bookWeights[63] = 1;
  const { singles } = await client.rank([far, onBook]);
  expect(singles.map(({ id }) => id)).toEqual(["same", "far"]);
  expect(singles[0]!.mmd2).toBeLessThan(0.01);
});

test.for(["typescript", "wasm", "webgpu"] as const)("describes alike in %s", async (choice) => {
  // The fewer rows, the more often attacks are rehearsed: 400 took software shaders a minute.
  const rows = rowsAround(0, 2000);
  const byWasm = await connected(rows).describe(island, [], null);
  const { rkme, compute } = await connected(rows, choice).describe(island, [], null);
  expect(compute).toBe(choice);
  expect(squaredMmd(rkme, byWasm.rkme)).toBeLessThan(1e-3);
});

test("passes on why nothing can be described", async () => {
  const tiny = connected(rowsAround(0, 6));
  await expect(tiny.describe(island, [], null)).rejects.toMatchObject({
    code: "preflight_failed",
    details: { reason: "too_few_rows", rows: 6 },
  });
  const refusing = connected(() => {
    throw new AppError("no_usable_rows", "no rows", { column: 2 });
  });
  await expect(refusing.describe(island, [], null)).rejects.toMatchObject({
    code: "no_usable_rows",
    details: { column: 2 },
  });
  await expect(connected(rowsAround(0, 9)).rank([])).rejects.toMatchObject({ code: "bad_input" });
  const alone = new Thread<SpecApi>(workerThread(new SpecWorker()));
  await expect(alone.call("describe", [island, [], null, secretOf(1)])).rejects.toMatchObject({
    code: "bad_input",
  });
  await alone.end();
});

test("stops when told to, and works again afterwards", async () => {
  const client = connected(rowsAround(0, 200_000));
  const abort = new AbortController();
  const stopped = client.describe(island, [], null, {
    signal: abort.signal,
    onProgress: () => abort.abort(),
  });
  await expect(stopped).rejects.toMatchObject({ code: "aborted" });
  const { preflight } = await client.describe(island, [], null);
  expect(preflight.passed).toBe(true);
});

test("two descriptions at once wait for each other", async () => {
  const client = connected(rowsAround(0, 1000));
  const [one, two] = await Promise.all([
    client.describe(island, [], null),
    client.describe(island, [], null),
  ]);
  expect(one.rkme).toEqual(two.rkme);
});

/** A client whose worker gets these rows from a stand-in for the data worker. */
function connected(rows: () => RowBlock, compute: ComputeName | "auto" = "auto"): SpecClient {
  const source = {
    connect: async (port: MessagePort) =>
      serve<Pick<RowSource, "scaledRows">>({ scaledRows: rows }, port),
  };
  const client = new SpecClient(
    () => new SpecWorker(),
    source,
    compute,
    async () => secretOf(1),
  );
  clients.push(client);
  return client;
}

function rowsAround(centre: number, rows: number): () => RowBlock {
  const random = seededRandom(rows);
  const data = Float32Array.from({ length: rows * 3 }, () => centre + normal(random));
  return () => ({ data, rows, cols: 3, described: null });
}

function bookOf(points: number): BookPoints {
  const random = seededRandom(points);
  const data = Float64Array.from({ length: points * 3 }, () => Math.fround(1.2 * normal(random)));
  return { data, rows: points, cols: 3 };
}

function single(at: number): Specification {
  const points = fromRows([[at, at, at]]);
  return { points, weights: Float64Array.of(1), kernel: gaussianKernel(0.2), rowCount: 100 };
}

function candidate(id: string, rkme: Specification): CandidateSpec {
  return { id, rkme, radiusSquared: 2 };
}
