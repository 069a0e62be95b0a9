import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";
import JSZip from "jszip";
import Papa from "papaparse";

import { passengers } from "../fixtures/passengers";
import { installRuntime } from "../native-runtime";
import { expectAccessible, expectNoSidewaysScroll } from "./accessible";
import { Egress } from "./egress";

const half = passengers(600, (row) => row % 2 === 1, { withAlive: true });
const others = passengers(80, () => false, { seed: 2, withAlive: true });
const privateWords = ["ticket_id", "survived", "boarded", "Passenger number"];

async function drop(page: Page, name: string, text: string, testId = "file-input") {
  await page.getByTestId(testId).setInputFiles({
    name,
    mimeType: "text/csv",
    buffer: Buffer.from(text),
  });
}

async function downloaded(page: Page): Promise<Record<string, string>[]> {
  const waiting = page.waitForEvent("download");
  await page.getByTestId("download").click();
  return recordsOf(readFileSync(await (await waiting).path(), "utf8"));
}

/** What the model of the page says of a table in Node, and the names of the files that came with it. */
async function elsewhere(page: Page, text: string, name = "passengers-model.zip") {
  const waiting = page.waitForEvent("download");
  await page.getByTestId("download-model").click();
  const saved = await waiting;
  expect(saved.suggestedFilename()).toBe(name);
  const zip = await JSZip.loadAsync(readFileSync(await saved.path()));
  const folder = mkdtempSync(join(tmpdir(), "berth-own-"));
  for (const one of Object.values(zip.files)) {
    writeFileSync(join(folder, one.name), await one.async("uint8array"));
  }
  installRuntime(folder);
  const [input, output] = [join(folder, "in.csv"), join(folder, "out.csv")];
  writeFileSync(input, text);
  execFileSync(process.execPath, [join(folder, "predict.mjs"), input, output]);
  return { rows: recordsOf(readFileSync(output, "utf8")), files: Object.keys(zip.files) };
}

function recordsOf(text: string): Record<string, string>[] {
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}

function filled(rows: readonly Record<string, string>[]): number {
  return rows.filter((row) => /^[01]$/.test(row["predicted_survived"]!)).length;
}

test("a table that no model here was made for is filled in by one trained on it", async ({
  page,
  baseURL,
}) => {
  const egress = new Egress(page);
  await page.goto("/");
  await drop(page, "passengers.csv", half);
  const own = page.getByTestId("own");
  await expect(own.getByTestId("own-target")).toHaveValue("survived");
  await expectAccessible(page);
  await own.getByTestId("own-train").click();
  await expect(page.getByTestId("quay")).not.toContainText("Next: ");

  const report = page.getByTestId("own-report");
  await expect(report).toContainText("learned from 300 rows");
  await expect(report.getByTestId("own-leak")).toContainText("“alive” alone");
  await report.getByRole("button", { name: "Train again without it" }).click();
  await expect(report.getByTestId("own-leak")).toHaveCount(0);
  await expect(report.getByTestId("own-figures")).toContainText("Always saying the most frequent");
  await expect(report).toContainText("alive: left out by you");
  const plot = report.getByTestId("own-plot");
  await expect(plot.locator("circle")).toHaveCount(10);
  await plot.getByText("As a table").click();
  await expect(plot.getByRole("row")).toHaveCount(11);
  await expect(report).toContainText("ticket_id: tells rows apart");
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  const rows = await downloaded(page);
  expect(filled(rows)).toBe(600);

  await page.getByTestId("only-empty").check();
  await expect(page.getByTestId("download")).toHaveText("Download 300 rows");
  expect(await downloaded(page)).toEqual(rows.filter((row) => row["survived"] === ""));
  await expect(page.getByText("Saved 300 rows as")).toBeVisible();
  await page.getByTestId("fill-empty").check();
  for (const row of await downloaded(page)) expect(row["survived"]).toMatch(/^[01]$/);
  await page.getByTestId("fill-empty").uncheck();
  await page.getByTestId("only-empty").uncheck();

  const built = await elsewhere(page, half);
  expect(built.files.sort()).toEqual([
    ...["README.md", "learnware.zip", "model.onnx"],
    ...["predict.json", "predict.mjs", "predict.py"],
  ]);
  for (const [i, row] of rows.entries()) {
    if (row["survived"] !== "") continue; // By models that had not seen it.
    expect(built.rows[i]!["predicted_survived"], `row ${i}`).toBe(row["predicted_survived"]);
  }

  await drop(page, "others.csv", others, "another-file");
  await expect(page.getByTestId("own-lead")).toContainText("of passengers.csv");
  expect(filled(await downloaded(page))).toBe(80);
  expect(egress.bodies()).toEqual([]);
  await egress.expectClean(new URL(baseURL!).origin, privateWords);
  await expect(page.getByTestId("quay")).toContainText("Nothing of your data has left this tab");
});

test("a model that is kept is offered after a reload, for other tables too, until it is forgotten", async ({
  page,
}) => {
  await page.goto("/");
  await drop(page, "passengers.csv", half);
  await page.getByTestId("own-train").click();
  await page.getByRole("button", { name: "Keep on this device" }).click();
  await expect(page.getByTestId("own-keep")).toContainText("Kept on this device.");

  page.on("dialog", (dialog) => void dialog.accept());
  await page.reload();
  const ageless = others.replace("age", "years").replace("boarded", "Boarded");
  await drop(page, "others.csv", ageless);
  const kept = page.getByTestId("own-kept");
  await expect(kept).toContainText(/Your own model of “survived”, trained .+ on 300 rows/);
  await expect(kept).toContainText("This table lacks age");
  await expectAccessible(page);
  await kept.getByRole("button", { name: "Predict with it" }).click();
  await expect(page.getByTestId("own-lead")).toContainText("on 300 rows of passengers.csv");
  await expect(page.getByTestId("own-lead")).toContainText("lacks age");
  expect(filled(await downloaded(page))).toBe(80);
  const { files } = await elsewhere(page, half, "others-model.zip");
  expect(files).not.toContain("learnware.zip"); // Its rows are no longer here.

  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await page.setViewportSize({ width: 1280, height: 720 });

  await drop(page, "others.csv", "a,b\n1,2\n3,4\n", "another-file");
  await expect(page.getByTestId("own-turned-away")).toContainText("Your model of “survived”");
  await drop(page, "others.csv", ageless);
  await kept.getByRole("button", { name: /^Forget the model of survived/ }).click();
  await expect(kept).toHaveCount(0);
});

test("a column that cannot be calculated with is refused in words, and another can be chosen", async ({
  page,
}) => {
  await page.goto("/");
  const odd = half
    .trim()
    .split("\n")
    .map((line, i) => `${line},${i === 0 ? "odd" : `${1 + (i % 97)}.5e305`}`);
  await drop(page, "odd.csv", odd.join("\n"));
  await page.getByTestId("own-target").selectOption("odd");
  await page.getByTestId("own-train").click();
  await expect(page.getByTestId("own-refused")).toContainText(/too large/);
  await page.getByTestId("own-target").selectOption("fare");
  await page.getByTestId("own-train").click();
  await expect(page.getByTestId("own-figures")).toContainText("Off by");
  await expect(page.getByTestId("own-plot").locator("rect")).toHaveCount(10);
  await expectAccessible(page);
});

test("training is stopped where it is", async ({ page }) => {
  await page.goto("/");
  await drop(
    page,
    "many.csv",
    passengers(30_000, () => true),
  );
  await page.getByTestId("own-train").click();
  await page.getByTestId("own").getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByTestId("own-train")).toBeEnabled();
  await expect(page.getByTestId("step-predictions")).toBeDisabled();
});
