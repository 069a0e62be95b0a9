import { describe, expect, it } from "vitest";

import { ClassNames, someAnswers, targetOf } from "../../../../../src/engine/reuse/rows/answers";
import {
  matchesWithout,
  ownColumns,
  readRows,
} from "../../../../../src/engine/kinds/table/rows/table-rows";
import type { Column } from "../../../../../src/engine/kinds/table/columns/column";
import { island, numberColumn, smallTable } from "../small-dock";
import { readAnswers } from "../../../../../src/engine/kinds/table/columns/answers/read-answers";

const refusal = (code: string) => expect.objectContaining({ code }) as Error;
const words: Column = {
  name: "kind",
  type: "category",
  numbers: null,
  codes: Int32Array.of(0, -1, 1, 0),
  categories: ["5.0", "six"],
};

describe("readAnswers", () => {
  it("takes the rows in which a number stands", () => {
    const column = numberColumn("y", Float64Array.of(1, NaN, -3, Infinity));
    expect(readAnswers(column, "regression")).toEqual({
      task: "regression",
      rows: Int32Array.of(0, 2),
      values: Float64Array.of(1, -3),
    });
  });

  it("takes classes by their names", () => {
    expect(readAnswers(words, "classification")).toEqual({
      task: "classification",
      rows: Int32Array.of(0, 2, 3),
      codes: Int32Array.of(0, 1, 0),
      labels: ["5.0", "six"],
    });
  });

  it("reads numbers out of categories", () => {
    const answers = readAnswers(words, "regression");
    expect(answers.task === "regression" && [...answers.values]).toEqual([5, 5]);
  });

  it("refuses words as numbers, and too many values as classes", () => {
    const named = { ...words, categories: ["a", "b"] };
    expect(() => readAnswers(named, "regression")).toThrow(refusal("bad_parameter"));
    const many = numberColumn("y", Float64Array.of(1));
    expect(() => readAnswers(many, "classification")).toThrow(refusal("bad_parameter"));
  });
});

describe("targetOf", () => {
  it("matches names and leaves out those that no answer has", () => {
    const classes = new ClassNames();
    ["4", "5", "Six"].forEach((name) => classes.codeOf(name));
    const codes = Int32Array.of(0, 1, 3);
    const labels = ["5.0", " six", "unused", "7"];
    const target = targetOf({ task: "classification", rows: codes, codes, labels }, classes);
    expect(target).toEqual({ task: "classification", codes: Int32Array.of(1, 2, 3), classes: 4 });
    expect(classes.names).toEqual(["4", "5", "Six", "7"]);
  });
});

describe("someAnswers", () => {
  it("takes the same part every time, each answer with its row", () => {
    const rows = Int32Array.from({ length: 100 }, (_, i) => 2 * i);
    const answers = { task: "regression", rows, values: Float64Array.from(rows) } as const;
    const part = someAnswers(answers, 10);
    expect(part.rows).toHaveLength(10);
    expect(part.task === "regression" && [...part.values]).toEqual([...part.rows]);
    expect(someAnswers(answers, 10)).toEqual(part);
    expect(someAnswers(answers, 100)).toBe(answers);
  });
});

describe("rows of a table", () => {
  const table = { rows: 4, columns: [...smallTable(4).columns, words] };
  const matches = [
    { feature: "a", column: 2 },
    { feature: "b", column: 0 },
  ];

  it("are the same by range and by list", () => {
    const own = ownColumns(table, null);
    const range = readRows(table, island, matches, own, { from: 1, to: 3 });
    expect(readRows(table, island, matches, own, Int32Array.of(1, 2))).toEqual(range);
    expect(range.fed.data[0]).toBe(Math.fround(table.columns[2]!.numbers![1]!));
  });

  it("give a learner numbers and few-valued categories, but never the answers", () => {
    const own = ownColumns(table, 1);
    expect(own).toEqual([
      { column: 0, category: null },
      { column: 2, category: null },
      { column: 3, category: 0 },
      { column: 3, category: 1 },
    ]);
    const { data, cols } = readRows(table, island, matches, own, { from: 0, to: 4 }).own!;
    expect([data[2], data[cols + 2], data[2 * cols + 3]]).toEqual([1, NaN, 1]);
  });

  it("fill the feature that the answers' column played with the island's typical value", () => {
    const without = matchesWithout(matches, 0);
    const { data } = readRows(table, island, without, null, { from: 0, to: 1 }).fed;
    expect(data[1]).toBe(0);
    expect(matchesWithout(matches, null)).toBe(matches);
  });
});
