import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { Space } from "../../../../../../src/engine/kinds/table/space/space";
import { rescalePoints } from "../../../../../../src/engine/kinds/table/space/rescale";
import {
  foundFrom,
  renameFeatures,
  sameFeatureSpace,
} from "../../../../../../src/engine/kinds/table/space/same-space";
import { fromRows } from "../../../../../../src/engine/ground/matrix";
import { category, islandOf, number } from "../islands";

const houses = islandOf([
  number("sqft_living", 2000, 900, "ft"),
  number("bedrooms"),
  number("Weight (kg)"),
  category("side", "north", "south", "east"),
]);

describe("the same feature space", () => {
  test("whatever the order, the spelling and the scale", () => {
    const proposed = islandOf([
      category("Side", "SOUTH", "north"),
      number("weight", 3, 4, "kg"),
      number("Sqft Living", 0, 1, " ft"),
      number("beds"),
    ]);
    expect(sameFeatureSpace(houses, proposed)).toEqual(
      new Map([
        ["Side", "side"],
        ["weight", "Weight (kg)"],
        ["Sqft Living", "sqft_living"],
        ["beds", "bedrooms"],
      ]),
    );
  });

  test("is found in both directions, and in itself", () => {
    const there = sameFeatureSpace(
      houses,
      renameFeatures(houses, new Map([["bedrooms", "Beds"]])),
    )!;
    expect(there.get("Beds")).toBe("bedrooms");
    expect([...sameFeatureSpace(houses, houses)!.entries()].every(([a, b]) => a === b)).toBe(true);
  });

  const [living, beds, weight, side] = houses.features;
  test.each([
    ["a feature missing", [living!, beds!, weight!]],
    ["a feature more", [...houses.features, number("age")]],
    ["another feature", [living!, beds!, weight!, category("view", "north", "south")]],
    ["another unit", [{ ...living!, unit: "m" }, beds!, weight!, side!]],
    ["no unit", [number("sqft_living"), beds!, weight!, side!]],
    ["another unit in brackets", [living!, beds!, number("Weight (lb)"), side!]],
    ["another type", [living!, { ...beds!, type: "boolean" as const }, weight!, side!]],
    ["other values", [living!, beds!, weight!, category("side", "left", "right")]],
    ["one feature twice", [living!, beds!, number("beds"), side!]],
  ])("is not one with %s", (_, features) => {
    expect(sameFeatureSpace(houses, islandOf(features))).toBeNull();
    expect(sameFeatureSpace(islandOf(features), houses)).toBeNull();
  });

  test("is not one of another profile", () => {
    expect(sameFeatureSpace(houses, { ...houses, profile: "beimingwu" })).toBeNull();
  });

  test("keeps what brackets tell apart, and what only exact names do", () => {
    const prices = islandOf([number("price (max)"), number("price (min)")]);
    expect(
      sameFeatureSpace(prices, islandOf([number("Price (min)"), number("Price (max)")])),
    ).toEqual(
      new Map([
        ["Price (min)", "price (min)"],
        ["Price (max)", "price (max)"],
      ]),
    );
    const twice = islandOf([number("temp"), number("Temperature")]);
    expect(sameFeatureSpace(twice, twice)?.size).toBe(2);
    expect(sameFeatureSpace(twice, islandOf([number("TEMP"), number("temperature")]))).toBeNull();
  });

  test("does not take columns for another that share words or digits in another order", () => {
    for (const [a, b] of [
      ["x1_y2", "x2_y1"],
      ["lag_1_1", "lag_11"],
      ["a_to_b", "b_to_a"],
    ] as const) {
      expect(sameFeatureSpace(islandOf([number(a)]), islandOf([number(b)]))).toBeNull();
    }
  });

  test("lets a reduced set be moved once the features are renamed", () => {
    const mine = islandOf([number("Beds", 1, 2), number("sqft living", 1000, 100, "ft")]);
    const theirs = islandOf([number("sqft_living", 1000, 50, "ft"), number("bedrooms", 3, 1)]);
    const names = sameFeatureSpace(theirs, mine)!;
    const moved = rescalePoints(fromRows([[1, 1]]), renameFeatures(mine, names), theirs);
    expect([...moved.data]).toEqual([2, 0]);
  });
});

describe("founding an island on a learnware's own", () => {
  const founded = foundFrom({ ...houses, version: 7 });

  test("names it after its features, with a hash", () => {
    expect(founded.id).toMatch(/^bedroom-side-square-foot-living-[0-9a-f]{8}$/);
    expect(founded).toEqual({ ...houses, id: founded.id, version: 1 });
  });

  test("gives the same id for every order and spelling, and another for another space", () => {
    const proposed = islandOf([
      category("Side", "west", "north"),
      number("weight", 3, 4, "kg"),
      number("Sqft Living", 0, 1, "ft"),
      number("beds"),
    ]);
    expect(foundFrom(proposed).id).toBe(founded.id);
    expect(foundFrom(islandOf([...houses.features, number("age")])).id).not.toBe(founded.id);
    expect(foundFrom({ ...houses, profile: "beimingwu" }).id).not.toBe(founded.id);
  });

  test("has an id that islands may have, whatever the names", () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 60, unit: "grapheme" }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(names, (features) => {
        const island = foundFrom(islandOf(features.map((name) => number(name))));
        expect(Space.safeParse(island).success).toBe(true);
      }),
    );
    expect(foundFrom(islandOf([number("面积"), number("单价")])).id).toMatch(/^island-/);
    expect(foundFrom(islandOf([number("Größe (cm)")])).id).toMatch(/^gro-e-/);
  });
});
