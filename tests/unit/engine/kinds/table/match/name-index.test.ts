import fc from "fast-check";
import { expect, test } from "vitest";

import { islandsByNames } from "../../../../../../src/engine/kinds/table/match/names/by-names";
import { finish } from "../../../../../../src/engine/ground/finish";
import { NameIndex } from "../../../../../../src/engine/kinds/table/match/names/name-index";
import { nameSimilarity } from "../../../../../../src/engine/kinds/table/match/names/names";
import { anyName } from "./any-name";

test("says of the most similar name what a comparison with each would", () => {
  fc.assert(
    fc.property(fc.array(anyName, { minLength: 1, maxLength: 8 }), anyName, (names, asked) => {
      const one = Math.max(...names.map((other) => nameSimilarity(asked, other)));
      expect(new NameIndex(names).best(asked)).toBeCloseTo(one, 12);
    }),
    { numRuns: 2000 },
  );
});

test("looks 500 long names up among those of 100 islands in steps that are short", async () => {
  const letters = (seed: number) =>
    Array.from({ length: 40 }, (_, i) =>
      String.fromCharCode(97 + ((seed * 31 + i * 7 + seed ** i) % 26)),
    ).join("");
  const names = Array.from({ length: 500 }, (_, i) => letters(i % 97));
  const islands = Array.from({ length: 100 }, (_, i) => ({
    id: `island-${i}`,
    features: Array.from({ length: 20 }, (_, j) => feature(letters(1000 + 20 * i + j))),
  }));
  islands.push({ id: "here", features: [feature(names[3]!)] });
  let longest = 0;
  let last = performance.now();
  const found = await finish(islandsByNames(islands, names), () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  });
  expect(found[0]).toEqual({ id: "here", score: 1 });
  expect(longest).toBeLessThan(1000);
});

function feature(name: string) {
  return { name, type: "number" as const, aliases: [], categories: [], center: [0], scale: [1] };
}
