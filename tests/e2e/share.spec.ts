/** @file From a learnware's zip to a learnware that others find and use, and what its maker does with it afterwards. */

import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";
import JSZip from "jszip";
import Papa from "papaparse";

import { exportApp } from "../../src/dock/mirror/static-app";
import { seededRandom } from "../../src/engine/ground/random";
import { exportOnnx } from "../../src/engine/learnware/onnx/onnx-export";
import { rentModel } from "../fixtures/foreign-models";
import { island, packageOf, rkmeAround } from "../fixtures/learnwares";
import { passengers } from "../fixtures/passengers";
import { sharingDock, type SharingDock } from "../fixtures/sharing-dock";
import { patience } from "../patience";
import { expectAccessible, expectNoSidewaysScroll, inEveryLook } from "./accessible";
import { headersOf, serveFiles } from "./static-server";

const PASSWORD = "one long password";
const MAKER = "maker@share.test";
const OTHER = "other@share.test";

test.describe.configure({ mode: "serial" });
test.setTimeout(patience(240));

let dock: SharingDock;
test.beforeAll(async () => {
  const appDirectory = join(import.meta.dirname, "../../dist");
  dock = await sharingDock({ appDirectory }, PASSWORD);
  await dock.person(MAKER);
  await dock.person(OTHER);
});
test.afterAll(() => dock.close());

/** As the screen for it does, without going there. */
async function logInAs(page: Page, email: string): Promise<void> {
  const answer = await page.request.post(`${dock.url}/api/v1/my/login`, {
    headers: { Origin: dock.url },
    data: { email, password: PASSWORD },
  });
  expect(answer.ok()).toBe(true);
}

async function choose(page: Page, name: string, zip: Uint8Array): Promise<void> {
  const file = { name, mimeType: "application/zip", buffer: Buffer.from(zip) };
  await page.getByTestId("share-file").setInputFiles(file);
}

const verdict = (page: Page, is: string) =>
  expect(page.getByTestId("share-verdict")).toHaveAttribute("data-verdict", is);
const outcome = (page: Page, is: string) =>
  expect(page.getByTestId("outcome")).toHaveAttribute("data-state", is);

test("a zip is checked in the tab, put into better words, published, found and used", async ({
  page,
}) => {
  const sent: string[] = [];
  page.context().on("request", (request) => {
    if (request.method() !== "GET") sent.push(new URL(request.url()).pathname);
  });
  await page.goto(`${dock.url}/#/share`);
  await expectAccessible(page);
  const zip = await packageOf("Houses", { space: island, rkme: rkmeAround(1, 0) });
  await choose(page, "houses.zip", zip);
  await verdict(page, "ready");
  expect(sent).toEqual([]);
  await expect(page.getByTestId("check")).toHaveCount(12);
  await expect(page.getByTestId("landing")).toHaveAttribute("data-landing", "founds");
  await expect(page.getByTestId("share-about")).toContainText("area");
  const leaves = page.getByTestId("share-leaves");
  await leaves.getByText("semantic_specification.json", { exact: true }).click();
  await expect(leaves.locator("pre").nth(1)).toContainText('"Values": "Houses"');
  const sha = leaves.getByTestId("share-sha");
  const before = await sha.textContent();

  await page.getByTestId("word-name").fill("Prices of little houses");
  await page.getByTestId("word-name").blur();
  await expect(sha).not.toHaveText(before!);
  await verdict(page, "ready");
  await expect(page.getByTestId("share-about")).toContainText("Prices of little houses");
  await expect(leaves.locator("pre").nth(1)).toContainText("Prices of little houses");
  const published = await sha.textContent();
  await expectAccessible(page);
  await inEveryLook(page, async () => {
    await expectNoSidewaysScroll(page);
  });
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 800 });

  // Whoever is not logged in is asked to, and what was opened stays.
  await expect(page.getByTestId("publish")).toHaveCount(0);
  await page.getByTestId("log-in").click();
  const form = page.getByTestId("account").getByTestId("log-in");
  await form.getByLabel("E-mail").fill(MAKER);
  await form.getByLabel("Password").fill(PASSWORD);
  await form.getByRole("button", { name: "Log in" }).click();
  await expect(page).toHaveURL(/#\/share$/);
  await page.getByTestId("publish").click();
  await outcome(page, "verified");
  await verdict(page, "verified");
  await expect(page.getByTestId("quay")).toContainText("left");
  await page.getByTestId("outcome").getByRole("link", { name: "Look at it" }).click();
  await expect(page.getByTestId("learnware")).toContainText(published!);

  await page.goto(`${dock.url}/#/models?q=little`);
  await expect(page.getByTestId("listing")).toContainText("Prices of little houses");
  await page.goto(`${dock.url}/#/`);
  const rows = Array.from(
    { length: 600 },
    (_, i) => `${1 + Math.sin(i) / 3},${Math.cos(7 * i) / 3}`,
  );
  const csv = { name: "mine.csv", mimeType: "text/csv", buffer: Buffer.from(`area,age\n${rows.join("\n")}\n`) }; // prettier-ignore
  await page.getByTestId("file-input").setInputFiles(csv);
  await page.getByTestId("find").click();
  await expect(page.getByTestId("recommendation").first()).toContainText("Prices of little houses");
  await page.getByTestId("run").click();
  await expect(page.getByTestId("predictions")).toBeVisible();
});

test("sending is stopped and gone on with, and the same specification of somebody else is refused, with the reason", async ({
  page,
}) => {
  await logInAs(page, OTHER);
  await page.goto(`${dock.url}/#/share`);
  const copy = await packageOf("Prices by a copy", { space: island, rkme: rkmeAround(1, 0) });
  await choose(page, "copy.zip", copy);
  await verdict(page, "ready");
  await expect(page.getByTestId("landing")).toHaveAttribute("data-landing", "joins");
  const pieces = "**/api/v1/my/uploads/*";
  await page.route(pieces, (route) => (route.request().method() === "PATCH" ? undefined : route.continue())); // prettier-ignore
  const isSending = page.waitForRequest((request) => request.method() === "PATCH");
  await page.getByTestId("publish").click();
  await isSending;
  await page.getByTestId("sending").getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByTestId("stopped")).toContainText("0 B of");
  await page.unroute(pieces);
  await page.getByTestId("publish").click();
  await outcome(page, "refused");
  const check = page.getByTestId("outcome").locator('[data-check="island"]');
  await expect(check).toContainText("prices-of-little-houses");
  await page.getByRole("button", { name: "中文" }).click();
  await expect(check).toContainText("完全相同");
  await expectAccessible(page);
  await page.getByRole("button", { name: "English" }).click();
  await page.getByTestId("outcome").getByRole("link", { name: "To all that is yours" }).click();
  const handed = page.getByTestId("submission");
  await expect(handed).toHaveAttribute("data-state", "refused");
  await handed.locator("summary").click();
  await expect(handed.locator('[data-check="island"]')).toContainText("somebody else’s");
  await expect(page.getByTestId("own-learnware")).toHaveCount(0);
});

test("what a dock would refuse is not sent, and says why", async ({ page }) => {
  await logInAs(page, OTHER);
  await page.goto(`${dock.url}/#/share`);
  const constant = exportOnnx({
    task: "regression",
    features: 2,
    standardiser: {
      means: new Float64Array(2),
      factors: new Float64Array(2).fill(1),
      lows: new Float64Array(2).fill(-9),
      highs: new Float64Array(2).fill(9),
    },
    weights: { data: new Float64Array(2), rows: 1, cols: 2 },
    intercepts: Float64Array.of(3),
  });
  await choose(page, "always-3.zip", await packageOf("Always three", { space: island, model: constant })); // prettier-ignore
  await verdict(page, "wouldRefuse");
  await expect(page.locator('[data-check="own_rows"]')).toContainText("answers all examples alike");
  await expect(page.getByTestId("publish")).toBeDisabled();
  const noZip = Buffer.from("not a zip, whatever it is called");
  await choose(page, "broken.zip", noZip);
  await expect(page.locator('[data-check="zip"]')).toHaveAttribute("data-state", "refused");
  await expect(page.locator('[data-check="zip"]')).toContainText("not a zip");
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByTestId("share-verdict")).toHaveText("服务器会拒绝它");
  await expect(page.locator('[data-check="zip"]')).toContainText("not a zip");
});

test("what is one's own gets other words and a new version, and is taken out", async ({ page }) => {
  await logInAs(page, MAKER);
  await page.goto(`${dock.url}/#/mine`);
  const own = page.getByTestId("own-learnware");
  await expect(own).toHaveAttribute("data-key", "prices-of-little-houses");
  await expectAccessible(page);
  await own.getByTestId("edit").click();
  await own.getByTestId("word-description").fill("Prices of little houses, by size and age.");
  await own.getByRole("button", { name: "Save" }).click();
  await expect(page.getByTestId("submission").first()).toHaveAttribute("data-state", "verified");
  await expect(own).toContainText("version 2");

  await own.getByRole("link", { name: /New version/ }).click();
  await expect(page.getByTestId("version-of")).toContainText("prices-of-little-houses");
  const next = await packageOf("Prices of small houses", {
    space: island,
    rkme: rkmeAround(0.8, 0.1),
  });
  await choose(page, "next.zip", next);
  await verdict(page, "ready");
  await page.getByTestId("publish").click();
  await outcome(page, "verified");
  await expect(page.getByTestId("outcome")).toHaveAttribute(
    "data-learnware",
    "prices-of-little-houses",
  );
  await page.goto(`${dock.url}/#/mine`);
  await expect(own).toContainText("Prices of small houses");
  await expect(own).toContainText("version 3");
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);
  await page.getByRole("button", { name: "中文" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "English" }).click();

  await own.getByRole("button", { name: /^Take .* out$/ }).click();
  await page.getByTestId("yes").click();
  await expect(own).toContainText("taken out");
  await page.goto(`${dock.url}/#/models?q=houses`);
  await expect(page.getByTestId("nothing")).toBeVisible();
});

test("a model that was trained in the tab is shared in one press, and its outline was looked at", async ({
  page,
}) => {
  await page.goto(`${dock.url}/#/`);
  const buffer = Buffer.from(passengers(1200, (row) => row % 3 > 0));
  await page
    .getByTestId("file-input")
    .setInputFiles({ name: "passengers.csv", mimeType: "text/csv", buffer });
  await page.getByTestId("own").getByTestId("own-train").click();
  await page.getByTestId("share-own").click();
  await expect(page).toHaveURL(/#\/share$/);
  await verdict(page, "ready");
  await expect(page.getByTestId("share-preflight")).toContainText("none is one of your examples");
  await expect(page.getByTestId("share-preflight")).toContainText("Attacks rehearsed here");
  await expect(page.getByTestId("share-about")).toContainText("survived");
  await expect(page.getByTestId("share-leaves")).not.toContainText("Passenger number");
});

test("an ONNX file and its table become a learnware in the tab, and no raw value leaves with it", async ({
  page,
}) => {
  const bodies: Buffer[] = [];
  const sent: string[] = [];
  page.context().on("request", (request) => {
    const path = new URL(request.url()).pathname;
    sent.push(decodeURIComponent(request.url()));
    if (request.method() === "PATCH") bodies.push(request.postDataBuffer() ?? Buffer.alloc(0));
    else if (request.method() !== "GET") sent.push(`${path} ${request.postData() ?? ""}`);
  });
  await logInAs(page, MAKER);
  await page.goto(`${dock.url}/#/share`);
  await page.getByTestId("share-file").setInputFiles({
    name: "rent.onnx",
    mimeType: "application/octet-stream",
    buffer: Buffer.from(rentModel()),
  });
  const pack = page.getByTestId("pack");
  await expect(pack).toContainText("takes string [N × 1]");
  const random = seededRandom(5);
  const rows = Array.from({ length: 500 }, (_, i) => {
    const side = i % 3 === 0 ? "south" : "north";
    const size = (40 + 60 * random()).toFixed(5);
    const rooms = 1 + Math.floor(4 * random());
    const rent = 2 * Number(size) + (side === "south" ? 10 : 0) + rooms;
    return { tenant: `Canary ${i}`, side, size, rooms, rent: rent.toFixed(4) };
  });
  const table = Papa.unparse(rows);
  await page
    .getByTestId("pack-rows")
    .setInputFiles({ name: "canary-rents.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
  await expect(page.getByTestId("pack-target")).toHaveValue("rent");
  await expect(page.getByTestId("pack-places")).toContainText("← rooms");
  await pack.getByLabel("It was not trained on these rows").check();
  const shown = Array.from({ length: 30 }, (_, i) => [i % 2 ? "north" : "south", 50 + i, 2, 2 * (50 + i) + (i % 2 ? 0 : 10) + 2]); // prettier-ignore
  const sample = Papa.unparse({ fields: ["side", "size", "rooms", "rent"], data: shown });
  await page.getByTestId("pack-more").getByText("More choices").click();
  await page
    .getByTestId("pack-sample")
    .setInputFiles({ name: "shown.csv", mimeType: "text/csv", buffer: Buffer.from(sample) });
  await expect(page.getByTestId("pack-more")).toContainText("shown.csv");
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await pack.getByLabel("What the new kind of data is called").fill("Rents of the tests");
  await page.getByTestId("pack-go").click();
  await verdict(page, "ready");
  await expect(page.getByTestId("packed")).toContainText("on held-back rows");
  await expect(page.getByTestId("share-preflight")).toContainText("Attacks rehearsed here");
  await expect(page.getByTestId("landing")).toContainText("Rents of the tests");
  expect(sent.filter((one) => one.startsWith("/"))).toEqual([]);
  await page.getByTestId("publish").click();
  await outcome(page, "verified");
  await page.getByTestId("outcome").getByRole("link", { name: "Look at it" }).click();
  await expect(page.getByTestId("declared")).toContainText("RMSE");
  await expect(page.getByTestId("measured")).toContainText("on 30 rows");
  await expectAccessible(page);

  const zip = await JSZip.loadAsync(Buffer.concat(bodies));
  const files = await Promise.all(Object.values(zip.files).map((file) => file.async("string")));
  const told = [...sent, ...files].join("\n");
  expect(told).toContain("rooms");
  expect(told.toLowerCase()).not.toContain("canary");
  const values = rows.flatMap(({ size, rent }) => [size, rent]);
  expect(values.filter((one) => told.includes(one))).toEqual([]);
});

test("where a dock takes nothing the screen says so, and the zip can be saved", async ({
  page,
}) => {
  const directory = mkdtempSync(join(tmpdir(), "berth-share-files-"));
  const root = join(import.meta.dirname, "../..");
  cpSync(join(root, "public/starter"), join(directory, "dock"), { recursive: true }); // It is an export.
  await exportApp(join(root, "dist"), directory, "dock");
  const files = await serveFiles(directory, headersOf(directory), "/");
  try {
    await page.goto(`${files.address}#/share`);
    await choose(page, "houses.zip", await packageOf("Houses", { space: island }));
    await verdict(page, "ready");
    await expect(page.getByTestId("publish")).toHaveCount(0);
    await expect(page.getByTestId("share")).toContainText("copy made of plain files");
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      page.getByTestId("save-zip").click(),
    ]);
    expect(saved.suggestedFilename()).toBe("houses.zip");
    await page.goto(`${files.address}#/mine`);
    await expect(page.getByTestId("no-accounts")).toBeVisible();
  } finally {
    await files.close();
  }
});
