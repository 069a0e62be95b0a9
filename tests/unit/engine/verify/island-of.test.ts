import { describe, expect, test } from "vitest";

import type { Question } from "../../../../src/engine/learnware/question";
import { islandAnswering, sameSpaceAmong } from "../../../../src/engine/verify/island-of";
import { island } from "../../../fixtures/learnwares";

const of = (target: string): Question => ({ form: "target", target });
const prices = { id: "houses", question: of("price") };
const rents = { id: "houses-rent", question: of("rent") };
const open = { id: "houses-open", question: null };

describe("a learnware joins", () => {
  test("the island that answers what it answers, rather than one that answers nothing yet", () => {
    expect(islandAnswering([open, prices, rents], of("rent"))).toBe(rents);
  });

  test("one that answers nothing yet where none answers the same", () => {
    expect(islandAnswering([prices, open], of("tax"))).toBe(open);
  });

  test("the one that it is wished for, if that answers something", () => {
    expect(islandAnswering([prices, rents], of("rent"), "houses")).toBe(prices);
  });

  test("none where all answer something else: it founds one", () => {
    expect(islandAnswering([prices, rents], of("tax"))).toBeNull();
  });
});

describe("the space that a zip carries", () => {
  const renamed = { ...island, id: "dwellings" };
  const other = {
    ...island,
    id: "cars",
    features: island.features.map((feature) => ({ ...feature, name: `${feature.name} of cars` })),
  };

  test("is the one of the same features, whatever it is called", () => {
    expect(sameSpaceAmong([other, renamed], island)?.space.id).toBe("dwellings");
  });

  test("is, of several of the same features, the one that it names", () => {
    expect(sameSpaceAmong([renamed, island], island)?.space.id).toBe("houses");
  });

  test("is none of spaces with other features", () => {
    expect(sameSpaceAmong([other], island)).toBeNull();
  });
});
