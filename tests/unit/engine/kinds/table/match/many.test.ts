import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { LEAST_NAME } from "../../../../../../src/engine/kinds/table/match/column-similarity";
import { MeaningIndex } from "../../../../../../src/engine/kinds/table/match/names/meaning-index";
import {
  isTelling,
  meaningOf,
  meaningSimilarity,
} from "../../../../../../src/engine/kinds/table/match/names/meanings";
import { NameIndex } from "../../../../../../src/engine/kinds/table/match/names/name-index";
import { nameSimilarity } from "../../../../../../src/engine/kinds/table/match/names/names";
import { rankIslands } from "../../../../../../src/engine/kinds/table/match/related";
import { manyColumns, manyIslands, wideIsland } from "../../../../../fixtures/many-islands";
import { anyName } from "./any-name";
import { patience } from "../../../../../patience";

const names = fc.array(anyName, { minLength: 1, maxLength: 8 });

describe("names that are looked up", () => {
  it.each([0, 0.5, 0.78])("are as alike as one by one, from %f on", (least) => {
    fc.assert(
      fc.property(names, anyName, (some, asked) => {
        const found = new NameIndex(some).alike(asked, least);
        for (const [at, other] of some.entries()) {
          const alike = nameSimilarity(asked, other);
          expect(found.get(at) ?? 0).toBeCloseTo(alike >= least ? alike : 0, 12);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("mean the same as one by one", () => {
    fc.assert(
      fc.property(names, names, (some, asked) => {
        const meanings = some.map(meaningOf);
        const index = new MeaningIndex(meanings);
        const found = index.alike(asked.map(meaningOf), LEAST_NAME);
        for (const [at, meaning] of meanings.entries()) {
          const alike = Math.max(...asked.map((one) => meaningSimilarity(meaning, meaningOf(one))));
          const isFound = isTelling(meaning) && alike >= LEAST_NAME;
          expect(found.get(at) ?? 0).toBeCloseTo(isFound ? alike : 0, 12);
          expect(index.untelling.includes(at)).toBe(!isTelling(meaning));
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("ranking islands", () => {
  const timed = (work: () => void) => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };

  it.each([14, 100])("takes a moment for 4096 features of one island and %i columns", (count) => {
    const [island, columns] = [wideIsland(4096), manyColumns(count)];
    expect(timed(() => rankIslands([island], columns))).toBeLessThan(patience(2));
  });

  it("takes a moment for a thousand islands", () => {
    const [islands, columns] = [manyIslands(1000), manyColumns(100)];
    rankIslands(islands.slice(0, 100), columns); // What is compiled later is faster.
    expect(timed(() => rankIslands(islands, columns))).toBeLessThan(patience(2));
  });

  it("is bounded where all names are alike", () => {
    const columns = manyColumns(100).map((one, i) => ({ ...one, name: `the measured value ${"abcdefghij"[i % 10]!}${"klmnopqrst"[Math.floor(i / 10)]!}` })); // prettier-ignore
    const island = wideIsland(2000);
    const features = island.features.map((one, i) => ({ ...one, name: `the measured value ${i.toString(26).replace(/\d/g, (d) => "qrstuvwxyz"[Number(d)]!)}` })); // prettier-ignore
    const [ranked] = rankIslands([{ ...island, features }], columns);
    expect(ranked!.matched).toBeGreaterThan(90);
    expect(timed(() => rankIslands([{ ...island, features }], columns))).toBeLessThan(patience(2));
  });
});
