/** @file A market as the product's workflows meet it: a dock that sends nothing, and models that are loaded. */

import { randomBytes } from "node:crypto";

import type { IslandSummary, LearnwareCard } from "../../src/contracts/http/dock-api";
import { toWireOnBook } from "../../src/contracts/wire/wire-on-book";
import { toWire } from "../../src/contracts/wire/wire-rkme";
import { finish } from "../../src/engine/ground/finish";
import type { Matrix } from "../../src/engine/ground/matrix";
import type { Space } from "../../src/engine/kinds/space";
import type { FeatureMatch } from "../../src/engine/kinds/table/space/space";
import type { RunnableLearnware } from "../../src/engine/learnware/runnable-learnware";
import { islandFeatures } from "../../src/engine/search/sketches/island-features";
import {
  type Book,
  type BookPoints,
  openBook,
  sketchOnBook,
} from "../../src/engine/specification/book/book";
import { weighSpecification } from "../../src/engine/specification/book/weigh";
import type { Specification } from "../../src/engine/specification/specification";
import type { CandidateSpec } from "../../src/engine/specification/candidate-spec";
import { quantiseSketches, scanSketches } from "../../src/engine/search/sketches/sketch-scan";
import type { Compute } from "../../src/engine/specification/kernel/compute";
import { sketchOf } from "../../src/engine/specification/kernel/random-features";
import { noFilter } from "../../src/workflows/find/filter";
import { find, type Finding } from "../../src/workflows/find/find";
import { rowDescriber } from "../../src/workflows/find/describe/row-describer";
import type { OpenedMembers, ReuseHostPorts } from "../../src/workflows/reuse/ports";
import type { ReuseMember } from "../../src/contracts/workers/reuse-plan";
import { secretOf } from "../fixtures/secret";

/** A learnware of a market. */
export interface DeskLearnware extends Pick<RunnableLearnware, "id" | "about" | "run"> {
  readonly candidate: CandidateSpec;
}

export interface Desk {
  readonly compute: Compute;
  readonly island: Space;
  /** Null where specifications have points of their own. */
  readonly book: BookPoints | null;
  readonly learnwares: readonly DeskLearnware[];
  readonly matches: readonly FeatureMatch[];
}

/** @param scaled - Shape [n, d]: the user's rows, scaled by the island; not kept as they are. */
export function findAtDesk(desk: Desk, scaled: Matrix<Float32Array>): Promise<Finding> {
  const { compute, island, learnwares, matches } = desk;
  const byId = new Map(learnwares.map((one) => [one.id, one]));
  const search = find(
    {
      describer: rowDescriber({
        compute,
        scaledRows: async () => scaled,
        secret: () => secretOf(2),
        randomBytes: (count) => new Uint8Array(randomBytes(count)),
        now: () => performance.now(),
      }),
      dock: {
        island: async () => islandOf(desk),
        search: () => Promise.reject(new Error("nothing leaves a user of this market")),
        async *sketches() {
          yield { stage: "download", done: 0, total: 1 };
          return {
            spaceVersion: island.version,
            entries: learnwares.map(({ id, about: { task, target } }) => ({
              ...{ id, task, target, coveredBy: null },
            })),
            sketches: sketchesOf(desk),
          };
        },
        async *book() {
          yield { stage: "download", done: 0, total: 1 };
          return desk.book!;
        },
        learnware: async (id) => cardOf(byId.get(id)!, island),
        specification: async ({ id }) => {
          const { rkme, radiusSquared } = byId.get(id)!.candidate;
          const wire = desk.book ? onWire(island, openBook(desk.book, island.kernel), rkme) : toWire(rkme); // prettier-ignore
          return { id, rkme: wire, radiusSquared };
        },
      },
      async *scan({ sketches, sketch, wanted, limit }) {
        yield { stage: "match", done: 0, total: 1 };
        return scanSketches(sketches, sketch, limit, (index) => wanted[index] === 1);
      },
      review: () => Promise.resolve(),
      spend: () => Promise.resolve(),
    },
    {
      ...{ island: islandOf(desk), matches, target: null, filter: noFilter },
      privacy: { level: "nothing", epsilon: 1 },
    },
  );
  return finish(search);
}

/** Learnwares of the market are open already. */
export function openAtDesk({ learnwares }: Desk): ReuseHostPorts["open"] {
  return async (members: readonly ReuseMember[]): Promise<OpenedMembers> => ({
    opened: members.map(({ id, share, spec }) => {
      const { about, run } = learnwares.find((one) => one.id === id)!;
      return { id, about, run, share, spec };
    }),
    failed: [],
  });
}

/** A market is the only island of its space. */
function islandOf({ island: space, learnwares }: Desk): IslandSummary {
  return {
    ...{ id: space.id, name: space.name, description: space.description, question: null, space },
    learnwareCount: learnwares.length,
    targets: [...new Set(learnwares.map(({ about }) => about.target))],
  };
}

function onWire({ book }: Space, opened: Book, rkme: Specification) {
  return toWireOnBook(book!, weighSpecification(opened, rkme), rkme.rowCount);
}

function sketchesOf({ island, book, learnwares }: Desk) {
  const features = islandFeatures(island, learnwares[0]!.candidate.rkme.points.cols);
  const opened = book && openBook(book, island.kernel);
  const all = learnwares.map(({ candidate: { rkme } }) =>
    opened
      ? sketchOnBook(opened, weighSpecification(opened, rkme))
      : sketchOf(rkme.points, rkme.weights, features),
  );
  const count = all[0]!.length;
  const data = new Float32Array(all.length * count);
  all.forEach((sketch, i) => data.set(sketch, i * count));
  const { scales, ...quantised } = quantiseSketches(data, count);
  return { ...quantised, scales, data: new Int8Array(quantised.data) };
}

function cardOf({ id, about, candidate }: DeskLearnware, island: Space): LearnwareCard {
  const none = { Values: [], Type: "Class" as const };
  return {
    ...{ id, kind: "table", name: id, description: "", islandId: island.id, task: about.task },
    ...{
      target: about.target,
      labels: [...about.labels],
      features: [...about.features],
      metrics: [],
    },
    ...{ licence: "Others", source: "", sha256: "0".repeat(64), sizeBytes: 0 },
    rowCount: candidate.rkme.rowCount,
    semantic: {
      ...{ Data: none, Task: none, Library: none, License: none },
      Scenario: { Values: [], Type: "Tag" },
      Name: { Values: id, Type: "String" },
      Description: { Values: "", Type: "String" },
    },
  };
}
