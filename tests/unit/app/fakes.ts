/** @file Plain objects in place of the clients, with a small market that fits a small table. */

import type { Space } from "../../../src/engine/kinds/table/space/space";
import { summaryOf } from "../../fixtures/learnwares";
import type { Clients, Ledger } from "../../../src/app/clients";
import type { LearnwareCard } from "../../../src/contracts/http/dock-api";
import { SKETCH_LENGTH } from "../../../src/contracts/wire/sketch-length";
import type { RowsBeside } from "../../../src/contracts/workers/rows-beside";
import type { PrivacyChoice } from "../../../src/workflows/find/privacy";
import type { Preparation, Reuse } from "../../../src/contracts/workers/reuse-plan";
import { toWireOnBook } from "../../../src/contracts/wire/wire-on-book";
import { toWire } from "../../../src/contracts/wire/wire-rkme";
import type { Predictions } from "../../../src/engine/reuse/predict/predictions";
import type { Ranking } from "../../../src/engine/search/rank";
import type { Specification } from "../../../src/engine/specification/specification";
import type {
  ColumnProfile,
  TableDialect,
  TableProfile,
} from "../../../src/engine/kinds/table/columns/profile";
import { rankSpaces } from "../../../src/workflows/columns/rank-spaces";
import { gaussianKernel } from "../../../src/engine/specification/kernel/kernel";

const rkme: Specification = {
  points: { data: Float64Array.of(0, 0, 1, 1), rows: 2, cols: 2 },
  weights: Float64Array.of(0.5, 0.5),
  kernel: gaussianKernel(0.5),
  rowCount: 123,
};

const space: Space = {
  id: "house-sales",
  version: 1,
  name: "House sales",
  description: "Homes sold, with their size and age.",
  profile: "berth",
  features: ["sqft", "bedrooms"].map((name) => ({
    name,
    type: "number",
    aliases: [],
    categories: [],
    range: [0, 5000],
    center: [0],
    scale: [1],
  })),
  kernel: gaussianKernel(0.5),
};

export const island = summaryOf(space, { learnwareCount: 3, targets: ["price_k"] });

export function column(name: string, more: Partial<ColumnProfile> = {}): ColumnProfile {
  return {
    name,
    unit: null,
    spelling: { decimal: "." },
    type: "number",
    detected: "number",
    possible: ["number", "category", "text"],
    count: 120,
    missing: 3,
    empty: 3,
    distinct: 100,
    distinctIsExact: true,
    range: [1, 4000],
    mean: 1500,
    histogram: Array.from({ length: 20 }, (_, i) => i),
    top: null,
    ...more,
  };
}

const dialect: TableDialect = {
  ...({ encoding: "utf-8", otherEncodings: [], delimiter: ",", quote: '"', decimal: "." } as const),
  ...{ hasHeader: true, headerLine: 1 },
};

export function profileOf(columns: readonly ColumnProfile[]): TableProfile {
  return {
    rows: 123,
    columns,
    dialect,
    warnings: [],
    repairs: [],
    preview: [columns.map(() => "1"), columns.map(() => "2")],
  };
}

export const profile = profileOf([column("sqft"), column("bedrooms"), column("note")]);

/** What the page starts with. */
export const outline: PrivacyChoice = { level: "reduced", epsilon: 1 };

export function cardOf(id: string, more: Partial<LearnwareCard> = {}): LearnwareCard {
  return {
    id,
    kind: "table",
    name: `Houses of ${id}`,
    description: "A model of house prices.",
    islandId: island.id,
    task: "regression",
    target: "price_k",
    unit: "k$",
    labels: [],
    features: ["sqft", "bedrooms"],
    metrics: [{ name: "rmse", value: 20, trivial: 60, rows: 100 }],
    licence: "CC0-1.0",
    source: "synthetic",
    semantic: {
      Data: { Values: ["Table"], Type: "Class" },
      Task: { Values: ["Regression"], Type: "Class" },
      Library: { Values: ["ONNX"], Type: "Class" },
      Scenario: { Values: [], Type: "Tag" },
      License: { Values: ["Others"], Type: "Class" },
      Name: { Values: id, Type: "String" },
      Description: { Values: "", Type: "String" },
    },
    sha256: "0".repeat(64),
    sizeBytes: 1000,
    rowCount: 900,
    ...more,
  };
}

export const ranking: Ranking = {
  singles: [
    { id: "near", mmd2: 0.01, similarity: 0.95, coverage: 0.9 },
    { id: "middle", mmd2: 0.1, similarity: 0.6, coverage: 0.5 },
    { id: "far", mmd2: 0.9, similarity: 0.1, coverage: 0 },
  ],
  mixture: {
    mmd2: 0.005,
    similarity: 0.97,
    coverage: 0.95,
    members: [
      { id: "middle", weight: 0.25 },
      { id: "near", weight: 0.75 },
    ],
  },
};

const predictions: Predictions = {
  task: "regression",
  target: "price_k",
  unit: "k$",
  values: Float64Array.from({ length: 123 }, (_, i) => 100 + i),
  radii: null,
  far: null,
  farIn: null,
  spread: null,
};

/** Two learnwares that work, of which nothing is known but how near they are. */
export const preparation: Preparation = {
  recommended: "weigh_by_row",
  basis: "fit",
  reason: null,
  judgedBy: null,
  ways: [
    { name: "average", lacks: null, score: null },
    { name: "weigh_by_row", lacks: null, score: null },
    { name: "stack", lacks: "labels", score: null },
  ],
  answers: 0,
  learnwares: ["near", "middle"],
  shares: [0.75, 0.25],
  fillsIn: false,
  leftOut: [],
};

export const reused: Reuse = {
  preparation,
  way: "weigh_by_row",
  account: {
    code: "weighed_by_row",
    learnwares: 2,
    heaviest: 0,
    rowsOf: [100, 23],
    abstained: 0,
  },
  predictions,
  columnFeatures: ["sqft", "bedrooms"],
  ranges: null,
};

/** Three rows beside a model, of which one is not covered. */
const beside: RowsBeside = {
  rows: 3,
  uncovered: [{ row: 2, farIn: [{ feature: "bedrooms", yours: 9, learnt: 3 }] }],
  differences: [
    ...(["bedrooms", "sqft"] as const).map((feature, i) => ({
      ...({ kind: "numbers", feature, apart: 2 - i } as const),
      ...{ yours: [1, 3, 9] as const, learnt: [1, 2, 4] as const },
    })),
  ],
  picture: {
    places: Float32Array.of(0, 0, 1, 1, 2, -3),
    covered: Uint8Array.of(1, 1, 0),
    land: { far: [], near: [], coast: [Float32Array.of(-1, -1, 2, -1, 2, 2, -1, 2)], hill: [] },
    frame: [-2, -4, 3, 3],
    beyond: 0,
    astray: 0,
  },
};

/** A ledger in memory. */
export function fakeLedger(): Ledger {
  const kept = new Map<string, { epsilon: number; delta: number }>();
  const spent = (key: string) => kept.get(key) ?? { epsilon: 0, delta: 0 };
  return {
    spent,
    add: (key, { epsilon, delta }) => {
      const before = spent(key);
      kept.set(key, { epsilon: before.epsilon + epsilon, delta: before.delta + delta });
    },
    clear: () => kept.clear(),
  };
}

/** What the data worker does with islands. */
export const ranker: Pick<Clients["data"], "embed" | "giveAnswers" | "language" | "rankIslands"> = {
  rankIslands: async (islands, columns) => rankSpaces(islands, { columns, preview: [] }),
  language: async () => null,
  giveAnswers: async () => undefined,
  embed: async () => null,
};

const IDS = ["far", "middle", "near"];

/** A browser that keeps nothing. */
const forgetful: Clients["work"] = {
  last: async () => null,
  keep: async () => undefined,
  forget: async () => undefined,
  clear: async () => undefined,
  table: async () => null,
  keepTable: async () => false,
  forgetTable: async () => undefined,
  runs: async () => [],
  addRun: async () => undefined,
  forgetRun: async () => undefined,
  models: async () => [],
  keepModel: async () => false,
  forgetModel: async () => undefined,
};

/** Clients that succeed at once, except where a test gives others. */
export function fakeClients(other: { [C in keyof Clients]?: Partial<Clients[C]> } = {}): Clients {
  const fit = { mmd2: 0.1, similarity: 0.5, coverage: 0.5 };
  return {
    data: {
      read: async () => profile,
      retype: async () => profile,
      cells: async ({ from, to, columns }) => ({
        passing: profile.rows,
        rows: Int32Array.from({ length: Math.min(to, profile.rows) - from }, (_, i) => from + i),
        columns: columns.map(() => ({ kind: "numbers", values: new Float64Array(to - from) })),
      }),
      write: async () => new Blob(["x"]),
      giveEmbedder: async () => undefined,
      placeTexts: () => Promise.reject(new Error("no texts are placed here")),
      thumbnails: async () => [],
      sorted: async () => new Blob(["x"]),
      label: async () => profile,
      ...ranker,
      ...other.data,
    },
    spec: {
      describe: async () => ({
        rkme,
        bookWeights: null,
        preflight: {
          passed: true,
          points: 12,
          dropped: 1,
          nearestRow: 0.2,
          distanceLimit: 0.01,
          fewestRows: 5,
          attackAuc: 0.5,
          strongAuc: 0.54,
          truePositiveRate: 0.02,
        },
        compute: "wasm",
        milliseconds: 10,
      }),
      sketch: async (_island, _matches, privacy) => ({
        sketch: new Float32Array(SKETCH_LENGTH).fill(0.01),
        bookWeights: null,
        rowCount: 123,
        epsilon: privacy?.epsilon ?? null,
        delta: privacy?.delta ?? null,
        compute: "wasm",
        milliseconds: 10,
      }),
      rank: async () => ranking,
      layBeside: async () => beside,
      ...other.spec,
    },
    reuse: {
      prepare: async () => preparation,
      predict: async (_plan, way) => ({ ...reused, way }),
      bundle: async () => new Blob(["zip"]),
      release: () => undefined,
      ...other.reuse,
    },
    own: {
      train: () => Promise.reject(new Error("nothing is trained here")),
      predict: () => Promise.reject(new Error("nothing was trained here")),
      bundle: () => Promise.reject(new Error("nothing was trained here")),
      share: () => Promise.reject(new Error("nothing was trained here")),
      trained: () => Promise.reject(new Error("nothing was trained here")),
      use: () => Promise.resolve(),
      release: () => undefined,
      ...other.own,
    },
    outliner: { outline: async () => [] },
    dock: {
      sendsRequests: true,
      islands: async () => [island],
      island: async () => island,
      search: async () => ({
        islandId: island.id,
        islands: [],
        singles: IDS.map((id) => ({ learnware: cardOf(id), coveredBy: null, score: null, ...fit })),
        mixture: null,
        facets: null,
        next: null,
      }),
      searchNext: async () => ({ singles: [], next: null }),
      chart: async () => ({ islands: [], lanes: [], waters: [] }),
      sketches: async () => ({
        islandId: island.id,
        spaceVersion: 1,
        entries: IDS.toReversed().map((id) => ({
          id,
          task: "regression" as const,
          target: "price_k",
          coveredBy: null,
        })),
        sketches: {
          data: new Int8Array(IDS.length * SKETCH_LENGTH),
          scales: new Float64Array(IDS.length).fill(0.01),
          count: SKETCH_LENGTH,
        },
      }),
      book: async () => Promise.reject(new Error("the space has no book")),
      learnware: async (id) => cardOf(id),
      packageAddress: async ({ id }) => `/packages/${id}`,
      specification: async ({ id }) => ({
        id,
        spaceId: space.id,
        spaceVersion: 1,
        rkme: toWire(rkme),
        radiusSquared: 1,
      }),
      ...other.dock,
    },
    searcher: {
      scan: async () => [],
      shortlist: async () => ({ matches: [], mixable: [] }),
      rank: async () => ranking,
      ...other.searcher,
    },
    packages: {
      get: async () => new Uint8Array(3),
      clear: async () => undefined,
      ...other.packages,
    },
    ledger: { ...fakeLedger(), ...other.ledger },
    key: { get: async () => new Uint8Array(32), renew: async () => undefined, ...other.key },
    work: { ...forgetful, ...other.work },
  };
}

/** Clients of a dock whose space has a book of forty points, and of rows that a dozen of them have weight of. */
export function clientsOnBook(other: Parameters<typeof fakeClients>[0] = {}): Clients {
  const mark = { sha256: "b".repeat(64), points: 40 };
  const onBook = { ...island, space: { ...space, book: mark } };
  const data = Float64Array.from({ length: 80 }, (_, at) => 1000 + at);
  const bookWeights = Float64Array.from({ length: 40 }, (_, j) => Math.max(0, 12 - j) / 78);
  const { spec, dock } = fakeClients();
  return fakeClients({
    ...other,
    spec: {
      describe: async (...asked) => {
        const { preflight, ...made } = await spec.describe(...asked);
        const onPublic = { nearestRow: null, distanceLimit: null, fewestRows: null, dropped: 0 };
        return { ...made, bookWeights, preflight: { ...preflight, ...onPublic, points: 40 } };
      },
      sketch: async (...asked) => {
        const made = await spec.sketch(...asked);
        return { ...made, sketch: new Float32Array(40).fill(0.1), bookWeights };
      },
      ...other.spec,
    },
    dock: {
      islands: async () => [onBook],
      island: async () => onBook,
      book: async () => ({ data, rows: 40, cols: 2 }),
      specification: async (name) => ({
        ...(await dock.specification(name)),
        rkme: toWireOnBook(mark, bookWeights, 120),
      }),
      ...other.dock,
    },
  });
}

/** The answer of a dock that has nothing. */
export const nothingFound: Awaited<ReturnType<Clients["dock"]["search"]>> = {
  islandId: "house-sales",
  islands: [],
  singles: [],
  mixture: null,
  facets: null,
  next: null,
};
