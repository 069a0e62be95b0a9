import fc from "fast-check";
import { expect, test } from "vitest";

import { partialRatio } from "../../../src/reference/partial-ratio";
import {
  searchExactly,
  searchFuzzily,
  type Semantic,
} from "../../../src/reference/semantic-search";
import { checkSemantic } from "../../../src/engine/learnware/semantic";
import { readGolden } from "../../fixtures/golden/read-golden";

interface Golden {
  readonly market: readonly { readonly id: string; readonly semantic_spec: Semantic }[];
  readonly queries: readonly {
    readonly name: string;
    readonly query: Semantic;
    readonly exact: string[];
    readonly fuzzy: string[];
  }[];
  readonly partial_ratio: readonly (readonly [string, string, number])[];
  readonly checker: readonly {
    readonly name: string;
    readonly spec: unknown;
    readonly status: 0 | -1;
  }[];
}

const golden = readGolden("semantic_search") as Golden;
const market = golden.market.map(({ id, semantic_spec }) => ({ id, semantic: semantic_spec }));

test.for(golden.queries)("the query $name finds what the package finds", (golden) => {
  expect(searchExactly(market, golden.query).map(({ id }) => id)).toEqual(golden.exact);
  expect(searchFuzzily(market, golden.query).map(({ id }) => id)).toEqual(golden.fuzzy);
});

test("fuzzy matches come by similarity, the highest first", () => {
  const named = ["sales of a reta", "unlike", "retail saels", "retail sale"].map((name, i) => ({
    id: String(i),
    semantic: { Name: { Values: name }, Description: { Values: "" } },
  }));
  const request = { Name: { Values: "retail sales", Type: "String" } };
  expect(searchFuzzily(named, request).map(({ id }) => id)).toEqual(["3", "2"]);
});

test.for([
  ...golden.partial_ratio,
  ["testx", "test classification", 88.88888888888889],
  ["region", "test classification", 66.66666666666667],
  ["laernwaer", "learnware_0", 82.35294117647058],
  ["a certain string", "cetain", 83.33333333333334],
  ["this is a test", "this is a test!", 100],
] as const)("%s and %s are similar to %d %%", ([a, b, expected]) => {
  expect(partialRatio(a, b)).toBeCloseTo(expected, 12);
  expect(partialRatio(b, a)).toBeCloseTo(expected, 12);
});

test("letters outside the basic plane count as one", () => {
  expect(partialRatio("𝔞b", "𝔞c")).toBeCloseTo(partialRatio("ab", "ac"), 12);
});

test("the similarity is the best of all stretches that are as long as the shorter text or cut at an end", () => {
  const texts = fc.string({ unit: fc.constantFrom("a", "b", "c", " "), maxLength: 12 });
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      expect(partialRatio(a, b)).toBeCloseTo(Math.max(everyStretch(a, b), everyStretch(b, a)), 9);
    }),
    { numRuns: 300 },
  );
});

test.for(golden.checker)("the checker's verdict on $name is the package's", ({ spec, status }) => {
  if (status === 0) expect(checkSemantic(spec)).toMatchObject({ Data: { Type: "Class" } });
  else {
    expect(() => checkSemantic(spec)).toThrow(
      expect.objectContaining({ code: "bad_specification" }) as Error,
    );
  }
});

/** The definition, without skipping anything; nothing if `needle` is the longer text. */
function everyStretch(needle: string, hay: string): number {
  if (needle.length > hay.length) return 0;
  if (needle === "") return hay === "" ? 100 : 0;
  let best = 0;
  for (let from = 0; from < hay.length; from++) {
    for (let to = from + 1; to <= hay.length; to++) {
      const isCut = to - from < needle.length && (from === 0 || to === hay.length);
      if (!isCut && to - from !== needle.length) continue;
      const common = longestCommon(needle, hay.slice(from, to));
      best = Math.max(best, (200 * common) / (needle.length + to - from));
    }
  }
  return best;
}

function longestCommon(a: string, b: string): number {
  if (a === "" || b === "") return 0;
  if (a.startsWith(b.slice(0, 1))) return 1 + longestCommon(a.slice(1), b.slice(1));
  return Math.max(longestCommon(a.slice(1), b), longestCommon(a, b.slice(1)));
}
