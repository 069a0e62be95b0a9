import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { ColumnProfile } from "../../../../../../../src/engine/kinds/table/columns/profile";
import { rankIslands } from "../../../../../../../src/engine/kinds/table/match/related";
import { readValues } from "../../../../../../../src/engine/kinds/table/match/values/read-values";
import { shortened } from "../../../../../../../src/engine/kinds/table/match/values/shortened";
import type { Space, SpaceFeature } from "../../../../../../../src/engine/kinds/table/space/space";
import { manyColumns, wideIsland } from "../../../../../../fixtures/many-islands";
import { patience } from "../../../../../../patience";
import { shortenedOneByOne } from "./shortened-one-by-one";

const FEATURES = 100;
const LEVELS = 200;
const COLUMNS = 20;

/** As long as a listed value may be, of many words. */
const longValue = (feature: number, level: number, first: string) =>
  `${first} ${feature}x${level}y ${"and so on it goes ".repeat(12)}`.slice(0, 185).trim();

/** As it comes from a dock: texts that were put together here are slow to read the first time. */
function asSent(island: Space): Space {
  return JSON.parse(JSON.stringify(island)) as Space;
}

function hostile(first: string, ...aliases: string[]) {
  const island = wideIsland(FEATURES);
  const features = island.features.map((_, i): SpaceFeature => {
    const categories = Array.from({ length: LEVELS }, (__, level) => longValue(i, level, first));
    const same = categories.map(() => 0.5);
    const name = `the measured value ${String.fromCodePoint(97 + (i % 26), 97 + Math.floor(i / 26))}`;
    return { name, type: "category", aliases, categories, center: same, scale: same };
  });
  return asSent({ ...island, features });
}

function columns(first: string): ColumnProfile[] {
  return manyColumns(COLUMNS).map((one, i) => ({
    ...one,
    name: `the measured value ${String.fromCodePoint(97 + (i % 26), 110 + Math.floor(i / 26))}`,
    ...({ type: "category", detected: "category", range: null, mean: null } as const),
    ...{ histogram: null, distinct: 24 },
    top: Array.from({ length: 24 }, (_, n) => ({ value: `${first} town ${i} of ${n}`, count: 9 })),
  }));
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

describe("an island that lists as many and as long values as it may", () => {
  it.each([
    ["of other words", "far", "near"],
    ["that begin alike", "new", "new"],
  ])("is matched in a moment, with values %s", (_, listed, own) => {
    const [island, table] = [hostile(listed), columns(own)];
    expect(timed(() => rankIslands([island], table))).toBeLessThan(patience(2));
  });

  it("is matched in a moment where each list has all of a column's values", () => {
    const values = Array.from({ length: LEVELS }, (_, level) => longValue(0, level, "same"));
    const island = hostile("same");
    const features = island.features.map((one) => ({ ...one, categories: values }));
    const top = values.map((value) => ({ value, count: 3 }));
    const table = columns("x").map((one, i) => (i === 0 ? { ...one, top, distinct: LEVELS } : one));
    expect(timed(() => rankIslands([{ ...island, features }], table))).toBeLessThan(patience(2));
  });

  it("is matched in a moment where its features have other names that are values", () => {
    const aliases = Array.from({ length: 50 }, (_, i) => `is_female ${i}`).concat("female");
    const island = hostile("x", ...aliases);
    const features = island.features.map((one): SpaceFeature => ({
      ...one,
      ...{ type: "number", categories: [], range: [0, 1], center: [0], scale: [1] },
    }));
    const table = columns("x").map((one) => ({
      ...one,
      top: ["male", "female", ...Array.from({ length: 22 }, (_, n) => `other ${n}`)].map(
        (value) => ({ value, count: 9 }),
      ),
    }));
    expect(timed(() => rankIslands([{ ...island, features }], table))).toBeLessThan(patience(2));
  });
});

describe("short forms that are looked up", () => {
  const word = fc.constantFrom(
    "high",
    "school",
    "not",
    "male",
    "Adelie",
    "penguin",
    "2",
    "a",
    "ñu",
  );
  const value = fc.array(word, { minLength: 0, maxLength: 4 }).map((words) => words.join(" "));
  const values = fc.uniqueArray(value, { maxLength: 12 });

  it("are those that are found one by one", () => {
    fc.assert(
      fc.property(values, values, values, (own, listed, taken) => {
        const isFree = (level: string) => !taken.includes(level);
        expect(shortened(readValues(own), own, readValues(listed), isFree)).toEqual(
          shortenedOneByOne(own, listed.filter(isFree)),
        );
      }),
      { numRuns: 2000 },
    );
  });
});
