import type { Fed } from "../../src/engine/kinds/index";
import type { EncodedRows } from "../../src/engine/kinds/table/rows/table-rows";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { asOneFile } from "../../src/client/workers/as-one-file";
import { DataClient } from "../../src/client/workers/data-client";
import { portThread } from "../../src/runtime/threads/port-thread";
import { Thread } from "../../src/runtime/threads/thread";
import type { RowSource } from "../../src/contracts/workers/data-api";
import { Space } from "../../src/engine/kinds/table/space/space";
import type { Progress } from "../../src/engine/ground/progress";
import { rankIslands } from "../../src/engine/kinds/table/match/related";
import { draw } from "../fixtures/pictures/draw";
import { manyColumns, manyIslands, wideIsland } from "../fixtures/many-islands";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";

let client: DataClient;
/** Those that were started, the latest last. */
const started: Worker[] = [];

/** As a browser says of a worker that broke. */
function breakLast(): void {
  started.at(-1)!.dispatchEvent(new ErrorEvent("error", { message: "out of memory" }));
}

function noted(worker: Worker): Worker {
  started.push(worker);
  return worker;
}

beforeEach(() => {
  client = new DataClient(
    () =>
      noted(
        new Worker(new URL("../../workers/data.worker.ts", import.meta.url), { type: "module" }),
      ),
    () =>
      new Worker(new URL("../../workers/formats.worker.ts", import.meta.url), { type: "module" }),
    () =>
      new Worker(new URL("../../workers/database.worker.ts", import.meta.url), { type: "module" }),
    () =>
      noted(
        new Worker(new URL("../../workers/pictures.worker.ts", import.meta.url), {
          type: "module",
        }),
      ),
  );
});

afterEach(() => {
  client.dispose();
});

const HEADER = Array.from({ length: 20 }, (_, j) => `column_${j}`).join(",");

/** 20 columns: 18 of decimals, one of whole numbers, one of words. */
function manyRows(rows: number): File {
  const block = 10_000;
  const lines: string[] = [];
  for (let i = 0; i < block; i++) {
    const cells = [`colour ${i % 7}`, `${i}`];
    for (let j = 2; j < 20; j++)
      cells.push(((((i + 1) * (j + 13) * 7919) % 9_999_991) / 1e4).toFixed(4));
    lines.push(cells.join(","));
  }
  const part = new Blob([lines.join("\n") + "\n"]);
  const parts = Array.from({ length: rows / block }, () => part);
  return new File([HEADER, "\n", ...parts], "many.csv");
}

/** The longest time the page could not run anything, in milliseconds, until `stop` is called. */
function watchGaps(): { stop(): number } {
  let longest = 0;
  let last = performance.now();
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    setTimeout(() => port2.postMessage(null), 5);
  };
  port2.postMessage(null);
  return {
    stop() {
      port1.close();
      return longest;
    },
  };
}

describe("a table of a million rows", () => {
  const file = manyRows(1_000_000);

  test("is read without holding up the page, and says how far it is", async () => {
    const longTasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      longTasks.push(...list.getEntries().map(({ duration }) => duration));
    });
    observer.observe({ type: "longtask" });
    const gaps = watchGaps();
    const progress: Progress[] = [];
    const started = performance.now();
    const profile = await client.read(file, {}, { onProgress: (step) => progress.push(step) });
    const seconds = (performance.now() - started) / 1000;
    const longestGap = gaps.stop();
    observer.disconnect();
    const megabytes = file.size / 1e6;
    console.info(
      `read ${megabytes.toFixed(0)} MB in ${seconds.toFixed(1)} s, longest gap ${longestGap.toFixed(0)} ms`,
    );

    expect(profile.rows).toBe(1_000_000);
    expect(profile.columns.map(({ type }) => type).slice(0, 3)).toEqual([
      "category",
      "integer",
      "number",
    ]);
    expect(Math.max(0, ...longTasks)).toBeLessThanOrEqual(100);
    expect(progress.length).toBeGreaterThan(10);
    expect(progress.every(({ done, total }) => done <= total && total === file.size)).toBe(true);
    expect(progress.at(-1)!.done).toBeGreaterThan(progress[0]!.done);
  });

  test("stops within 300 ms when cancelled, and the table held before stays", async () => {
    await client.read(new File(["a,b\n1,2\n3,4\n"], "small.csv"));
    const job = new AbortController();
    let cancelledAt = 0;
    const reading = client.read(
      file,
      {},
      {
        signal: job.signal,
        onProgress: () => {
          if (cancelledAt > 0) return;
          cancelledAt = performance.now();
          job.abort();
        },
      },
    );
    await expect(reading).rejects.toMatchObject({ code: "aborted" });
    const waited = performance.now() - cancelledAt;
    console.info(`cancelled in ${waited.toFixed(0)} ms`);
    expect(waited).toBeLessThan(300);
    expect((await client.retype(0, "number")).rows).toBe(2);
  });
});

test("a refused file leaves the table held before", async () => {
  await client.read(new File(["a,b\n1,2\n3,4\n"], "good.csv"));
  const png = new File([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0)], "bad.csv");
  await expect(client.read(png)).rejects.toMatchObject({
    code: "damaged_file",
    details: { format: "png" },
  });
  const csv = await client.write([{ name: "p", values: Float64Array.of(1, 2) }], null, null);
  expect(await csv.text()).toBe("a,b,p\n1,2,1\n3,4,2\n");
});

test("reads gzip, and refuses gzip that was cut off", async () => {
  const text = `x,y\n${Array.from({ length: 5000 }, (_, i) => `${i},${(i * 7919) % 104729}`).join("\n")}\n`;
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  const zipped = await new Response(stream).blob();
  const profile = await client.read(new File([zipped], "table.csv.gz"));
  expect(profile.rows).toBe(5000);
  const cut = new File([zipped.slice(0, zipped.size / 2)], "cut.csv.gz");
  await expect(client.read(cut)).rejects.toMatchObject({ code: "bad_compression" });
});

test("gives the page a screenful of cells at a time, by what picks its rows", async () => {
  const rows = Array.from({ length: 5000 }, (_, i) => `text number ${i},${i % 10},${i}`);
  await client.read(new File([`note,kind,size\n${rows.join("\n")}\n`], "notes.csv"));
  const wanted = { filters: [], from: 4000, to: 4002, columns: [0, 2] };
  expect(await client.cells(wanted)).toEqual({
    passing: 5000,
    rows: Int32Array.of(4000, 4001),
    columns: [
      { kind: "texts", values: ["text number 4000", "text number 4001"] },
      { kind: "numbers", values: Float64Array.of(4000, 4001) },
    ],
  });
  await client.retype(1, "category");
  const filters = [{ column: 1, bins: [], values: ["3"], missing: false }];
  const { passing, rows: found } = await client.cells({ ...wanted, filters, from: 498, to: 600 });
  expect(passing).toBe(500);
  expect([...found]).toEqual([4983, 4993]);
  const stop = new AbortController();
  const cells = client.cells(wanted, { signal: stop.signal });
  stop.abort();
  await Promise.allSettled([cells]);
  expect((await client.cells(wanted)).passing).toBe(5000);
});

test("answers not_found when there is no table yet", async () => {
  await expect(client.write([], null, null)).rejects.toMatchObject({ code: "not_found" });
});

test("gives another worker encoded rows over a port", async () => {
  await client.read(new File(["kind,size\na,1\nb,\na,5\n"], "rows.csv"));
  const { port1, port2 } = new MessageChannel();
  await client.connect(port2);
  const rows = new Thread<RowSource>(portThread(port1));
  const island = Space.parse({
    id: "test",
    version: 1,
    name: "test",
    description: "",
    profile: "berth",
    kernel: gaussianKernel(1),
    features: [
      { name: "size", type: "number", center: [1], scale: [2] },
      { name: "kind", type: "category", categories: ["a", "b"], center: [0, 0], scale: [1, 1] },
    ],
  });
  const matches = [
    { feature: "size", column: 1 },
    { feature: "kind", column: 0 },
  ];
  const scaled = await rows.call("scaledRows", [island, matches]);
  expect([...scaled.data]).toEqual([0, 1, 0, 0, 0, 1, 2, 1, 0]);
  const whole = await rows.call("reuseRows", [island, matches, null, { from: 0, to: 3 }, false]);
  expect([...encoded(whole).data]).toEqual([1, 1, 0, NaN, 0, 1, 5, 1, 0]);
  expect([...whole.scaled.data]).toEqual([...scaled.data]);
  expect(whole.own).toBeNull();
  const picked = await rows.call("reuseRows", [island, matches, 1, Int32Array.of(2, 1), true]);
  expect([...encoded(picked).data]).toEqual([5, 1, 0, NaN, 0, 1]);
  expect([...picked.own!.data]).toEqual([1, 0, 0, 1]);
  expect(await rows.call("answers", [1, "regression"])).toEqual({
    task: "regression",
    rows: Int32Array.of(0, 2),
    values: Float64Array.of(1, 5),
  });
  await expect(rows.call("answers", [9, "regression"])).rejects.toMatchObject({
    code: "not_found",
  });
  await rows.end();
});

describe("labels given by hand", () => {
  test("are answers in the worker that comes after one that broke", async () => {
    await client.read(new File(["text,said\none,x\ntwo,\nthree,y\n"], "texts.csv"));
    await client.giveAnswers(1, new Map([[1, "z"]]));
    breakLast();
    const { port1, port2 } = new MessageChannel();
    await client.connect(port2);
    const rows = new Thread<RowSource>(portThread(port1));
    expect(await rows.call("answers", [2, "classification"])).toMatchObject({
      rows: Int32Array.of(0, 1, 2),
      labels: ["x", "y", "z"],
    });
    await rows.end();
  });

  test("are a column of pictures in the worker that comes after one that broke", async () => {
    const { width, height, data } = draw(8, 8, 1);
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d")!.putImageData(new ImageData(data, width, height), 0, 0);
    const file = new File([await canvas.convertToBlob()], "1.png", { type: "image/png" });
    const many = [1, 2, 3].map((i) => ({ path: `${i}.png`, file }));
    const { columns } = await client.read(asOneFile("many", many));
    await client.label("label", null, new Map([[1, "cat"]]));
    await client.label("label", columns.length, new Map([[2, "dog"]]));
    breakLast();
    const wanted = { filters: [], from: 0, to: 3, columns: [columns.length] };
    expect((await client.cells(wanted)).columns).toEqual([
      { kind: "texts", values: [null, "cat", "dog"] },
    ]);
  });
});

describe("islands to choose from", () => {
  test("are ranked as here, while the page goes on", async () => {
    const islands = [...manyIslands(1000), wideIsland(4096)];
    const columns = manyColumns(100);
    await client.read(new File(["a,b\n1,2\n3,4\n"], "any.csv")); // Until the worker is there.
    const gaps = watchGaps();
    const ranked = await client.rankIslands(islands, columns);
    const longest = gaps.stop();
    const start = performance.now();
    expect(ranked).toEqual(rankIslands(islands, columns));
    expect(longest).toBeLessThan(performance.now() - start);
  });
});

/** What models of tables are fed. */
function encoded({ fed }: { readonly fed: Fed }): EncodedRows {
  return fed as EncodedRows;
}
