import { expose } from "comlink";
import ortWasmUrl from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import { ReuseClient } from "../../src/client/reuse-client";
import type { RowSource } from "../../src/contracts/data-api";
import type { ReusePlan } from "../../src/contracts/reuse-api";
import type { Island } from "../../src/engine/island/island";
import { fitStandardiser } from "../../src/engine/learner/standardise";
import { exportOnnx } from "../../src/engine/learnware/onnx-export";
import { packLearnware } from "../../src/engine/learnware/package";
import { samplePackage } from "../unit/engine/learnware/sample-package";

const island: Island = {
  id: "homes",
  version: 1,
  name: "Homes",
  description: "",
  profile: "berth",
  features: ["size", "rooms"].map((name) => ({
    ...{ name, type: "number", aliases: [], categories: [], center: [0], scale: [1] },
  })),
  gamma: 1,
};

/** Row i is [i, missing], in the tests' table of any length. */
const rowSource: RowSource = {
  scaledRows: () => Promise.reject(new Error("not asked for")),
  async modelRows(_island, _matches, features, from, to) {
    const data = new Float32Array((to - from) * features.length).fill(NaN);
    const size = features.indexOf("size");
    for (let i = from; i < to; i++) data[(i - from) * features.length + size] = i;
    return { ok: true, value: { data, rows: to - from, cols: features.length } };
  },
};

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
    manifest: { ...manifest, model: { ...manifest.model, features } },
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
  const model = { ...sample.manifest.model, task: "classification" as const, labels };
  return packLearnware({
    ...sample,
    manifest: { ...sample.manifest, model: { ...model, output: "probabilities" } },
  });
}

let wasm: ArrayBuffer;
let client: ReuseClient;

beforeAll(async () => {
  wasm = await (await fetch(ortWasmUrl)).arrayBuffer();
});

afterEach(() => client.dispose());

async function startClient(): Promise<ReuseClient> {
  const url = new URL("../../workers/reuse.worker.ts", import.meta.url);
  client = new ReuseClient(new Worker(url, { type: "module" }));
  const { port1, port2 } = new MessageChannel();
  expose(rowSource, port1);
  await client.connectRows(port2);
  await client.start(wasm.slice(0));
  return client;
}

function plan(rows: number, zips: Record<string, [Uint8Array<ArrayBuffer>, number]>): ReusePlan {
  const members = Object.entries(zips).map(([id, [zip, weight]]) => ({ id, zip, weight }));
  return { island, matches: [], rows, members };
}

describe("the reuse worker", () => {
  it("predicts every row in order, rows with missing values too", async () => {
    const reuse = await startClient();
    const seen: number[] = [];
    const answer = await reuse.predict(plan(25_000, { a: [await linear(2), 1] }), {
      onProgress: ({ stage, done }) => {
        expect(stage).toBe("predict");
        seen.push(done);
      },
    });
    expect(answer).toMatchObject({ task: "regression", target: "rent", unit: "EUR" });
    expect(answer.values).toHaveLength(25_000);
    for (const row of [0, 1, 9_999, 10_000, 24_999]) expect(answer.values[row]).toBe(500 + 2 * row);
    expect(seen.slice(0, 2)).toEqual([10_000, 20_000]);
  });

  it("averages learnwares whose features come in different orders", async () => {
    const reuse = await startClient();
    const members = {
      a: [await linear(2), 3],
      b: [await linear(6, ["rooms", "size"]), 1],
    } as const;
    const answer = await reuse.predict(plan(4, { a: [...members.a], b: [...members.b] }));
    expect([...answer.values]).toEqual([500, 503, 506, 509]);
  });

  it("matches classes by name", async () => {
    const reuse = await startClient();
    const answer = await reuse.predict(
      plan(2, {
        a: [await classifier(["no", "yes"], 0.1), 1],
        b: [await classifier(["yes", "maybe"], 0.9), 1],
      }),
    );
    if (answer.task !== "classification") throw new Error("expected classes");
    expect(answer.labels).toEqual(["no", "yes", "maybe"]);
    expect([...answer.values]).toEqual([1, 1]);
    [0.05, 0.9, 0.05, 0.05, 0.9, 0.05].forEach((p, i) =>
      expect(answer.probabilities[i]).toBeCloseTo(p, 6),
    );
  });

  it("stops when it is told to", async () => {
    const reuse = await startClient();
    const stop = new AbortController();
    const answer = reuse.predict(plan(5_000_000, { a: [await linear(2), 1] }), {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(answer).rejects.toMatchObject({ code: "aborted" });
  });

  it("goes on after a learnware that it had to refuse", async () => {
    const reuse = await startClient();
    const broken = await packLearnware(samplePackage(new Uint8Array(100).fill(1)));
    await expect(reuse.predict(plan(3, { a: [broken, 1] }))).rejects.toMatchObject({
      code: "bad_model",
    });
    const answer = await reuse.predict(plan(3, { a: [await linear(1), 1] }));
    expect([...answer.values]).toEqual([500, 501, 502]);
  });
});
