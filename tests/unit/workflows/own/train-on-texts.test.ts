import { describe, expect, test } from "vitest";

import { finish } from "../../../../src/engine/ground/finish";
import { tableOfCells } from "../../../../src/engine/kinds/table/read/table-of-cells";
import { canonical } from "../../../../src/engine/kinds/text/embed/canonical";
import { TEXTS } from "../../../../src/engine/kinds/text/train/text-graph";
import { byteTools } from "../../../../src/runtime/byte-tools";
import { openModel } from "../../../../src/runtime/models/ort-session";
import { bundleTexts } from "../../../../src/workflows/own/bundle-texts";
import { takenBy } from "../../../../src/workflows/own/taken-by";
import { predictOnTexts, trainOnTexts } from "../../../../src/workflows/own/train-on-texts";
import { madeUpTexts } from "../../../fixtures/made-up-texts";

const written = madeUpTexts(["cooking", "football", "computers"], 120, 5);
const texts = written.map(({ text }, i) => `${text} Marmaladewombat${i}`);

/** @param labelOf - Of the text in a row; empty where none is known. */
async function trained(labelOf: (row: number) => string) {
  const cells = texts.map((text, i) => [text, labelOf(i)]);
  const { read } = await finish(tableOfCells(["comment", "topic"], cells, byteTools));
  return finish(trainOnTexts(read.table, { column: "comment", texts }, { target: "topic" }));
}

describe("a model of one's own texts", () => {
  test("labels those without by those with a label, and says how good it is on what it had not seen", async () => {
    const { report, predictions, model } = await trained((i) => (i % 2 ? "" : written[i]!.topic));
    expect(report).toMatchObject({ task: "classification", answers: 60, wanted: 60, lonely: 0 });
    expect(report.figures.value).toBeGreaterThan(0.9);
    expect(report.figures.trivial).toBeLessThan(0.5);
    const right = written.filter(({ topic }, row) => {
      return row % 2 === 1 && model.labels[predictions.values[row]!] === topic;
    });
    expect(right.length).toBeGreaterThan(54);
    expect(takenBy(model)).toEqual({ columns: ["comment"], kind: "text" });
  });

  test("is no better than the most frequent label where labels say nothing of the texts", async () => {
    const { report } = await trained((row) => (row % 7 < 3 ? "a" : "b"));
    expect(report.figures.interval[0]).toBeLessThan(report.figures.trivial);
  });

  test("is refused where no word stands in two texts, and with few labels", async () => {
    await expect(trained((row) => (row < 19 ? written[row]!.topic : ""))).rejects.toMatchObject({
      details: { reason: "few_answers" },
    });
    const alone = Array.from({ length: 60 }, (_, i) => `alone${i}`);
    const cells = alone.map((text, i) => [text, i % 2 ? "a" : "b"]);
    const { read } = await finish(tableOfCells(["comment", "topic"], cells, byteTools));
    const steps = trainOnTexts(read.table, { column: "comment", texts: alone }, { target: "topic" }); // prettier-ignore
    await expect(finish(steps)).rejects.toMatchObject({ details: { reason: "no_inputs" } });
  });

  test("says the same of texts as one ONNX file, which holds no word of one text alone", async () => {
    const { model, report } = await trained((row) => written[row]!.topic);
    const files = bundleTexts(model, report.answers, { sentence: "Tells topics.", language: "en" });
    expect([...files.keys()]).toEqual(["README.md", "model.onnx", "labels.json"]);
    expect(files.get("README.md")).toContain("Tells topics.");
    const bytes = files.get("model.onnx") as Uint8Array;
    expect(Buffer.from(bytes).includes("marmaladewombat7")).toBe(false);
    const here = predictOnTexts(model, texts);
    const opened = await openModel(bytes);
    const given = texts.map((text) => canonical(text));
    const input = { name: TEXTS, dims: [given.length], data: given };
    const { data, cols } = await opened.predict([input]);
    await opened.dispose();
    const said = texts.map((_, row) => {
      const scores = data.subarray(row * cols, (row + 1) * cols);
      return scores.indexOf(Math.max(...scores));
    });
    expect(said).toEqual([...here.values]);
  });
});
