import { describe, expect, test } from "vitest";

import { type Alike, facetsOf } from "../../../../../src/engine/search/catalogue/facets";
import { placeOf, UNMEASURED } from "../../../../../src/engine/search/catalogue/order";
import { sizeClassOf } from "../../../../../src/engine/search/catalogue/size";
import { skillClassOf, skillOf } from "../../../../../src/engine/search/catalogue/skill";

describe("the skill of a learnware", () => {
  test.each([
    [[{ name: "rmse", value: 54, trivial: 216, rows: 9 }], 0.75],
    [[{ name: "accuracy", value: 0.9, trivial: 0.5, rows: 9 }], 0.8],
    [[{ name: "r2", value: 0.6, trivial: 0, rows: 9 }], 0.6],
    [[{ name: "log_loss", value: 0.9, trivial: 0.6, rows: 9 }], -0.5],
    [[], null],
    // Where the trivial answer has no error there is nothing to take away from; the next metric tells.
    [[{ name: "rmse", value: 0, trivial: 0, rows: 9 }], null],
    [
      [
        { name: "accuracy", value: 1, trivial: 1, rows: 9 },
        { name: "log_loss", value: 0.3, trivial: 0.6, rows: 9 },
      ],
      0.5,
    ],
  ] as const)("of %j is %d", (metrics, skill) => {
    if (skill === null) expect(skillOf(metrics)).toBeNull();
    else expect(skillOf(metrics)).toBeCloseTo(skill, 12);
  });

  test("falls into classes at their bounds", () => {
    expect([0.5, 0.49, 0.2, 0.19, -3, null].map(skillClassOf)).toEqual([
      ...["strong", "fair", "fair", "weak", "weak", "unmeasured"],
    ]);
    expect([0, 9999, 1e4, 1e5, 1e6, 1e7].map(sizeClassOf)).toEqual([
      ...["tiny", "tiny", "small", "medium", "large", "huge"],
    ]);
  });
});

test("a learnware that was not measured comes last", () => {
  const one = { name: " Über ", sizeBytes: 3, rowCount: 4, skill: null };
  expect(placeOf("skill", one, 1)).toBe(UNMEASURED);
  expect(placeOf("name", one, 1)).toBe("über");
  expect([placeOf("size", one, 1), placeOf("rows", one, 1), placeOf("best", one, 1)]).toEqual([
    -3, 4, 1,
  ]);
});

describe("facets", () => {
  const alike = (tags: string[], islandId: string, count = 1): Alike => ({
    tags,
    islandId,
    size: "tiny",
    skill: "fair",
    count,
  });
  const groups = [
    alike(["Task:Regression", "Scenario:Business", "Scenario:Nature"], "a", 3),
    alike(["Task:Classification", "Scenario:Nature"], "b", 2),
  ];

  test("count each value once a learnware, most first", () => {
    expect(facetsOf(groups, {})).toEqual({
      total: 5,
      data: [],
      licence: [],
      task: [
        { value: "Regression", count: 3 },
        { value: "Classification", count: 2 },
      ],
      scenario: [
        { value: "Nature", count: 5 },
        { value: "Business", count: 3 },
      ],
      island: [
        { value: "a", count: 3 },
        { value: "b", count: 2 },
      ],
      size: [{ value: "tiny", count: 5 }],
      skill: [{ value: "fair", count: 5 }],
    });
  });

  test("count a facet as if nothing of it were chosen, and the others with it", () => {
    const { total, task, scenario, island } = facetsOf(groups, { task: ["Classification"] });
    expect([total, task.length]).toEqual([2, 2]);
    expect(scenario).toEqual([{ value: "Nature", count: 2 }]);
    expect(island).toEqual([{ value: "b", count: 2 }]);
  });

  test("count nothing where two facets keep a learnware out", () => {
    const { total, task } = facetsOf(groups, { task: ["Classification"], island: ["none"] });
    expect([total, task]).toEqual([0, [{ value: "Classification", count: 0 }]]);
  });

  test("tell of many values those with most, and those that are chosen", () => {
    const many = Array.from({ length: 100 }, (_, i) => alike([], `i${i}`, 100 - i));
    const { island } = facetsOf(many, { size: ["tiny"] });
    expect([island.length, island[0]]).toEqual([60, { value: "i0", count: 100 }]);
    const chosen = facetsOf(many, { island: ["i99"] }).island;
    expect(chosen.at(-1)).toEqual({ value: "i99", count: 1 });
  });
});
