/** @file From a file of texts to a label for each, by learnwares of texts; and no word of it leaves. */

import { readFileSync } from "node:fs";

import { expect, type Page, test } from "@playwright/test";
import JSZip from "jszip";
import Papa from "papaparse";

import { madeUpTexts } from "../fixtures/made-up-texts";
import { expectAccessible, expectNoSidewaysScroll, inEveryLook } from "./accessible";
import type { DockProcess } from "./dock-process";
import { Egress } from "./egress";
import { addressFor, expectComputed, goTo } from "./steps";
import { startTextDock } from "./text-dock";

/** Words, a column and a file that must never be seen outside the tab. */
const canaries = ["marmaladewombat", "zyxquil", "opinions of ours"];
const user = madeUpTexts(["cooking", "computers"], 60, 9);
const texts = user.map(({ text }, i) => {
  if (i === 5) return "";
  return i === 6 ? "qqq zzzx" : `${text} marmaladewombat`;
});
const table = Papa.unparse(texts.map((text, i) => ({ id: 100 + i, "Zyxquil comment": text })));

let dock: DockProcess;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  dock = await startTextDock();
});
test.afterAll(() => dock.stop());

async function choose(page: Page, name: string, content: string, address = dock.url) {
  await page.goto(address);
  await take(page, name, content);
}

async function take(page: Page, name: string, content: string) {
  const file = { name, mimeType: "text/plain", buffer: Buffer.from(content) };
  await page.getByTestId("file-input").setInputFiles(file);
}

async function tellTopics(page: Page): Promise<void> {
  await expect(page.getByTestId("verdict")).toContainText("What should be told about them?");
  await goTo(page, "match");
  await page.getByTestId("what-told").getByRole("radio", { name: "topic" }).check();
  await expect(page.getByTestId("text-language")).toContainText("mostly in English");
}

async function find(page: Page): Promise<void> {
  await page.getByTestId("find").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
}

async function download(page: Page): Promise<Record<string, string>[]> {
  await page.getByTestId("run").click();
  const button = page.getByTestId("download");
  await expect(button).toBeVisible();
  const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
  const csv = readFileSync(await file.path(), "utf8");
  return Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true }).data;
}

test("texts in a table get a label each, and no word of them leaves", async ({ page }, info) => {
  const egress = new Egress(page);
  await choose(page, "opinions of ours.csv", table, addressFor(info, dock.url));
  await tellTopics(page);
  await expect(page.getByTestId("text-column")).toHaveValue("1");
  await expect(page.getByTestId("text-language")).toContainText("1 empty");
  await find(page);
  await expectComputed(page, info);
  await expect(page.getByTestId("own-points").first()).toContainText("How much each public point");
  const rows = await download(page);

  expect(rows.map((row) => row["Zyxquil comment"])).toEqual(texts);
  const right = rows.filter((row, i) => row["predicted_topic"] === user[i]!.topic).length;
  expect(right).toBeGreaterThan(55);
  // Also a text without a word that is known has a label, and every class a probability.
  expect(rows[6]!["predicted_topic"]).not.toBe("");
  for (const row of rows) {
    const shares = ["cooking", "football", "computers"].map((one) => Number(row[`probability_${one}`])); // prettier-ignore
    expect(shares.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 2);
  }
  await goTo(page, "match");
  await expect(page.getByTestId("not-described")).toContainText("2 without a word that is known");
  await egress.expectClean(new URL(dock.url).origin, canaries);
});

test("labelled texts train a model here, which labels the others, is kept and taken away as one file", async ({
  page,
}) => {
  const egress = new Egress(page);
  const rows = user.map(({ topic }, i) => ({ note: texts[i], about: i % 3 === 0 ? "" : topic }));
  await choose(page, "opinions of ours.csv", Papa.unparse(rows));
  const own = page.getByTestId("own");
  await expect(own.getByTestId("own-target")).toHaveValue("about");
  await own.getByTestId("own-train").click();
  await expect(page.getByTestId("own-figures")).toContainText("of 40 texts");
  await inEveryLook(page, async () => {
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
  const saved = async (button: string) => {
    const waiting = page.waitForEvent("download");
    await page.getByTestId(button).click();
    return readFileSync(await (await waiting).path());
  };
  const read = (csv: Buffer) =>
    Papa.parse<Record<string, string>>(csv.toString("utf8"), {
      ...{ header: true, skipEmptyLines: true },
    }).data;
  const labelled = read(await saved("download"));
  const right = labelled.filter((row, i) => row["predicted_about"] === user[i]!.topic).length;
  expect(right).toBeGreaterThan(50);

  const zip = await JSZip.loadAsync(await saved("download-model"));
  expect(Object.keys(zip.files)).toEqual(["README.md", "model.onnx", "labels.json"]);

  await page.getByTestId("own-keep").getByRole("button").click();
  await expect(page.getByTestId("own-keep")).toContainText("Kept on this device.");
  const other = madeUpTexts(["cooking", "computers"], 30, 77);
  await page.getByTestId("another-file").setInputFiles({
    ...{ name: "others of ours.csv", mimeType: "text/csv" },
    buffer: Buffer.from(Papa.unparse(other.map(({ text }, i) => ({ id: i, note: text })))),
  });
  await expect(page.getByTestId("own-lead")).toContainText("of opinions of ours.csv");
  const others = read(await saved("download"));
  const hits = others.filter((row, i) => row["predicted_about"] === other[i]!.topic).length;
  expect(hits).toBeGreaterThan(25);
  await egress.expectClean(new URL(dock.url).origin, [...canaries, "others of ours"]);
});

test("a model that was trained on texts in the tab is shared in one press, and holds no text as a whole", async ({
  page,
}) => {
  const egress = new Egress(page);
  const many = madeUpTexts(["cooking", "computers"], 300, 21);
  const rows = many.map(({ text, topic }, i) => ({ note: `${text} wombat${i}`, about: topic }));
  await choose(page, "opinions of ours.csv", Papa.unparse(rows));
  await page.getByTestId("own").getByTestId("own-train").click();
  await expect(page.getByTestId("share-own")).toBeVisible();
  await expect(page.getByTestId("predictions")).toContainText("can read those words");
  await page.getByTestId("share-own").click();
  await expect(page).toHaveURL(/#\/share$/);
  await expect(page.getByTestId("share-verdict")).toHaveAttribute("data-verdict", "ready");
  await expect(page.getByTestId("share-about")).toContainText("computers");
  await expect(page.getByTestId("share-preflight")).toContainText("points that everybody has");
  await expect(page.getByTestId("share-leaves")).not.toContainText("wombat"); // In one text each.
  await egress.expectClean(new URL(dock.url).origin, [...canaries, "wombat1"]);
});

test("one text a line is told by what the lines are, and taken up after a reload", async ({
  page,
}) => {
  const egress = new Egress(page);
  await choose(page, "opinions of ours.txt", texts.join("\n"));
  await expect(page.getByTestId("grid")).toBeVisible();
  await expect(page.getByText("one text a line", { exact: false }).first()).toBeVisible();
  await tellTopics(page);
  await page.getByRole("checkbox", { name: "Keep this on this device" }).check();
  await page.reload();
  await expect(page.getByTestId("text-column")).toHaveValue("0");
  await expect(page.getByTestId("island")).toContainText("English texts");
  await page.getByRole("radio", { name: "Nothing leaves" }).check();
  await find(page);
  expect((await download(page)).map((row) => row["text"])).toEqual(texts);
  expect(egress.bodies()).toEqual([]);
  await egress.expectClean(new URL(dock.url).origin, canaries);
});

test("what is sent of texts is shown, with noise too, and looks well everywhere", async ({
  page,
}) => {
  const egress = new Egress(page);
  const many = madeUpTexts(["cooking", "computers"], 700, 3).map(({ text }) => text);
  await choose(page, "many.txt", many.join("\n"));
  await tellTopics(page);
  await inEveryLook(page, async () => {
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
  await page.getByRole("radio", { name: "Summary with noise" }).check();
  await page.getByTestId("leave-details").locator("summary").first().click();
  await page.getByRole("checkbox", { name: "Let me look" }).check();
  await page.getByTestId("find").click();
  const shown = await page.getByTestId("what-leaves").locator("pre").textContent();
  expect(egress.bodies()).toEqual([]);
  await page.getByTestId("send").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
  expect(egress.bodies()).toEqual([shown]);
  await inEveryLook(page, async () => {
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
  await page.getByTestId("run").click();
  await expect(page.getByTestId("download")).toBeVisible();
  await inEveryLook(page, async () => {
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
});

test("labels put right by hand count as answers, and are downloaded", async ({ page }) => {
  const egress = new Egress(page);
  await choose(page, "opinions of ours.csv", table);
  await tellTopics(page);
  await find(page);
  const asFootball = (all: readonly Record<string, string>[]) =>
    all.filter((row, i) => user[i]!.topic === "cooking" && row["predicted_topic"] === "football");
  const before = asFootball(await download(page)).length;
  // Whoever knows better says so of some rows: here that all of cooking is football.
  const rows = page.getByTestId("prediction-rows");
  for (let row = 1; row <= 14; row++) {
    const label = rows.getByRole("combobox", { name: `Label of row ${row}`, exact: true });
    if ((await label.count()) === 0) continue;
    await label.selectOption(user[row - 1]!.topic === "cooking" ? "football" : "computers");
  }
  await expect(page.getByTestId("by-hand")).toContainText("labelled by hand");
  await page.getByTestId("predict-again").click();
  await expect(page.getByTestId("predict-again")).toBeEnabled();
  await expect(page.getByTestId("predictions")).toContainText("football");
  await expectAccessible(page);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByTestId("download").click(),
  ]);
  const csv = readFileSync(await file.path(), "utf8");
  const { data } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
  const said = data.filter((row) => row["label_by_hand"] !== "");
  expect(said.length).toBeGreaterThan(8);
  expect(new Set(said.map((row) => row["label_by_hand"]))).toEqual(new Set(["football", "computers"])); // prettier-ignore
  // How far a dozen labels carry is for the ways of reuse to say; that they are learned from, for this test.
  expect(asFootball(data).length).toBeGreaterThan(before + 5);

  // They are kept in this browser, for the same file.
  await page.reload();
  await take(page, "opinions of ours.csv", table);
  await find(page);
  await page.getByTestId("run").click();
  await expect(page.getByTestId("by-hand")).toContainText(`${said.length} labelled by hand`);
  await egress.expectClean(new URL(dock.url).origin, canaries);
});

test("texts in another language are offered nothing of English words", async ({ page }) => {
  const german = "Der Hund des Nachbarn bellt die ganze Nacht, und niemand kann schlafen";
  const lines = Array.from({ length: 40 }, (_, i) => `${german}, sagt die ${i}. Frau von nebenan.`);
  await choose(page, "briefe.txt", lines.join("\n"));
  await expect(page.getByTestId("verdict")).toContainText("No model here was made for");
});
