import { expect, test, vi } from "vitest";

import { chinese } from "../../../../../src/app/screens/learnware/chinese";
import { english } from "../../../../../src/app/screens/learnware/english";
import { LearnwareView } from "../../../../../src/app/screens/learnware/learnware.svelte";
import { english as world } from "../../../../../src/app/screens/world/english";
import { Format } from "../../../../../src/app/words/format";
import { toWireOnBook } from "../../../../../src/contracts/wire/wire-on-book";
import type { IslandSummary } from "../../../../../src/contracts/http/dock-api";
import { TEXT_SPACES } from "../../../../../src/engine/kinds/text/spaces";
import { cardOf, fakeClients } from "../../fakes";

test("a model of texts is shown without columns, and said to read texts", async () => {
  vi.stubGlobal("document", { baseURI: "http://localhost/" });
  const space = TEXT_SPACES.english;
  const card = cardOf("topics", { features: [], islandId: space.id });
  const { id, name, description } = space;
  const of = { question: null, learnwareCount: 0, targets: ["topic"] };
  const island: IslandSummary = { id, name, description, space, ...of };
  const { points } = space.book;
  const view = new LearnwareView(
    fakeClients({
      dock: {
        learnware: () => Promise.resolve(card),
        packageAddress: () => Promise.resolve("packages/topics.zip"),
        island: () => Promise.resolve(island),
        specification: () =>
          Promise.resolve({
            ...{ id: "topics", spaceId: space.id, spaceVersion: 1 },
            rkme: toWireOnBook(space.book, new Float64Array(points).fill(1 / points), 200),
            radiusSquared: 1,
          }),
        book: () =>
          Promise.resolve({
            data: Float64Array.from({ length: points * space.dimension }, (_, i) => Math.sin(i)),
            rows: points,
            cols: space.dimension,
          }),
      },
    }),
  );
  await view.show("topics");
  expect(view.told).toMatchObject({ kind: "ready", value: { points, bands: [] } });
  expect(view.otherKind).toBe("text");
  expect(view.columns).toEqual([]);
});

test("no word counts the features that texts do not have", () => {
  const format = new Format("en");
  expect(english(format).formatOf(0, 2)).toBe("ONNX, 2 out");
  expect(chinese(new Format("zh")).formatOf(0, 2)).not.toContain("0");
  expect(world(format).about(0, ["topic"])).toBe("predicts topic");
  expect(world(format).about(2, [])).toBe("2 features");
});
