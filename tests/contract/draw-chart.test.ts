import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { ChartDocument } from "../../src/contracts/http/chart-api";
import { AppError } from "../../src/contracts/outcome";
import { readChart } from "../../src/contracts/wire/read-chart";
import { chartOf, chartToWire } from "../../src/contracts/wire/wire-chart";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { ChartDrawing } from "../../src/dock/jobs/draw-chart";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import type { StoredChart } from "../../src/dock/storage/learnware-store";
import { databases } from "../fixtures/databases";
import { entryOf, island, rkmeAround } from "../fixtures/learnwares";
import { openDock } from "../fixtures/open-dock";

const keep = () => Promise.resolve();

describe.each(databases)("the chart of a dock on $name", ({ open }) => {
  let store: SqlStore;
  let drawing: ChartDrawing;

  beforeAll(async () => {
    store = await SqlStore.open(await open());
    drawing = new ChartDrawing({ store });
  });
  afterAll(async () => store.close());

  test("is not there until it is drawn, and then has a tag", async () => {
    const blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-chart-")));
    const dock = await openDock({ store, blobs });
    expect((await dock.request("/api/v1/chart")).status).toBe(404);
    await store.putSpace(island);
    for (let i = 0; i < 8; i++) {
      await store.put(entryOf(`around-${i}`, rkmeAround(Math.cos(i), 2 * Math.sin(i))));
    }
    const drawn = await drawing.run({ keep });
    const answer = await dock.request("/api/v1/chart");
    expect(answer.headers.get("ETag")).toBe(`"${drawn.tag}"`);
    expect(chartOn(drawn).islands).toMatchObject([{ id: "houses", tags: ["Business"] }]);
    expect(await answer.json()).toEqual(JSON.parse(drawn.document));
    const again = await dock.request("/api/v1/chart", {
      headers: { "If-None-Match": `"${drawn.tag}"` },
    });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  test("is drawn anew only if something changed, and then goes on from before", async () => {
    const before = await drawing.run({ keep });
    const stop = () => Promise.reject(new AppError("aborted", "was drawn anew"));
    expect(await drawing.run({ keep: stop })).toEqual(before);
    await store.put(entryOf("newcomer", rkmeAround(1, 1)));
    await expect(drawing.run({ keep: stop })).rejects.toThrow("drawn anew");
    const after = await drawing.run({ keep });
    expect(after.tag).not.toBe(before.tag);
    const [[was], [is]] = [chartOn(before).islands, chartOn(after).islands];
    expect([is!.x, is!.y]).toEqual([was!.x, was!.y]);
    expect(is!.ids).toEqual([...was!.ids, "newcomer"].sort());
    for (const [i, id] of was!.ids.entries()) {
      const at = is!.ids.indexOf(id);
      const moved = [0, 1].map((k) => is!.places[2 * at + k]! - was!.places[2 * i + k]!);
      expect(Math.hypot(...moved)).toBeLessThan(0.25 * is!.radius);
    }
    expect(await store.chartTag()).toBe(after.tag);
  });

  test("has a place for an island without learnwares, and none for what was removed", async () => {
    await store.putSpace({ ...island, id: "quiet" });
    await store.remove("newcomer");
    const { islands } = chartOn(await drawing.run({ keep }));
    expect(islands.map(({ id, ids }) => [id, ids.length])).toEqual([
      ["houses", 8],
      ["quiet", 0],
    ]);
  });

  test("is drawn afresh where the one before cannot be read", async () => {
    const drawn = await drawing.run({ keep });
    await store.putChart({ tag: "old", drawnOf: "long ago", document: '{"islands": "none"}' });
    expect(chartOn(await drawing.run({ keep })).islands).toHaveLength(2);
    expect((await store.chart())!.drawnOf).toBe(drawn.drawnOf);
  });
});

describe("a chart on the wire", () => {
  const chart = {
    islands: [
      {
        ...{ id: "one", name: "One", x: 1.25, y: -3, radius: 50, unit: 12.5, tags: ["Health"] },
        ids: ["a", "b", "c"],
        places: Float32Array.of(0, 0, 25, -10, -44, 1),
      },
    ],
    lanes: [],
    waters: [{ tag: "Health", x: 9, y: 8 }],
  };

  test("arrives as it was sent, to a tenth of a pixel", () => {
    const back = readChart(ChartDocument.parse(chartToWire(chart)));
    expect({
      ...back,
      islands: [{ ...back.islands[0], places: chart.islands[0]!.places }],
    }).toEqual(chart);
    back.islands[0]!.places.forEach((place, i) => {
      expect(place).toBeCloseTo(chart.islands[0]!.places[i]!, 2);
    });
  });

  test("can leave learnwares out", () => {
    const [left] = readChart(chartOf(chartToWire(chart), new Set(["a", "c"]))).islands;
    expect(left!.ids).toEqual(["a", "c"]);
    expect(left!.places[2]).toBeCloseTo(-44, 2);
  });

  test.each([
    ["islands", []],
    ["radius", { radius: 0 }],
    ["name", { name: 7 }],
    ["id", { id: "No" }],
    ["ids", { ids: ["a", "b", "C"] }],
    ["x", { x: 1e10 }],
    ["unit", { unit: -1 }],
    ["tags", { tags: "Health" }],
  ])("is refused by the page as by its schema: %s", (_, change) => {
    const wire = chartToWire(chart);
    const island = Array.isArray(change) ? change : { ...wire.islands[0], ...change };
    const wrong = { ...wire, islands: [island] };
    expect(ChartDocument.safeParse(wrong).success).toBe(false);
    expect(() => readChart(wrong)).toThrow("contract");
  });

  test("is refused if it contradicts itself", () => {
    const wire = chartToWire(chart);
    const [one] = wire.islands;
    expect(() => readChart({ ...wire, islands: [{ ...one!, ids: ["a"] }] })).toThrow("places");
    const lanes = [{ from: 0, to: 1, count: 1, shared: ["x"] }];
    expect(() => readChart({ ...wire, lanes })).toThrow("to is not");
  });
});

function chartOn({ document }: StoredChart) {
  return readChart(ChartDocument.parse(JSON.parse(document)));
}
