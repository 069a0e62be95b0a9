import { describe, expect, test } from "vitest";

import { wordSimilarity } from "../../../../../src/engine/search/words/word-similarity";

describe("the similarity to a text's best stretch", () => {
  // Values of PostgreSQL 17's pg_trgm; the first is the example of its manual.
  test.each([
    ["word", "two words", 0.8],
    ["hose", "house prices", 0.4],
    ["house", "a house, and another house", 1],
    ["Price", "Prices", 0.8333333],
    ["prices house", "house prices", 1],
  ])("of %j to %j is that of pg_trgm", (asked, text, similarity) => {
    expect(wordSimilarity(asked, text)).toBeCloseTo(similarity, 6);
  });

  test("is 0 where there are no words, or none in common", () => {
    expect(wordSimilarity("", "house")).toBe(0);
    expect(wordSimilarity("house", "…")).toBe(0);
    expect(wordSimilarity("xyz", "house")).toBe(0);
  });

  test("tells letters apart that take two units of text", () => {
    expect(wordSimilarity("𝒜𝒷", "𝒜𝒷 𝒸")).toBe(1);
  });
});
