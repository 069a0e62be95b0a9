import { describe, expect, test } from "vitest";

import { isNear, nearConcepts } from "../../../../../src/engine/search/words/near-words";
import {
  LEAST_RELEVANCE,
  NAME_COUNTS,
  NEAR_COUNTS,
  relevance,
  type Said,
  searchKeysOf,
  wantedOf,
} from "../../../../../src/engine/search/words/relevance";

const houses: Said = {
  name: "House prices in zip code 98056",
  description: "Predicts the sale price of a house. Trained on sales in King County.",
  tags: ["Data:Table", "Task:Regression", "License:MIT", "Scenario:Business"],
  target: "price_k",
};
const keys = new Set(searchKeysOf(houses));
const of = (text: string) => relevance(wantedOf(text), keys);

describe("the relevance of a learnware", () => {
  test("is whole where all is there, and a little less where its name lacks it", () => {
    expect(of("house prices")).toBe(1);
    expect(of("房价")).toBe(1);
    expect(of("sale")).toBeCloseTo(1 - NAME_COUNTS, 12);
    expect(of("house sale")).toBeCloseTo(1 - NAME_COUNTS / 2, 12);
  });

  test("counts what is misspelt or only begun somewhat less", () => {
    expect(of("cuonty")).toBeCloseTo((1 - NAME_COUNTS) * NEAR_COUNTS, 12);
    expect(of("coun")).toBeCloseTo((1 - NAME_COUNTS) * NEAR_COUNTS, 12);
    expect(of("hose")).toBeCloseTo((1 - NAME_COUNTS) * NEAR_COUNTS, 12);
  });

  test("is nothing below the floor, however many learnwares there are", () => {
    expect(of("house prices in Beijing")).toBeGreaterThan(LEAST_RELEVANCE);
    expect(of("flower prices")).toBeNull();
    expect(of("quantum physics")).toBeNull();
    expect(of("the of")).toBeNull();
  });

  test("looks at kind, task and scenario, not at the licence", () => {
    expect(of("表格")).not.toBeNull();
    expect(of("回归")).not.toBeNull();
    expect(of("商业")).not.toBeNull();
    expect(of("MIT")).toBeNull();
  });

  test("looks at translations", () => {
    const zh = { name: "邮编区竹荪", description: "甘草" };
    const both = new Set(searchKeysOf({ ...houses, translations: { zh } }));
    expect(relevance(wantedOf("竹荪"), both)).toBe(1);
    expect(relevance(wantedOf("甘草"), both)).toBeCloseTo(1 - NAME_COUNTS, 12);
    expect(relevance(wantedOf("竹荪"), keys)).toBeNull();
  });
});

describe("a word is near another one", () => {
  test.each([
    ["pengin", "penguin"],
    ["pengiun", "penguin"],
    ["banknot", "banknote"],
    ["destinatoin", "destination"],
    ["con", "concret"],
  ])("%s to %s", (word, other) => expect(isNear(word, other)).toBe(true));

  test.each([
    ["house", "mouse"],
    ["house", "house"],
    ["ab", "abalone"],
    ["cat", "cart"],
    ["income", "outcome"],
    ["salt", "sailor"],
  ])("%s not to %s", (word, other) => expect(isNear(word, other)).toBe(false));

  test("as a word of the dictionary, whatever language the learnware has", () => {
    expect(nearConcepts("diabets")).toEqual(["~diabetes"]);
    expect(nearConcepts("xyzzy")).toEqual([]);
  });
});
