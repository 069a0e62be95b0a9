import { describe, expect, test } from "vitest";

import {
  type Described,
  matcherOf,
  tagsOf,
} from "../../../../../src/engine/search/words/semantic-filter";
import { cardOf } from "../../../../fixtures/learnwares";

const houses: Described = {
  name: "House prices of King County",
  description: "Sales of 2014 and 2015, with 18 features.",
  tags: tagsOf(cardOf("a").semantic),
  target: "price",
  sizeBytes: 3000,
  skill: 0.6,
};

const passes = (filter: Parameters<typeof matcherOf>[0]) => matcherOf(filter)(houses) !== null;

describe("a filter by meaning", () => {
  test("lets everything pass that is asked for nothing", () => {
    expect(matcherOf({})(houses)).toBe(0);
    expect(matcherOf({ tags: {}, text: "  " })(houses)).toBe(0);
    expect(matcherOf({ tags: { Task: [] } })(houses)).toBe(0);
  });

  test("takes any value of a key, and needs every key", () => {
    expect(passes({ tags: { Task: ["Classification", "Regression"] } })).toBe(true);
    expect(passes({ tags: { Task: ["Regression"], Scenario: ["Medical"] } })).toBe(false);
    expect(passes({ tags: { Task: ["Regression"], Scenario: ["Business"] } })).toBe(true);
  });

  test("takes one target only", () => {
    expect([passes({ target: "price" }), passes({ target: "size" })]).toEqual([true, false]);
  });

  test.each([
    ["king county", 1],
    ["COUNTY SALES", 1], // From the end of the name to the beginning of the description.
    ["14 and", 1],
    ["kings county", null],
    ["county king", null],
  ])("finds %s exactly only as it stands there", (text, found) => {
    expect(matcherOf({ text, textMode: "exact" })(houses)).toBe(found);
  });

  test("finds by meaning unless told otherwise, less well what is misspelt", () => {
    expect(matcherOf({ text: "房价" })(houses)).toBe(1);
    const misspelt = matcherOf({ text: "housse prices" })(houses);
    expect(misspelt).toBeGreaterThan(0.8);
    expect(misspelt).toBeLessThan(1);
  });

  test("takes any of the sizes and skills", () => {
    expect([passes({ sizes: ["tiny", "huge"] }), passes({ sizes: ["small"] })]).toEqual([
      true,
      false,
    ]);
    expect([passes({ skills: ["strong"] }), passes({ skills: ["fair", "weak"] })]).toEqual([
      true,
      false,
    ]);
    expect(passes({ sizes: [], skills: [] })).toBe(true);
  });

  test.each(["flight delays", "%", "xyz"])("does not find %s", (text) => {
    expect(passes({ text })).toBe(false);
  });
});
