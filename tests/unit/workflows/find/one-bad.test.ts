import { describe, expect, it } from "vitest";

import { noFilter } from "../../../../src/workflows/find/filter";
import type { FindDock, FindPorts, SketchTable } from "../../../../src/workflows/find/ports";
import type { WireSpecification } from "../../../../src/contracts/http/dock-api";
import { AppError } from "../../../../src/contracts/outcome";
import { finish } from "../../../../src/engine/ground/finish";
import type { Query } from "../../../../src/workflows/find/payload";
import { searchHere } from "../../../../src/workflows/find/candidates";
import {
  cardOf,
  island,
  rkmeAround,
  specificationOf,
  summaryOf,
} from "../../../fixtures/learnwares";

const good = (id: string) => specificationOf(id, rkmeAround(1, 0));
const overflowing = Buffer.from(new Float32Array(20).fill(3e38).buffer).toString("base64");
const ids = ["bad", "fine", "good"];

const table: SketchTable = {
  spaceVersion: 1,
  entries: ids.map((id) => ({ id, task: "regression", target: "price", coveredBy: null })),
  sketches: { data: new Int8Array(3 * 512), scales: Float64Array.of(1, 1, 1), count: 512 },
};

/** A search in the tab of a dock that answers this when asked for the specification of `bad`. */
async function found(bad: () => WireSpecification) {
  const never = () => {
    throw new Error("not asked here");
  };
  const dock: FindDock = {
    island: never,
    search: never,
    async *sketches() {
      yield* [];
      return table;
    },
    learnware: async (id) => cardOf(id),
    book: never,
    specification: async ({ id }) => (id === "bad" ? bad() : good(id)),
  };
  const ports: Pick<FindPorts, "dock" | "scan"> = { dock, scan: never };
  const query: Query = {
    island: summaryOf(island),
    matches: [],
    target: null,
    filter: noFilter,
    privacy: { level: "nothing", epsilon: 1 },
  };
  return finish(searchHere(ports, new Float32Array(512), query, null));
}

describe("a search in the tab", () => {
  it.each<[string, () => WireSpecification]>([
    [
      "breaks the contract",
      () => {
        throw new AppError("bad_answer", "no");
      },
    ],
    ["overflows", () => ({ ...good("bad"), rkme: { ...good("bad").rkme, weights: overflowing } })],
    ["is cut off", () => ({ ...good("bad"), rkme: { ...good("bad").rkme, points: "AAAA" } })],
    [
      "is of another width",
      () => ({ ...good("bad"), rkme: { ...good("bad").rkme, rows: 40, cols: 1 } }),
    ],
    ["is of another kernel", () => specificationOf("bad", rkmeAround(1, 0, 0.7))],
  ])("leaves out a specification that %s, and goes on", async (_, bad) => {
    const { specifications, cards } = await found(bad);
    expect(specifications.map(({ id }) => id)).toEqual(["fine", "good"]);
    expect(cards.map(({ id }) => id)).toEqual(["fine", "good"]);
  });

  it("says so when the dock fails", async () => {
    const failing = found(() => {
      throw new AppError("network_failed", "gone");
    });
    await expect(failing).rejects.toMatchObject({ code: "network_failed" });
  });
});
