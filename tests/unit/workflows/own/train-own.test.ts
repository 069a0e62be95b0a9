import { describe, expect, test } from "vitest";

import type { OwnRequest } from "../../../../src/contracts/workers/own-plan";
import { finish } from "../../../../src/engine/ground/finish";
import { normal, seededRandom } from "../../../../src/engine/ground/random";
import type { Task } from "../../../../src/engine/ground/task";
import { predictOwn, trainOwn } from "../../../../src/workflows/own/train-own";
import { passengers } from "../../../fixtures/passengers";
import { read } from "../../../fixtures/table/read-text";

async function trained(csv: string, target: string, more: Partial<OwnRequest> = {}) {
  const { table } = await read(csv);
  return finish(trainOwn(table, { target, task: null, without: [], ...more }));
}

/** @param answerOf - What is written in the column `y` of each row. */
function tableOf(rows: number, answerOf: (x: number, row: number) => number | string): string {
  const random = seededRandom(5);
  const lines = Array.from({ length: rows }, (_, row) => {
    const x = normal(random);
    return `${x.toFixed(4)},${(10 * random()).toFixed(3)},${answerOf(x, row)}`;
  });
  return ["x,z,y", ...lines].join("\n");
}

const half = (row: number) => row % 2 === 1;

describe("a model of one's own", () => {
  test("fills in the half of a column that is empty, better than the most frequent answer", async () => {
    const { report, predictions, model } = await trained(passengers(600, half), "survived");
    expect(report).toMatchObject({ task: "classification", answers: 300, wanted: 300, lonely: 0 });
    expect(model.labels).toEqual(["0", "1"]);
    const { value, interval, trivial } = report.figures;
    expect(interval[0]).toBeGreaterThan(trivial);
    expect(value).toBeGreaterThan(interval[0]);
    expect(value).toBeLessThan(interval[1]);
    expect(predictions.values).toHaveLength(600);
    expect(predictions.values.every((code) => code === 0 || code === 1)).toBe(true);
    expect(report.importances[0]!.column).toBe("sex");
    expect(report.importances.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(report.leaks).toEqual([]);
  });

  test("leaves out identifiers and free text, and says so", async () => {
    const { report } = await trained(passengers(400, half), "survived");
    expect(report.leftOut).toEqual([
      { column: "ticket_id", why: "identifier" },
      { column: "name", why: "text" },
    ]);
  });

  test("is as far off as the noise, where the answer is a line and noise", async () => {
    const random = seededRandom(8);
    const csv = tableOf(400, (x) => (3 * x + 2 * normal(random)).toFixed(6));
    const { report, predictions } = await trained(csv, "y");
    expect(report).toMatchObject({ task: "regression", kind: "linear", answers: 400, wanted: 0 });
    // The standard error of a root mean square of 400 is 3.5 %; the ends are four of them away.
    expect(report.figures.value / 2).toBeGreaterThan(0.86);
    expect(report.figures.value / 2).toBeLessThan(1.14);
    expect(report.figures.trivial ** 2).toBeGreaterThan(report.figures.value ** 2 + 5);
    expect(predictions).toMatchObject({ task: "regression" });
  });

  test("says nothing beyond chance where the answers are chance", async () => {
    const random = seededRandom(9);
    const csv = tableOf(400, () => (random() < 0.5 ? "heads" : "tails"));
    const { report } = await trained(csv, "y");
    expect(report.figures.interval[0]).toBeLessThan(report.figures.trivial);
  });

  test("predicts rows with an answer by models that have not seen it", async () => {
    const random = seededRandom(10);
    const csv = tableOf(200, () => normal(random).toFixed(6));
    const { predictions, model } = await trained(csv, "y", { kinds: ["trees"] });
    const { table } = await read(csv);
    const truth = table.columns[2]!.numbers!;
    const error = (said: Float64Array) => said.reduce((sum, one, i) => sum + (one - truth[i]!) ** 2, 0); // prettier-ignore
    expect(error(predictions.values)).toBeGreaterThan(error(predictOwn(model, table).values));
  });

  test("names a column that alone tells the answer, and can do without it", async () => {
    const csv = passengers(400, half, { withAlive: true });
    const { report } = await trained(csv, "survived");
    expect(report.leaks).toEqual(["alive"]);
    const without = await trained(csv, "survived", { without: ["alive"] });
    expect(without.report.leaks).toEqual([]);
    expect(without.report.leftOut).toContainEqual({ column: "alive", why: "unasked" });
  });

  test("names the answer in other units", async () => {
    const random = seededRandom(11);
    const celsius = Array.from({ length: 200 }, () => 20 + 8 * normal(random));
    const rows = celsius.map((c) => `${(32 + 1.8 * c).toFixed(2)},${normal(random).toFixed(3)},${c.toFixed(2)}`); // prettier-ignore
    const { report } = await trained(["fahrenheit,wind,celsius", ...rows].join("\n"), "celsius");
    expect(report.leaks).toEqual(["fahrenheit"]);
  });

  test("does not learn from a column that is filled only where the answer is known", async () => {
    const csv = tableOf(200, (x, row) => (half(row) ? (2 * x).toFixed(3) : ""));
    const wide = csv.split("\n").map((line, i) => `${line},${i === 0 ? "late" : half(i - 1) ? i % 7 : ""}`); // prettier-ignore
    const { report } = await trained(wide.join("\n"), "y");
    expect(report.leftOut).toContainEqual({ column: "late", why: "answered" });
  });

  test("comes out the same for the same seed", async () => {
    const csv = passengers(300, half);
    const [a, b] = [await trained(csv, "survived"), await trained(csv, "survived")];
    expect(a).toEqual(b);
  });

  test("predicts another file of the same columns, whatever their order and whoever is in it", async () => {
    const { model } = await trained(passengers(600, () => true), "survived"); // prettier-ignore
    const other = passengers(200, () => true, { seed: 2 });
    const lines = other.trim().split("\n").map((line) => line.split(",").reverse().join(",")); // prettier-ignore
    const straight = predictOwn(model, (await read(other)).table);
    const reversed = predictOwn(model, (await read(lines.join("\n"))).table);
    expect(reversed.values).toEqual(straight.values);
    const truth = other.trim().split("\n").slice(1).map((line) => Number(line.split(",")[1])); // prettier-ignore
    const right = truth.filter((code, row) => straight.values[row] === code).length / truth.length;
    expect(right).toBeGreaterThan(0.65);
  });

  test.each<[string, Task | null, string]>([
    ["few whole numbers", null, "classification"],
    ["few whole numbers", "regression", "regression"],
  ])("takes %s for classes unless told otherwise", async (_, task, decided) => {
    const csv = tableOf(100, (x) => (x > 0 ? 2 : x > -1 ? 1 : 0));
    expect((await trained(csv, "y", { task })).report.task).toBe(decided);
  });

  test("leaves out rows whose answer comes once", async () => {
    const csv = tableOf(100, (x, row) => (row === 7 ? "odd" : x > 0 ? "yes" : "no"));
    const { report, model } = await trained(csv, "y");
    expect(model.labels).toEqual(["no", "yes"]);
    expect(report).toMatchObject({ lonely: 1, answers: 99, wanted: 0 });
  });

  test.each<[string, string, (x: number, row: number) => number | string, Task | null]>([
    ["no_column", "nowhere", () => 1, null],
    ["few_answers", "y", (x, row) => (row < 19 ? x.toFixed(3) : ""), null],
    ["one_value", "y", () => "same", "classification"],
    ["one_value", "y", () => 4, "regression"],
    ["single_rows", "y", (_, row) => `kind ${row}`, "classification"],
    ["too_large", "y", (x) => `${x.toFixed(3)}e305`, null],
    ["many_values", "y", (x) => (x > 0 ? "a" : "b"), "regression"],
  ])("is refused as %s", async (reason, target, answerOf, task) => {
    const csv = tableOf(100, answerOf);
    await expect(trained(csv, target, { task })).rejects.toMatchObject({
      code: "no_usable_rows",
      details: { reason },
    });
  });

  test("is refused where nothing else can be learned from", async () => {
    const csv = tableOf(60, (x) => x.toFixed(3));
    await expect(trained(csv, "y", { without: ["x", "z"] })).rejects.toMatchObject({
      details: { reason: "no_inputs" },
    });
  });
});
