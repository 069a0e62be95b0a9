import { describe, expect, test } from "vitest";

import type { Space, SpaceFeature } from "../../../../../../src/engine/kinds/table/space/space";
import { matchIsland, rematch } from "../../../../../../src/engine/kinds/table/match/match";
import {
  nameSimilarity,
  standardName,
} from "../../../../../../src/engine/kinds/table/match/names/names";
import { rankIslands } from "../../../../../../src/engine/kinds/table/match/related";
import type { ColumnType } from "../../../../../../src/engine/kinds/table/columns/column";
import type { ColumnProfile } from "../../../../../../src/engine/kinds/table/columns/profile";
import { gaussianKernel } from "../../../../../../src/engine/specification/kernel/kernel";

function number(name: string, range: [number, number], ...aliases: string[]): SpaceFeature {
  return { name, type: "number", aliases, categories: [], range, center: [0], scale: [1] };
}

function island(id: string, ...features: SpaceFeature[]): Space {
  return {
    id,
    version: 1,
    name: id,
    description: "",
    profile: "berth",
    features,
    kernel: gaussianKernel(1),
  };
}

function column(name: string, range: [number, number], type: ColumnType = "number"): ColumnProfile {
  return {
    name,
    unit: null,
    spelling: { decimal: "." },
    type,
    detected: type,
    possible: [type],
    count: 10,
    missing: 0,
    empty: 0,
    distinct: 10,
    distinctIsExact: true,
    range,
    mean: (range[0] + range[1]) / 2,
    histogram: null,
    top: type === "category" ? [{ value: "red", count: 5 }] : null,
  };
}

const houses = island(
  "houses",
  number("sqft_living", [500, 5000], "living area"),
  number("bedrooms", [1, 6]),
  number("yr_built", [1900, 2015]),
);

describe("names", () => {
  test.each([
    ["Sqft Living", "sqft_living"],
    ["sqftLiving", "sqft_living"],
    ["Square feet (living)", "sqft"],
    ["BEDROOM", "bedrooms"],
    ["Year built", "yr_built"],
    ["Weight (kg)", "weight"],
    ["Temp [°C]", "temperature"],
    ["lat", "Latitude"],
    ["no. of doors", "number of doors"],
    ["constructor", "Constructors"],
    ["culmen_length_mm", "bill_length_mm"],
    ["gender", "Sex"],
    ["Dept", "department"],
    ["Sales last week", "lag_1"],
    ["sales 3 weeks ago", "lag_3"],
    ["turnover lag 12", "lag_12"],
    ["Qty", "quantity"],
    ["amt", "Amount"],
    ["No. of rooms", "number of rooms"],
    ["Temp", "temperature"],
    ["ZIP code", "postcode"],
    ["Postal code", "zip"],
    ["DOB", "date of birth"],
    ["birthdate", "birth date"],
    ["dow", "weekday"],
    ["a", "A"],
    ["to", "To"],
    ["of the", "of_the"],
    ["+", "+"],
  ])("%s and %s are the same name", (a, b) => {
    expect(nameSimilarity(a, b)).toBe(1);
  });

  test.each([
    ["lag_1", "lag_11"],
    ["income", "outcome of match"],
    ["height", "weight"],
    ["", "x"],
    ["sales last week", "lag_2"],
    ["sales last year", "lag_1"],
    ["last name", "first name"],
    ["bill total", "bill length"],
    ["gender", "female"],
    ["male", "female"],
    ["male", "meal"],
    ["days per week", "weekday"],
    ["code", "zip code"],
    ["a", "b"],
    ["from", "to"],
    ["a", "height of a person"],
    ["+", "−"],
  ])("%s and %s are not taken for each other", (a, b) => {
    expect(nameSimilarity(a, b)).toBeLessThan(0.78);
  });

  test("synonyms are no part of the standard form that ids of islands come from", () => {
    expect(standardName("culmen_length")).toBe("culmen length");
    expect(standardName("Gender")).toBe("gender");
    expect(standardName("qty")).toBe("quantity");
  });

  test("names in Chinese characters are compared too", () => {
    expect(nameSimilarity("房屋 面积", "房屋面积")).toBe(1);
  });
});

describe("matching columns to an island", () => {
  test("finds features by name in any order and says why", () => {
    const match = matchIsland(houses, [
      column("Year Built", [1930, 2010], "integer"),
      column("Living area (sqft)", [700, 4000]),
      column("Beds", [1, 5], "integer"),
    ]);
    expect(match.matches).toEqual([
      { feature: "sqft_living", column: 1 },
      { feature: "bedrooms", column: 2 },
      { feature: "yr_built", column: 0 },
    ]);
    expect(match.details.map(({ reason }) => reason)).toEqual(["alias", "same_name", "same_name"]);
    expect(match.fits).toBe(true);
  });

  test("flags a column in another unit", () => {
    const match = matchIsland(houses, [column("sqft_living", [5e6, 9e6])]);
    expect(match.details[0]).toMatchObject({ column: 0, implausible: true });
  });

  test("does not give a feature a column of the wrong type", () => {
    const match = matchIsland(houses, [column("bedrooms", [0, 1], "text")]);
    expect(match.details[1]?.column).toBeNull();
  });

  test("uses each column once", () => {
    const twins = island("twins", number("width", [0, 1]), number("widths", [0, 1]));
    const match = matchIsland(twins, [column("width", [0, 1])]);
    expect(match.matched).toBe(1);
  });

  test("does not fit when few features are found", () => {
    const match = matchIsland(houses, [column("Bedrooms", [1, 5]), column("colour", [0, 1])]);
    expect(match.fits).toBe(false);
  });

  test("ranks the island with more of its features found first", () => {
    const flowers = island("flowers", number("petal_length", [1, 7]), number("bedrooms", [1, 6]));
    const ranked = rankIslands(
      [flowers, houses],
      [
        column("bedrooms", [1, 5]),
        column("sqft_living", [700, 4000]),
        column("yr_built", [1930, 2010]),
      ],
    );
    expect(ranked.map(({ islandId }) => islandId)).toEqual(["houses", "flowers"]);
  });

  test("a column chosen by hand leaves the feature it had before", () => {
    const columns = [column("bedrooms", [1, 5]), column("other", [1, 5])];
    const first = matchIsland(houses, columns);
    const second = rematch(houses, first, columns, "sqft_living", 0);
    expect(second.matches[0]).toEqual({ feature: "sqft_living", column: 0 });
    expect(second.details[0]).toMatchObject({ reason: "by_hand", implausible: true });
    expect(second.matches[1]?.column).toBeNull();
  });
});
