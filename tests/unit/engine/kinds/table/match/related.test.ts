import { isOfTables } from "../../../../../../src/engine/kinds/space";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, describe, expect, test } from "vitest";

import { StaticIsland } from "../../../../../../src/contracts/static/static-dock";
import { readTableFile } from "../../../../../../src/cli/read-table-file";
import {
  columnSimilarity,
  readColumn,
  readFeature,
} from "../../../../../../src/engine/kinds/table/match/column-similarity";
import { unitInName } from "../../../../../../src/engine/kinds/table/match/column-units";
import type { Space, SpaceFeature } from "../../../../../../src/engine/kinds/table/space/space";
import { rematch } from "../../../../../../src/engine/kinds/table/match/match";
import {
  isTelling,
  meaningOf,
  meaningSimilarity,
} from "../../../../../../src/engine/kinds/table/match/names/meanings";
import { rankIslands } from "../../../../../../src/engine/kinds/table/match/related";
import { valueSimilarity } from "../../../../../../src/engine/kinds/table/match/values/value-similarity";
import { sampleIndices, seededRandom } from "../../../../../../src/engine/ground/random";
import type { ColumnProfile } from "../../../../../../src/engine/kinds/table/columns/profile";

const PUBLIC = join(import.meta.dirname, "../../../../../../public");

describe("what names mean", () => {
  test.each([
    ["interior space", "sqft_living"],
    ["卧室数量", "number of bedrooms"],
    ["建成年份", "yr_built"],
    ["居住面积（平方英尺）", "living area"],
    ["planned hr", "sched_hour"],
    ["free SO2", "free sulphur dioxide"],
  ])("%s and %s mean the same", (a, b) => {
    expect(meaningSimilarity(meaningOf(a), meaningOf(b))).toBe(1);
  });

  test.each([
    ["living area", "lot area"],
    ["lag_1", "lag_11"],
    ["departure delay", "arrival hour"],
    ["卧室", "浴室"],
    ["", "price"],
  ])("%s and %s do not", (a, b) => {
    expect(meaningSimilarity(meaningOf(a), meaningOf(b))).toBeLessThan(0.5);
  });

  test("placeholders tell nothing", () => {
    const telling = (name: string) => isTelling(meaningOf(name));
    expect(["x7", "Column 3", "V12", "col_1"].some(telling)).toBe(false);
    expect(["lat", "alcohol", "年", "price"].every(telling)).toBe(true);
  });

  test("units are read from brackets and from the last word", () => {
    expect(unitInName("Weight (kg)")).toBe("kg");
    expect(unitInName("area_sqft")).toBe("ft2");
    expect(unitInName("面积（平方米）")).toBe("m2");
    expect(unitInName("score (of 10)")).toBeNull();
    expect(unitInName("miles")).toBeNull();
  });
});

describe("how values are distributed", () => {
  const feature = number("height", 100, 10, [77, 123]);

  test("the same distribution is worth nearly 1, one far away 0", () => {
    expect(valueSimilarity(normalColumn("x", 100, 10), feature)).toBeGreaterThan(0.95);
    expect(valueSimilarity(normalColumn("x", 900, 10), feature)).toBe(0);
  });

  test("a narrow part of the feature's range is worth more than a much wider one", () => {
    const narrow = valueSimilarity(normalColumn("x", 100, 4), feature)!;
    const wide = valueSimilarity(normalColumn("x", 100, 25), feature)!;
    expect(narrow).toBeGreaterThan(wide);
  });

  test("of categories it is the share of cells whose value is listed", () => {
    const colours = categoryFeature("colour", "red", "green");
    const column = categoryColumn("farbe", { red: 30, Green: 30, blue: 40 });
    expect(valueSimilarity(column, colours)).toBeCloseTo(0.6, 12);
  });

  test("is not known without values", () => {
    expect(valueSimilarity({ ...normalColumn("x", 0, 1), histogram: null }, feature)).toBeNull();
  });
});

describe("how alike a column and a feature are", () => {
  const feature = { ...number("living_area", 2000, 900, [600, 5000]), unit: "sq ft" };
  const overall = (column: ColumnProfile) =>
    columnSimilarity(readColumn(column), readFeature(feature)).overall;

  test("another unit makes a match less sure", () => {
    const [same, other] = [
      overall(normalColumn("interior space (sqft)", 2000, 900)),
      overall(normalColumn("interior space (m2)", 2000, 900)),
    ];
    expect(same).toBeGreaterThan(0.9);
    expect(other).toBeLessThan(0.75 * same);
  });

  test("a name that tells nothing leaves it to the values, and never makes them sure", () => {
    const likely = overall(normalColumn("x3", 2000, 900));
    expect(likely).toBeGreaterThan(0.55);
    expect(likely).toBeLessThan(0.7);
    expect(overall(normalColumn("x3", 20, 9))).toBe(0);
  });

  test("a column that cannot hold the feature is worth nothing", () => {
    expect(overall({ ...normalColumn("living area", 2000, 900), type: "text" })).toBe(0);
  });
});

describe("islands related to a table", () => {
  let islands: Space[] = [];
  beforeAll(() => {
    islands = starterIslands();
  });

  test("a table with the island's names fits as before", async () => {
    const [best] = rankIslands(islands, await sampleColumns("house-sales.csv", {}));
    expect(best).toMatchObject({ islandId: "house-sales", fits: true, isRelated: false });
  });

  test.each(Object.entries(renamedTables()))(
    "%s is related",
    async (_, { file, names, island }) => {
      const columns = await sampleColumns(file, names);
      const [best, next] = rankIslands(islands, columns);
      expect(best).toMatchObject({ islandId: island, fits: false, isRelated: true });
      expect(next?.isRelated).toBe(false);
      const [byName] = rankIslands(islands, await sampleColumns(file, {}));
      best!.matches.forEach(({ feature, column }, i) => {
        if (column !== null)
          expect([feature, column]).toEqual([feature, byName!.matches[i]!.column]);
      });
    },
  );

  test("the order of the columns does not matter", async () => {
    const { file, names } = renamedTables()["Chinese house sales"]!;
    const columns = await sampleColumns(file, names);
    const order = sampleIndices(columns.length, columns.length, seededRandom(2));
    const [plain] = rankIslands(islands, columns);
    const [mixed] = rankIslands(
      islands,
      Array.from(order, (i) => columns[i]!),
    );
    const named = (match: typeof plain, list: (column: number) => string) =>
      match!.matches.map(({ column }) => (column === null ? null : list(column)));
    expect(named(mixed, (i) => columns[order[i]!]!.name)).toEqual(
      named(plain, (i) => columns[i]!.name),
    );
    expect(mixed!.score).toBeCloseTo(plain!.score, 12);
  });

  test("a table of another subject has none", () => {
    const columns = [
      normalColumn("song length", 200, 40),
      normalColumn("beats per bar", 4, 1),
      categoryColumn("genre", { rock: 5, folk: 6 }),
    ];
    expect(
      rankIslands(islands, columns).filter(({ fits, isRelated }) => fits || isRelated),
    ).toEqual([]);
  });

  test("an island fits once the user has matched enough by hand", async () => {
    const { file, names } = renamedTables()["Chinese house sales"]!;
    const columns = await sampleColumns(file, names);
    const island = islands.find(({ id }) => id === "house-sales")!;
    let [match] = rankIslands([island], columns);
    for (const { feature, column } of match!.matches) {
      match = rematch(island, match!, columns, feature, column);
    }
    expect(match).toMatchObject({ fits: true, isRelated: false });
  });
});

interface RenamedTable {
  readonly file: string;
  readonly island: string;
  readonly names: Readonly<Record<string, string>>;
}

function renamedTables(): Record<string, RenamedTable> {
  return {
    "Chinese house sales": {
      file: "house-sales.csv",
      island: "house-sales",
      names: {
        "Sale month": "销售月份",
        Bedrooms: "卧室数",
        Bathrooms: "卫生间",
        "Living area (sqft)": "居住面积(平方英尺)",
        "Lot size (sqft)": "地块面积",
        Floors: "楼层",
        Waterfront: "临水",
        View: "景观",
        Condition: "房屋状况",
        Grade: "建筑评级",
        "Sqft above": "地上面积",
        "Sqft basement": "地下室面积",
        "Year built": "建成年份",
        "Year renovated": "翻新年份",
        Latitude: "纬度",
        Longitude: "经度",
      },
    },
    "wine in other words": {
      file: "wine-quality.csv",
      island: "wine-quality",
      names: {
        "fixed acidity": "V1",
        "volatile acidity": "acid (volatile)",
        "citric acid": "citric",
        "residual sugar": "sugar left",
        chlorides: "salt",
        "free sulfur dioxide": "free SO2",
        "total sulfur dioxide": "overall sulphur",
        sulphates: "sulfates",
        alcohol: "ABV",
      },
    },
  };
}

async function sampleColumns(
  file: string,
  names: Readonly<Record<string, string>>,
): Promise<readonly ColumnProfile[]> {
  const { profile } = await readTableFile(join(PUBLIC, "samples", file));
  return profile.columns.map((column) => ({ ...column, name: names[column.name] ?? column.name }));
}

function starterIslands(): Space[] {
  const folder = join(PUBLIC, "starter/islands");
  return readdirSync(folder)
    .map((file) => StaticIsland.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))))
    .flatMap(({ island: { space } }) => (isOfTables(space) ? [space] : []));
}

function number(
  name: string,
  center: number,
  scale: number,
  range: [number, number],
): SpaceFeature {
  return {
    name,
    type: "number",
    aliases: [],
    categories: [],
    range,
    center: [center],
    scale: [scale],
  };
}

function categoryFeature(name: string, ...categories: string[]): SpaceFeature {
  const same = (value: number) => categories.map(() => value);
  return { name, type: "category", aliases: [], categories, center: same(0.4), scale: same(0.7) };
}

/** A column whose histogram is that of a normal distribution, cut at three deviations. */
function normalColumn(name: string, mean: number, deviation: number): ColumnProfile {
  const bins = Array.from({ length: 20 }, (_, bin) => -3 + 6 * ((bin + 0.5) / 20));
  return {
    ...plainColumn(name, "number"),
    range: [mean - 3 * deviation, mean + 3 * deviation],
    mean,
    histogram: bins.map((z) => Math.round(1000 * Math.exp(-0.5 * z * z))),
  };
}

function categoryColumn(name: string, counts: Readonly<Record<string, number>>): ColumnProfile {
  const top = Object.entries(counts).map(([value, count]) => ({ value, count }));
  return { ...plainColumn(name, "category"), top };
}

function plainColumn(name: string, type: ColumnProfile["type"]): ColumnProfile {
  return {
    name,
    unit: null,
    spelling: { decimal: "." },
    type,
    detected: type,
    possible: [type],
    count: 100,
    missing: 0,
    empty: 0,
    distinct: 50,
    distinctIsExact: true,
    range: null,
    mean: null,
    histogram: null,
    top: null,
  };
}
