import { describe, expect, test } from "vitest";

import type { ColumnType } from "../../../../../../src/engine/kinds/table/columns/column";
import type { ColumnProfile } from "../../../../../../src/engine/kinds/table/columns/profile";
import {
  joinValues,
  matchIsland,
  rematch,
} from "../../../../../../src/engine/kinds/table/match/match";
import { rankIslands } from "../../../../../../src/engine/kinds/table/match/related";
import type { Space, SpaceFeature } from "../../../../../../src/engine/kinds/table/space/space";
import { gaussianKernel } from "../../../../../../src/engine/specification/kernel/kernel";

function island(...features: SpaceFeature[]): Space {
  return {
    ...{ id: "people", version: 1, name: "people", description: "", profile: "berth", features },
    kernel: gaussianKernel(1),
  };
}

function number(name: string, range: [number, number], ...aliases: string[]): SpaceFeature {
  return { name, type: "number", aliases, categories: [], range, center: [0], scale: [1] };
}

function category(name: string, ...categories: string[]): SpaceFeature {
  const same = (value: number) => categories.map(() => value);
  return { name, type: "category", aliases: [], categories, center: same(0.5), scale: same(0.7) };
}

function column(name: string, values: string, type: ColumnType = "category"): ColumnProfile {
  const top = values === "" ? null : values.split("|").map((value) => ({ value, count: 5 }));
  return {
    ...{
      name,
      unit: null,
      spelling: { decimal: "." },
      type,
      detected: type,
      possible: [type],
      count: 50,
      missing: 0,
      empty: 0,
    },
    ...{ distinct: top?.length ?? 50, distinctIsExact: true, range: null, mean: null },
    ...{ histogram: null, top },
  };
}

function numbers(name: string, range: [number, number], distinct = 50): ColumnProfile {
  return { ...column(name, "", "integer"), range, mean: (range[0] + range[1]) / 2, distinct };
}

const detailOf = (feature: SpaceFeature, ...columns: ColumnProfile[]) =>
  matchIsland(island(feature), columns).details[0]!;
const sex = category("sex", "male", "female");
const female = number("female", [0, 1]);

describe("a category of which no value is known", () => {
  const space = island(sex, number("age", [0, 90]), number("height", [100, 200]));
  const columns = [column("sex", "x|y"), numbers("age", [5, 80]), numbers("height", [120, 190])];

  test("is left out, the feature counts as not found, and the island fits as before", () => {
    const match = matchIsland(space, columns);
    expect(match.details[0]).toMatchObject({
      ...{ column: null, confidence: 0, reason: "other_values", leftOut: 0 },
    });
    expect(match.matches[0]).toEqual({ feature: "sex", column: null });
    expect(match).toMatchObject({ fits: true, matched: 2, total: 3 });
    expect(rankIslands([space], columns)[0]!.details[0]!.reason).toBe("other_values");
  });

  test("is taken once a person joins its values", () => {
    const taken = rematch(space, matchIsland(space, columns), columns, "sex", 0);
    expect(taken.details[0]).toMatchObject({ column: 0, reason: "by_hand", implausible: true });
    const joined = joinValues(space, taken, columns, "sex", [["x", "male"]]);
    expect(joined.details[0]).toMatchObject({ implausible: false, values: [["x", "male"]] });
  });

  test("makes no island fit by itself", () => {
    const match = matchIsland(island(sex, category("town", "Ulm")), [
      column("sex", "x|y"),
      column("town", "Bonn|Köln"),
    ]);
    expect(match).toMatchObject({ fits: false, matched: 0 });
  });

  test("gives way to another column of that name whose values are known", () => {
    const detail = detailOf(sex, column("sex", "x|y"), column("Gender", "m|f"));
    expect(detail).toMatchObject({ column: 1, reason: "same_name" });
  });

  test("may be numbers that no category lists", () => {
    expect(detailOf(sex, numbers("sex", [1, 2], 2))).toMatchObject({ reason: "other_values" });
    expect(detailOf(category("grade", "1", "2"), numbers("grade", [1, 2], 2)).column).toBe(0);
  });

  test("is one of which a switch knows neither yes nor no", () => {
    const partner = number("partner", [0, 1]);
    expect(detailOf(partner, column("partner", "Ann|Bob"))).toMatchObject({
      reason: "other_values",
    });
    expect(detailOf(partner, column("partner", "ja|nein")).values).toEqual([
      ["ja", "1"],
      ["nein", "0"],
    ]);
    expect(detailOf(number("height", [100, 200]), column("height", "ja|nein")).reason).toBe("none");
  });
});

describe("values of 1 and 0 in a column of numbers", () => {
  test("are the yes and no that a category lists", () => {
    const { values } = detailOf(category("smoker", "No", "Yes"), numbers("smoker", [0, 1], 2));
    expect(values).toContainEqual(["1", "Yes"]);
    expect(values).toContainEqual(["0", "No"]);
  });

  test("mean nothing where there are others", () => {
    const detail = detailOf(category("smoker", "No", "Yes"), numbers("smoker", [0, 2], 3));
    expect(detail.reason).toBe("other_values");
  });
});

describe("a feature called like one of a column's values", () => {
  test.each([
    ["female", "gender", "Male|Female", { Male: "0", Female: "1" }],
    ["is_male", "Sex", "m|f", { m: "1", f: "0" }],
    ["male", "geschlecht", "männlich|weiblich", { männlich: "1", weiblich: "0" }],
    ["smoker", "status", "smoker|non-smoker", { smoker: "1", "non-smoker": "0" }],
  ])("%s is 1 where %s says so", (feature, name, values, wanted) => {
    const detail = detailOf(number(feature, [0, 1]), column(name, values));
    expect(detail).toMatchObject({ column: 0, reason: "named_value", implausible: false });
    expect(Object.fromEntries(detail.values!)).toEqual(wanted);
  });

  test.each([
    ["a number of any size", number("female", [0, 40]), column("gender", "Male|Female")],
    ["values of something else", female, column("gender", "x|y")],
    ["one letter of other words", female, column("unit", "m|ft")],
    ["a name of letters alike", number("meal", [0, 1]), column("gender", "male|female")],
    ["numbers", female, numbers("gender", [0, 1], 2)],
  ])("does not play it with %s", (_, feature, one) => {
    expect(detailOf(feature, one).column).toBeNull();
  });

  test.each([
    ["a word", column("salesperson", "Male|Female")],
    ["a letter", column("salesperson", "m|f")],
    ["nothing", column("x3", "Male|Female")],
  ])("is not by values that everybody has, where a column is called %s else", (_, one) => {
    expect(detailOf(female, one).column).toBeNull();
    expect(detailOf(female, one, column("gender", "m|f")).column).toBe(1);
  });

  test("may have a column that is named so and more, or by its two letters", () => {
    expect(detailOf(female, column("customer_gender", "m|f"))).toMatchObject({
      ...{ column: 0, confidence: 0.65 },
    });
    expect(detailOf(female, column("M/F", "m|f")).column).toBe(0);
  });

  test.each([
    ["sexes", female, "customer's sex", "partner's sex", "m|f"],
    ["sexes of one word", female, "gender", "sexe", "Male|Female"],
    ["values", number("smoker", [0, 1]), "status", "spouse", "smoker|non-smoker"],
  ])("is left open where two columns of %s fit as well", (_, feature, one, other, values) => {
    const columns = [column(one, values), column(other, values)];
    expect(detailOf(feature, ...columns).column).toBeNull();
    expect(detailOf(feature, ...columns.toReversed()).column).toBeNull();
  });

  test("has the plainest column of several", () => {
    const columns = [column("doctor's gender", "m|f"), column("gender", "m|f")];
    expect(detailOf(female, ...columns).column).toBe(1);
  });
});

describe("a column called like one of two values", () => {
  test.each([
    [sex, column("is_male", "yes|no"), { yes: "male", no: "female" }],
    [sex, column("female", "Yes|No", "boolean"), { Yes: "female", No: "male" }],
    [female, column("male", "ja|nein"), { ja: "0", nein: "1" }],
  ])("is the category, or the other value", (feature, one, wanted) => {
    const detail = detailOf(feature, one);
    expect(detail).toMatchObject({ column: 0, reason: "named_value" });
    expect(Object.fromEntries(detail.values!)).toEqual(wanted);
  });

  test("is left open where two are called like the same value, not where one is like the other", () => {
    const [male, also, other] = ["male", "is_male", "female"].map((name) => column(name, "yes|no"));
    expect(detailOf(sex, male!, also!).column).toBeNull();
    expect(detailOf(sex, male!, other!).column).toBe(0);
    expect(detailOf(sex, other!, male!).column).toBe(0);
  });

  test("is not where it says neither yes nor no", () => {
    expect(detailOf(sex, column("male", "old|young")).column).toBeNull();
    expect(detailOf(sex, numbers("male", [0, 40])).column).toBeNull();
  });
});

describe("categories of the same values", () => {
  const ecg = category("RestingECG", "Normal", "LVH", "ST");

  test("are the same where their names are related", () => {
    const detail = detailOf(ecg, column("ECG at rest", "Normal|ST|LVH"));
    expect(detail).toMatchObject({ column: 0, reason: "same_values" });
    expect(detailOf(ecg, column("ECG at rest", "high|low|flat")).column).toBeNull();
  });

  test("are the one of the likest name, and none where two names are as like", () => {
    const values = "Normal|ST|LVH";
    const [rest, after, before] = ["ECG at rest", "ECG after", "ECG before"].map((name) =>
      column(name, values),
    );
    expect(detailOf(ecg, after!, rest!).column).toBe(1);
    expect(detailOf(ecg, rest!, after!).column).toBe(0);
    expect(detailOf(ecg, after!, before!).column).toBeNull();
  });

  const species = category("species", "Adelie", "Chinstrap", "Gentoo");
  test("are the same whatever they are called, where the values tell what they are", () => {
    expect(detailOf(species, column("bird", "adelie|gentoo|chinstrap"))).toMatchObject({
      ...{ column: 0, reason: "same_values" },
    });
  });

  test.each([
    ["yes and no", category("smoker", "Yes", "No"), column("owner", "Yes|No")],
    ["levels", category("risk", "low", "medium", "high"), column("price", "low|medium|high")],
    ["marks", category("grade", "A", "B", "C"), column("class", "A|B|C")],
    ["days", category("start", "Mon", "Tue", "Wed"), column("end", "Mon|Tue|Wed")],
    ["half of the values", species, column("bird", "Adelie|Gentoo|Emperor|King")],
  ])("are not by %s alone", (_, feature, one) => {
    expect(detailOf(feature, one).column).toBeNull();
  });

  test("are not where two columns have them", () => {
    const values = "Adelie|Chinstrap|Gentoo";
    expect(detailOf(species, column("mother", values), column("child", values)).column).toBeNull();
  });
});

test("months by name are numbers where a feature counts months", () => {
  const month = number("sale_month", [1, 12]);
  const { values } = detailOf(month, column("Sale month", "January|May|Dec"));
  expect(values).toContainEqual(["May", "5"]);
  expect(values).toContainEqual(["January", "1"]);
  expect(detailOf(number("months", [0, 400]), column("months", "Jan|Feb")).column).toBeNull();
});
