import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";

import { expectAccessible, expectNoSidewaysScroll, inEveryLook } from "./accessible";

import { SearchRequest } from "../../src/contracts/http/dock-api";
import { exportApp } from "../../src/dock/mirror/static-app";
import { exportStatic } from "../../src/dock/mirror/static-export";
import { staticFiles } from "../../src/dock/serve/static-files";
import { bookDock } from "../fixtures/book-dock";
import { serveDock } from "../fixtures/serve-dock";
import { canaries, canaryFile } from "./canary-file";
import { Egress } from "./egress";
import { goTo, lookFirst, openLeaveDetails } from "./steps";
import { isolation, serveFiles } from "./static-server";

const file = canaryFile();
const dist = join(import.meta.dirname, "../../dist");
const directory = mkdtempSync(join(tmpdir(), "berth-book-files-"));
let address = "";
let close = (): unknown => undefined;

/** The page on a dock with a book, and the same as plain files. */
test.beforeAll(async () => {
  const dock = await bookDock(20);
  const { store, blobs } = dock;
  await exportStatic({ store, blobs }, join(directory, "dock"));
  await exportApp(dist, directory, "dock");
  const served = await serveDock({ store, blobs, app: await staticFiles(dist) });
  address = served.url;
  close = () => {
    served.close();
    return dock.close();
  };
});
test.afterAll(() => close());

async function loadTable(page: Page, at = address): Promise<void> {
  await page.goto(at);
  await page.getByTestId("file-input").setInputFiles({
    name: file.name,
    mimeType: "text/csv",
    buffer: Buffer.from(file.text),
  });
  await expect(page.getByTestId("mapping")).toContainText("18");
}

/** Look at what would be sent, send it, and wait for what was found. */
async function find(page: Page, level: string): Promise<string | null> {
  await lookFirst(page, level);
  const leaves = page.getByTestId("what-leaves");
  await expect(leaves).toContainText("What would be sent");
  const message = leaves.locator("pre");
  const shown = (await message.count()) > 0 ? await message.textContent() : null;
  await page.getByTestId("send").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
  return shown;
}

function sentBy(body: string) {
  const { requirement } = SearchRequest.parse(JSON.parse(body));
  if (requirement?.form !== "weights") throw new Error("another form was sent");
  return requirement;
}

test("an outline on a book is less than a kilobyte, says nothing of rows, and is the same after a reload", async ({
  page,
}) => {
  const egress = new Egress(page);
  await loadTable(page);
  const first = await find(page, "Summary");
  await expect(page.getByTestId("leaves-bytes")).toContainText("256 weights");
  await loadTable(page);
  const again = await find(page, "Summary");
  expect(again).toBe(first);
  expect(Buffer.byteLength(first!)).toBeLessThanOrEqual(1000);
  expect(sentBy(first!)).toMatchObject({ on: { rowCount: 600 }, noise: null });
  expect(egress.addresses("/api/v1/books/").length).toBeGreaterThan(0);

  await goTo(page, "data");
  await openLeaveDetails(page);
  await page.getByText("A new key", { exact: true }).click();
  await page.getByTestId("new-key").click();
  await expect(page.getByTestId("key")).toContainText("has a new key");
  const other = await find(page, "Summary");
  expect(sentBy(other!).on).not.toEqual(sentBy(first!).on);
  expect(egress.bodies()).toEqual([first, again, other]);

  await page.getByTestId("run").click();
  await expect(page.getByTestId("predictions")).toBeVisible();
  await egress.expectClean(address, Object.values(canaries));
});

test("a noisy outline on a book is the same weights with noise, drawn anew each time", async ({
  page,
}) => {
  const egress = new Egress(page);
  await loadTable(page);
  await page.getByRole("radio", { name: "Summary with noise", exact: true }).check();
  await expect(page.getByTestId("too-noisy"), "600 rows are enough here").toHaveCount(0);
  const shown = [await find(page, "Summary with noise"), await find(page, "Summary with noise")];
  await expect(page.getByTestId("leaves-bytes")).toContainText("256 numbers with noise (ε = 1");
  const [one, two] = shown.map((body) => sentBy(body!));
  expect(one).toMatchObject({ noise: { epsilon: 1, delta: 1e-5 } });
  expect(one!.on.weights).not.toBe(two!.on.weights);
  expect(egress.bodies()).toEqual(shown);
  await egress.expectClean(address, Object.values(canaries));
});

test("nothing leaves on a book either", async ({ page }) => {
  const egress = new Egress(page);
  await loadTable(page);
  expect(await find(page, "Nothing leaves")).toBeNull();
  expect(egress.methods()).toEqual(["GET"]);
  await egress.expectClean(address, Object.values(canaries));
});

test("a dock of plain files has the book among them", async ({ page }) => {
  const server = await serveFiles(directory, () => isolation, "/");
  const egress = new Egress(page);
  try {
    await loadTable(page, server.address);
    await page.getByTestId("find").click();
    await expect(page.getByTestId("recommendation").first()).toBeVisible();
    expect(egress.addresses("/dock/books/")).toHaveLength(1);
    expect(egress.methods()).toEqual(["GET"]);
    await egress.expectClean(server.origin, Object.values(canaries));
  } finally {
    await server.close();
  }
});

test("what leaves can be read by everybody", async ({ page }) => {
  await loadTable(page);
  await openLeaveDetails(page);
  await page.getByText("A new key", { exact: true }).press("Enter");
  await find(page, "Summary");
  await page.getByTestId("quay").getByRole("button").first().press("Enter");
  await page.getByText("The points, in your own units").press("Enter");
  await page.getByRole("button", { name: "Show all" }).press("Enter");
  await inEveryLook(page, async () => {
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
});
