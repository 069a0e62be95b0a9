import { readFileSync } from "node:fs";

import JSZip from "jszip";
import { expect, it } from "vitest";

import { fromFormat1 } from "../../../../src/engine/learnware/from-format-1";
import { openLearnware, packLearnware } from "../../../../src/engine/learnware/package";
import { runnableModel } from "../../../../src/engine/learnware/runnable-model";

/** A learnware as Berth 0.1 wrote it. */
const old = new Uint8Array(readFileSync("tests/fixtures/learnware-format-1.zip"));

it("opens a learnware of format 1, and what is packed again is format 2 with the same model", async () => {
  const opened = await openLearnware(old);
  expect(opened.manifest).toMatchObject({
    format: "berth-learnware-2",
    kind: "table",
    space: { id: "flight-delays", version: 1 },
  });
  expect(runnableModel(opened.manifest)).toMatchObject({
    ...{ task: "regression", target: "arr_delay", unit: "min", labels: [] },
    ...{ input: "X", output: "values" },
    features: expect.arrayContaining(["month", "carrier"]) as string[],
  });
  const again = await openLearnware(await packLearnware(opened));
  expect(again).toEqual(opened);
});

it("names the key of a manifest of format 1 that is wrong", async () => {
  const zip = await JSZip.loadAsync(old);
  const text = await zip.file("learnware.yaml")!.async("string");
  zip.file("learnware.yaml", text.replace(/task: \w+/, "task: guessing"));
  const wrong = await zip.generateAsync({ type: "uint8array" });
  await expect(openLearnware(wrong)).rejects.toMatchObject({
    code: "bad_package",
    message: expect.stringContaining("model.task") as string,
  });
});

it("leaves other content as it came", () => {
  for (const content of [null, "text", { format: "berth-learnware-3" }, { name: "no format" }]) {
    expect(fromFormat1(content)).toBe(content);
  }
});
