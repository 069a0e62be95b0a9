import JSZip from "jszip";
import ortWasmUrl from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { ReuseClient } from "../../src/client/workers/reuse-client";
import type { RowSource } from "../../src/contracts/workers/data-api";
import type { Reuse, ReusePlan } from "../../src/contracts/workers/reuse-plan";
import type { Call } from "../../src/contracts/workers/call";
import type { Space } from "../../src/engine/kinds/table/space/space";
import { fitStandardiser } from "../../src/engine/learner/linear/standardise";
import { exportOnnx } from "../../src/engine/learnware/onnx/onnx-export";
import { inspectOnnx } from "../../src/engine/learnware/onnx/onnx-inspect";
import { runnableModel } from "../../src/engine/learnware/runnable-model";
import { tableModel } from "../../src/engine/learnware/table-model";
import { packLearnware } from "../../src/engine/learnware/package";
import { serve, type Served } from "../../src/runtime/threads/serve";
import { samplePackage } from "../unit/engine/learnware/sample-package";
import type { RowChoice } from "../../src/engine/kinds/kind";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";
import { secretOf } from "../fixtures/secret";

const island: Space = {
  id: "homes",
  version: 1,
  name: "Homes",
  description: "",
  profile: "berth",
  features: ["size", "rooms"].map((name) => ({
    ...{ name, type: "number", aliases: [], categories: [], center: [0], scale: [1] },
  })),
  kernel: gaussianKernel(1),
};

/** Row i is [i, missing], in the tests' table of any length; every tenth of the first hundred is known to be 3000. */
const rowSource: Served<RowSource> = {
  scaledRows: () => Promise.reject(new Error("not asked for")),
  reuseRows(_island, _matches, _answersColumn, chosen, withOwn) {
    const rows = listed(chosen);
    const fed = matrix(rows.length, 2, (i, j) => (j === 0 ? rows[i]! : NaN));
    const scaled = matrix(rows.length, 2, (i, j) => (j === 0 ? rows[i]! / 32_768 - 1 : 0));
    const own = withOwn ? matrix(rows.length, 1, (i) => rows[i]!) : null;
    return { count: rows.length, fed, scaled, own, time: null };
  },
  scriptTable() {
    const dialect = {
      encoding: "utf-8",
      delimiter: ",",
      decimal: ".",
      otherEncodings: [],
      quote: '"',
      hasHeader: true,
      headerLine: 1,
    } as const;
    return { names: ["Size", "Rooms"], own: [], dialect, columns: [] };
  },
  looked: () => null,
  pinned: () => null,
  texts: () => [],
  learnable: () => Promise.reject(new Error("not asked for")),
  answers() {
    const rows = Int32Array.from({ length: 10 }, (_, i) => 10 * i);
    const values = new Float64Array(10).fill(3000);
    return { task: "regression", rows, values };
  },
};

function listed(rows: RowChoice): Int32Array {
  if (rows instanceof Int32Array) return rows;
  return Int32Array.from({ length: rows.to - rows.from }, (_, i) => rows.from + i);
}

function matrix(rows: number, cols: number, cell: (i: number, j: number) => number) {
  const data = Float32Array.from({ length: rows * cols }, (_, at) =>
    cell(Math.floor(at / cols), at % cols),
  );
  return { data, rows, cols };
}

/** A learnware that answers 500 + slope · size for sizes up to 65 536, and does not mind missing rooms. */
async function linear(
  slope: number,
  features = ["size", "rooms"],
): Promise<Uint8Array<ArrayBuffer>> {
  const order = (size: number, rooms: number) =>
    features[0] === "size" ? [size, rooms] : [rooms, size];
  // Mean and deviation of the sizes are 32 768, so that everything below is exact in float32.
  const seen = Float32Array.from([...order(0, 100), ...order(65_536, NaN)]);
  const sample = samplePackage(
    exportOnnx({
      task: "regression",
      features: 2,
      standardiser: fitStandardiser({ data: seen, rows: 2, cols: 2 }),
      weights: { data: Float64Array.from(order(slope * 32_768, 5)), rows: 1, cols: 2 },
      intercepts: Float64Array.of(500 + slope * 32_768),
    }),
  );
  const { manifest } = sample;
  return packLearnware({
    ...sample,
    manifest: { ...manifest, model: tableModel(features, runnableModel(manifest)) },
  });
}

/** A learnware with two classes that gives the first one probability `p`, whatever the row. */
async function classifier(labels: string[], p: number): Promise<Uint8Array<ArrayBuffer>> {
  const sample = samplePackage(
    exportOnnx({
      task: "classification",
      features: 2,
      standardiser: fitStandardiser({ data: new Float32Array(2), rows: 1, cols: 2 }),
      weights: { data: new Float64Array(4), rows: 2, cols: 2 },
      intercepts: Float64Array.of(Math.log(p), Math.log(1 - p)),
    }),
  );
  const model = tableModel(["size", "rooms"], { task: "classification", target: "rent", labels });
  return packLearnware({
    ...sample,
    manifest: { ...sample.manifest, model },
  });
}

let wasm: Blob;
let client: ReuseClient;
let lastPlan = 0;

beforeAll(async () => {
  wasm = await (await fetch(ortWasmUrl)).blob();
});

afterEach(() => client.release());

function startClient(): ReuseClient {
  const url = new URL("../../workers/reuse.worker.ts", import.meta.url);
  client = new ReuseClient(
    () => new Worker(url, { type: "module" }),
    { connect: async (port) => serve(rowSource, port) },
    async () => wasm,
    async () => secretOf(1),
  );
  return client;
}

function plan(rows: number, zips: Record<string, [Uint8Array<ArrayBuffer>, number]>): ReusePlan {
  const members = Object.entries(zips).map(([id, [zip, share]]) => ({
    id,
    zip,
    share,
    question: null,
    spec: null,
  }));
  const matches = island.features.map(({ name }, column) => ({ feature: name, column }));
  return {
    ...{ id: ++lastPlan, island, matches, rows, members },
    ...{ answersColumn: null, filling: "lines", ways: "average" },
  };
}

async function run(reuse: ReuseClient, work: ReusePlan, call: Call = {}): Promise<Reuse> {
  const { recommended } = await reuse.prepare(work);
  return reuse.predict(work.id, recommended, work.rows, call);
}

describe("the reuse worker", () => {
  it("predicts every row in order, rows with missing values too", async () => {
    const reuse = startClient();
    const seen: number[] = [];
    const { predictions } = await run(reuse, plan(25_000, { a: [await linear(2), 1] }), {
      onProgress: ({ stage, done }) => {
        expect(stage).toBe("predict");
        seen.push(done);
      },
    });
    expect(predictions).toMatchObject({ task: "regression", target: "rent", unit: "EUR" });
    const { values } = predictions;
    expect(values).toHaveLength(25_000);
    for (const row of [0, 1, 9_999, 10_000, 24_999]) expect(values[row]).toBe(500 + 2 * row);
    expect(seen.every((done) => done % 10_000 === 0 || done === 25_000)).toBe(true);
  });

  it("averages learnwares whose features come in different orders", async () => {
    const reuse = startClient();
    const members = {
      a: [await linear(2), 3],
      b: [await linear(6, ["rooms", "size"]), 1],
    } as const;
    const answer = await run(reuse, plan(4, { a: [...members.a], b: [...members.b] }));
    expect([...answer.predictions.values]).toEqual([500, 503, 506, 509]);
    expect(answer.account).toEqual({ code: "averaged", learnwares: 2, heaviest: 0, share: 0.75 });
  });

  it("matches classes by name", async () => {
    const reuse = startClient();
    const { predictions } = await run(
      reuse,
      plan(2, {
        a: [await classifier(["no", "yes"], 0.1), 1],
        b: [await classifier(["yes", "maybe"], 0.9), 1],
      }),
    );
    if (predictions.task !== "classification") throw new Error("expected classes");
    expect(predictions.labels).toEqual(["no", "yes", "maybe"]);
    expect([...predictions.values]).toEqual([1, 1]);
    [0.05, 0.9, 0.05, 0.05, 0.9, 0.05].forEach((p, i) =>
      expect(predictions.probabilities![i]).toBeCloseTo(p, 6),
    );
    expect(predictions.confidence[1]).toBeCloseTo(0.9, 6);
  });

  it("learns from answers, in every way that it can", async () => {
    const reuse = startClient();
    const work = plan(100, { a: [await linear(2), 1], b: [await linear(0), 1] });
    const preparation = await reuse.prepare({ ...work, answersColumn: 2, ways: "all" });
    expect(preparation.answers).toBe(10);
    expect(preparation.basis).toBe("labels");
    expect(preparation.ways.find(({ name }) => name === "vote")?.lacks).toBe("other_task");
    const { predictions, way } = await reuse.predict(work.id, "stack", 100);
    expect(way).toBe("stack");
    for (const value of predictions.values) expect(Math.abs(value - 3000)).toBeLessThan(100);
  });

  it("writes down what predicted, for the plan that is asked about only", async () => {
    const reuse = startClient();
    const work = plan(100, { a: [await linear(2), 3], b: [await linear(6), 1] });
    const words = { language: "en", sentence: "The average of two." } as const;
    await expect(reuse.bundle(work.id, "average", words)).rejects.toMatchObject({
      code: "not_prepared",
    });
    await run(reuse, work);
    const zip = await JSZip.loadAsync(await reuse.bundle(work.id, "average", words));
    expect(Object.keys(zip.files)).toEqual(
      expect.arrayContaining(["model.onnx", "predict.json", "predict.mjs", "predict.py"]),
    );
    expect(await zip.file("README.md")!.async("string")).toContain("The average of two.");
    expect(JSON.parse(await zip.file("predict.json")!.async("string"))).toMatchObject({
      inputs: expect.arrayContaining([{ column: "Size" }]) as unknown,
    });
    expect(await zip.file("predict.mjs")!.async("string")).toContain("predict.json");
    const model = await zip.file("model.onnx")!.async("uint8array");
    expect(inspectOnnx(model).outputs.map(({ name }) => name)).toEqual(["values"]);
    await expect(reuse.predict(work.id + 1, "average", 1)).rejects.toMatchObject({
      code: "not_prepared",
    });
  });

  it("says that a way cannot be written down where models fill in what the table lacks", async () => {
    const reuse = startClient();
    const work = plan(100, { a: [await linear(2), 1] });
    const matches = [work.matches[0]!, { feature: "rooms", column: null }];
    await run(reuse, { ...work, matches });
    const words = { language: "en", sentence: "" } as const;
    await expect(reuse.bundle(work.id, "average", words)).rejects.toMatchObject({
      code: "not_exportable",
      details: { reason: "lacking_features" },
    });
  });

  it("stops when it is told to", async () => {
    const reuse = startClient();
    const stop = new AbortController();
    const answer = run(reuse, plan(5_000_000, { a: [await linear(2), 1] }), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(answer).rejects.toMatchObject({ code: "aborted" });
  });

  it("starts anew once its memory was given back, or once its runtime did not start", async () => {
    const reuse = startClient();
    const work = plan(3, { a: [await linear(1), 1] });
    await run(reuse, work);
    reuse.release();
    await expect(reuse.predict(work.id, "average", 3)).rejects.toMatchObject({
      code: "not_prepared",
    });
    const kept = wasm;
    wasm = new Blob([new Uint8Array(8)]);
    reuse.release();
    await expect(reuse.prepare(work)).rejects.toMatchObject({ code: "internal" });
    wasm = kept;
    expect([...(await run(reuse, work)).predictions.values]).toEqual([500, 501, 502]);
  });

  it("leaves out a learnware that it has to refuse, and says why", async () => {
    const reuse = startClient();
    const broken = await packLearnware(samplePackage(new Uint8Array(100).fill(1)));
    await expect(run(reuse, plan(3, { a: [broken, 1] }))).rejects.toMatchObject({
      code: "bad_model",
    });
    const answer = await run(reuse, plan(3, { a: [broken, 9], b: [await linear(1), 1] }));
    expect([...answer.predictions.values]).toEqual([500, 501, 502]);
    expect(answer.preparation.leftOut).toMatchObject([{ id: "a", code: "bad_model" }]);
    expect(answer.preparation.learnwares).toEqual(["b"]);
  });
});
