import { describe, expect, it } from "vitest";

import type { SearchRequest } from "../../../../src/contracts/http/dock-api";
import { SearchRequest as SearchRequestSchema } from "../../../../src/contracts/http/dock-api";
import { AppError } from "../../../../src/contracts/outcome";
import { toWireOnBook, weightsFromWire } from "../../../../src/contracts/wire/wire-on-book";
import { finish } from "../../../../src/engine/ground/finish";
import type { Matrix } from "../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../src/engine/ground/random";
import type { Space } from "../../../../src/engine/kinds/table/space/space";
import { quantiseSketches, scanSketches } from "../../../../src/engine/search/sketches/sketch-scan";
import { openBook, sketchOnBook } from "../../../../src/engine/specification/book/book";
import { weighRows } from "../../../../src/engine/specification/book/weigh";
import { gaussianKernel } from "../../../../src/engine/specification/kernel/kernel";
import { ReferenceCompute } from "../../../../src/engine/specification/kernel/reference-compute";
import { rowDescriber } from "../../../../src/workflows/find/describe/row-describer";
import { noFilter } from "../../../../src/workflows/find/filter";
import { find } from "../../../../src/workflows/find/find";
import type { Payload, Query } from "../../../../src/workflows/find/payload";
import type { FindDock } from "../../../../src/workflows/find/ports";
import type { PrivacyLevel } from "../../../../src/workflows/find/privacy";
import { cardOf, island, summaryOf } from "../../../fixtures/learnwares";
import { seededBytes } from "../../../fixtures/random-bytes";
import { secretOf } from "../../../fixtures/secret";

const kernel = gaussianKernel(0.25);
const compute = new ReferenceCompute();
const points = { ...cloud(1, 0, 256, 2), data: Float64Array.from(cloud(1, 0, 256, 2).data) };
const book = openBook(points, kernel);
const mark = { sha256: "b".repeat(64), points: 256 };
const space: Space = { ...island, version: 3, kernel, book: mark };
const matches = space.features.map(({ name }, column) => ({ feature: name, column }));

/** Learnwares by where their rows are. */
const centres = new Map([
  ["at-0", 0],
  ["at-1", 1],
  ["at-2", 2],
]);

function cloud(seed: number, centre: number, rows: number, spread = 1): Matrix<Float32Array> {
  const random = seededRandom(seed);
  const draw = () => centre + spread * normal(random);
  return { data: Float32Array.from({ length: rows * 2 }, draw), rows, cols: 2 };
}

async function published(): Promise<Map<string, Float64Array>> {
  const all = new Map<string, Float64Array>();
  for (const [id, centre] of centres) {
    const rows = await compute.load(cloud(7 + centre, centre, 300));
    all.set(id, await weighRows(book, rows));
  }
  return all;
}

/** A search for rows around 1, by this browser's key; what was sent, and what came of it. */
async function findBy(level: PrivacyLevel, change: Partial<FindDock> = {}, key = 1) {
  const weights = await published();
  const sent: SearchRequest[] = [];
  const asked: string[] = [];
  const spent: number[] = [];
  const ids = [...centres.keys()];
  const dock: FindDock = {
    island: async () => summaryOf(space),
    async search(request) {
      sent.push(request);
      const fit = { mmd2: 0, similarity: 1, coverage: 1, score: null, coveredBy: null };
      return { singles: ids.map((id) => ({ learnware: cardOf(id), ...fit })), mixture: null };
    },
    async *sketches() {
      yield* [];
      const data = Float32Array.from(
        ids.flatMap((id) => [...sketchOnBook(book, weights.get(id)!)]),
      );
      const sketches = quantiseSketches(data, 256) as ReturnType<typeof quantiseSketches> & {
        data: Int8Array<ArrayBuffer>;
      };
      const entry = { task: "regression", target: "price", coveredBy: null } as const;
      return { spaceVersion: 3, entries: ids.map((id) => ({ id, ...entry })), sketches };
    },
    learnware: async (id) => cardOf(id),
    async *book(wanted, cols) {
      yield* [];
      asked.push(`${wanted.sha256} ${cols}`);
      return points;
    },
    specification: async ({ id }) => ({
      id,
      rkme: toWireOnBook(mark, weights.get(id)!, 300),
      radiusSquared: 1,
    }),
    ...change,
  };
  const describer = rowDescriber({
    compute,
    scaledRows: async () => cloud(5, 1, 400),
    secret: () => secretOf(key),
    randomBytes: seededBytes(4),
    now: () => 0,
  });
  let payload: Payload | null = null;
  const query: Query = {
    ...{ island: summaryOf(space), matches, target: null, filter: noFilter },
    privacy: { level, epsilon: 4 },
  };
  const finding = await finish(
    find(
      {
        ...{ dock, describer },
        async *scan({ sketches, sketch, limit }) {
          yield* [];
          return scanSketches(sketches, sketch, limit);
        },
        review: async (ready) => {
          payload = ready;
        },
        spend: async (epsilon) => {
          spent.push(epsilon);
        },
      },
      query,
    ),
  );
  return { finding, sent, asked, spent, payload: payload as Payload | null };
}

const nearest = ({ finding }: Awaited<ReturnType<typeof findBy>>) =>
  finding.offers.find(({ kind }) => kind === "single")?.key;

describe("a search on a space with a book", () => {
  it("sends weights of less than a kilobyte in all, and finds what the rows are like", async () => {
    const found = await findBy("reduced");
    const [request] = found.sent;
    expect(request!.requirement).toMatchObject({
      form: "weights",
      space: { id: "houses", version: 3 },
      on: { book: mark.sha256, rowCount: 400 },
      noise: null,
    });
    expect(SearchRequestSchema.parse(request)).toMatchObject({ requirement: request!.requirement });
    if (found.payload?.level !== "reduced") throw new Error("another level");
    expect(found.payload.json).toBe(JSON.stringify(request));
    expect(found.payload.bytes).toBeLessThanOrEqual(1000);
    expect(found.asked).toEqual([`${mark.sha256} 2`]);
    expect(nearest(found)).toBe("at-1");
  });

  it("shows the points of the book that what is sent weighs, and as much as it weighs them", async () => {
    const { payload, sent } = await findBy("reduced");
    if (payload?.level !== "reduced" || sent[0]!.requirement?.form !== "weights") {
      throw new Error("another form");
    }
    const shares = weightsFromWire(sent[0]!.requirement.on, mark);
    const carrying = [...payload.description.bookWeights!].filter((weight) => weight > 0);
    expect(payload.bookPoints).toBe(256);
    expect(payload.rkme!.weights).toEqual(Float64Array.from(carrying));
    expect([...shares].filter((share) => share > 0).length).toBeLessThanOrEqual(carrying.length);
  });

  it("sends the same bytes again by the same key, and others by another", async () => {
    const [one, again, other] = [
      await findBy("reduced"),
      await findBy("reduced"),
      await findBy("reduced", {}, 2),
    ];
    expect(again.sent).toEqual(one.sent);
    expect(other.sent).not.toEqual(one.sent);
  });

  it("sends weights with noise, and spends what they cost", async () => {
    const found = await findBy("private");
    expect(found.sent[0]!.requirement).toMatchObject({
      form: "weights",
      on: { rowCount: 400 },
      noise: { epsilon: 4, delta: 1e-5 },
    });
    expect(found.spent).toEqual([4]);
    if (found.payload?.level !== "private") throw new Error("another level");
    expect(found.payload.bytes).toBeLessThanOrEqual(1100);
    expect(nearest(found)).toBe("at-1");
  });

  it("sends nothing where nothing is to leave, and finds the same", async () => {
    const found = await findBy("nothing");
    expect(found.sent).toEqual([]);
    if (found.payload?.level !== "nothing") throw new Error("another level");
    expect(found.payload.sketch.length).toBe(256);
    expect(nearest(found)).toBe("at-1");
  });

  it("says so when the book cannot be had, and sends nothing", async () => {
    const sent: unknown[] = [];
    const failing = findBy("reduced", {
      async *book() {
        yield* [];
        throw new AppError("hash_mismatch", "another book");
      },
      search: async (request) => {
        sent.push(request);
        return { singles: [], mixture: null };
      },
    });
    await expect(failing).rejects.toMatchObject({ code: "hash_mismatch" });
    expect(sent).toEqual([]);
  });

  it("describes the rows anew where the dock has another book by now", async () => {
    let asks = 0;
    const found = await findBy("reduced", {
      search: async () => {
        asks++;
        if (asks === 1) throw new AppError("stale_island", "another book");
        return { singles: [], mixture: null };
      },
    });
    expect([asks, found.asked.length]).toEqual([2, 2]);
  });
});
