import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { expect, type Page, test } from "@playwright/test";
import JSZip from "jszip";
import Papa from "papaparse";
import { PNG } from "pngjs";

import { directoryRecords } from "../../src/engine/learnware/zip/zip-records";
import { pictureDock } from "../fixtures/picture-dock";
import { badPictures } from "../fixtures/pictures/bad-pictures";
import { drawnShape, type Shape, SHAPES } from "../fixtures/pictures/shapes";
import { patience } from "../patience";
import { expectAccessible, expectNoSidewaysScroll, inEveryLook } from "./accessible";
import { type DockProcess, startDockProcess } from "./dock-process";
import { Egress } from "./egress";
import { addressFor, expectComputed, goTo } from "./steps";

const CANARY = "marmaladewombat";
const EACH = 40;

/** Drawn pictures by their paths; what each shows is in no name. */
const drawn = new Map<string, { shape: Shape; bytes: Buffer }>(
  SHAPES.flatMap((shape, s) =>
    Array.from({ length: EACH }, (_, i) => {
      const name = `${CANARY} ${String(i * SHAPES.length + s).padStart(3, "0")}.png`;
      return [`visit/${name}`, { shape, bytes: drawnShape(shape, 7000 + i) }] as const;
    }),
  ),
);

let dock: DockProcess;

test.beforeAll(async () => {
  test.setTimeout(patience(300));
  dock = await startDockProcess({ BERTH_DATA: await pictureDock(), BERTH_STARTER: "none" });
});
test.afterAll(() => dock.stop());

/** A folder with these files, by their paths below it. */
function folderOf(
  name: string,
  files: Iterable<readonly [path: string, bytes: Uint8Array]>,
): string {
  const folder = join(mkdtempSync(join(tmpdir(), "berth-pictures-")), name);
  mkdirSync(folder);
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

async function choose(page: Page, folder: string): Promise<void> {
  await page.getByTestId("folder-input").setInputFiles(folder);
}

async function downloaded(page: Page, testId: string): Promise<{ name: string; bytes: Buffer }> {
  const waiting = page.waitForEvent("download");
  await page.getByTestId(testId).click();
  const saved = await waiting;
  return { name: saved.suggestedFilename(), bytes: readFileSync(await saved.path()) };
}

function drawnFiles(most = Infinity) {
  return [...drawn].slice(0, most).map(([path, { bytes }]) => [path, bytes] as const);
}

test("a folder of pictures becomes labels, and no picture or name of one leaves", async ({
  page,
}, info) => {
  test.setTimeout(patience(300));
  const egress = new Egress(page);
  await page.goto(addressFor(info, dock.url));
  const notes = ["notes.txt", Buffer.from("not a picture")] as const;
  await choose(page, folderOf("holiday", [...drawnFiles(), notes]));
  await expect(page.getByTestId("pictures")).toBeVisible();
  await expect(page.getByTestId("profile")).toContainText(`${drawn.size} pictures`);
  await page.getByTestId("refused").locator("summary").click();
  await expect(page.getByTestId("refused")).toContainText("notes.txt");
  await expect(page.getByTestId("pictures").locator("canvas").first()).toBeVisible();
  await expect(page.getByTestId("verdict")).toContainText("Photos");

  await page.getByTestId("find").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
  await expectComputed(page, info);
  await page.getByTestId("run").click();
  const gallery = page.getByTestId("predicted-pictures");
  await expect(gallery).toBeVisible();
  await expect(page.getByTestId("download-sorted")).toBeVisible();

  const { name, bytes } = await downloaded(page, "download");
  expect(name).toBe("holiday-predictions.csv");
  const rows = Papa.parse<Record<string, string>>(bytes.toString("utf8"), {
    header: true,
    skipEmptyLines: true,
  }).data;
  expect(rows.length).toBe(drawn.size);
  const right = rows.filter((row) => drawn.get(row["file"]!)?.shape === row["predicted_folder"]);
  expect(right.length / rows.length).toBeGreaterThan(0.75); // By chance .25.
  expect(Number(rows[0]!["probability_ring"])).toBeGreaterThanOrEqual(0);

  // With keys alone: to a picture, into its label, to another one.
  await gallery.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const label = page.locator("select:focus");
  const was = await label.inputValue();
  const picture = /Label of (.*)/.exec((await label.getAttribute("aria-label"))!)![1]!;
  await page.keyboard.press(was === "bar" ? "End" : "Home");
  const now = await label.inputValue();
  expect(now).not.toBe(was);
  await expect(page.getByTestId("by-hand")).toContainText("1 labelled by hand");

  const sorted = await downloaded(page, "download-sorted");
  expect(sorted.name).toBe("holiday-sorted.zip");
  const zip = await JSZip.loadAsync(sorted.bytes, { checkCRC32: true });
  expect(Object.keys(zip.files).length).toBe(drawn.size);
  expect(zip.file(`${now}/${picture}`)).not.toBeNull();
  const kept = await zip.file(`${now}/${picture}`)!.async("nodebuffer");
  expect(kept).toEqual(drawn.get(`visit/${picture}`)!.bytes);

  await inEveryLook(page, async () => {
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });

  for (const mark of await gallery.locator("button").all()) {
    if ((await mark.getAttribute("aria-pressed")) === "false") await mark.click();
  }
  await page.getByTestId("predict-again").click();
  await expect(page.getByTestId("predict-again")).toBeEnabled();
  const again = await downloaded(page, "download");
  const [first] = Papa.parse<Record<string, string>>(again.bytes.toString("utf8"), {
    header: true,
  }).data;
  expect(Object.keys(first!)).toContain("label");

  await goTo(page, "data");
  await inEveryLook(page, async () => {
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });
  await egress.expectClean(dock.url, [CANARY, "holiday", "notes.txt", "IHDR"]);
});

test("a zip is read as a folder is; pictures of one colour say nothing, and are predicted", async ({
  page,
}) => {
  const zip = new JSZip();
  for (const [path, bytes] of drawnFiles(30)) zip.file(path, bytes);
  const white = new PNG({ width: 8, height: 8 });
  white.data.fill(255);
  zip.file("white.png", PNG.sync.write(white));
  await page.goto(dock.url);
  await page.getByTestId("file-input").setInputFiles({
    ...{ name: "pictures.zip", mimeType: "application/zip" },
    buffer: await zip.generateAsync({ type: "nodebuffer" }),
  });
  await expect(page.getByTestId("profile")).toContainText("31 pictures");
  await page.getByRole("radio", { name: "Nothing leaves", exact: true }).check();
  await page.getByTestId("find").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
  await goTo(page, "match");
  await expect(page.getByTestId("not-described")).toContainText("1 picture of one colour");
  const mapping = page.getByTestId("mapping");
  await expect(mapping).toContainText("read pictures by how they look");
  await expect(mapping).not.toContainText("column");
  await expect(mapping.locator(".bar")).toHaveCount(0); // One target: nothing to choose.
  await expectAccessible(page);
  await expect(page.getByTestId("quay").getByRole("status").first()).not.toContainText("row");
  await goTo(page, "models");
  await page.getByTestId("run").click();
  await expect(page.getByTestId("predicted-pictures")).toBeVisible();
  await expect(page.getByTestId("predictions")).toContainText("31 pictures");
});

test("pictures in folders train a model here, which labels others and is taken away as one file", async ({
  page,
}) => {
  test.setTimeout(patience(300));
  const egress = new Egress(page);
  await page.goto(dock.url);
  const labelled = [...drawn].map(([path, { shape, bytes }]) => {
    return [path.replace("visit/", `${shape}/`), bytes] as const;
  });
  await choose(page, folderOf("labelled", labelled));
  const own = page.getByTestId("own");
  await expect(own.getByTestId("own-target")).toHaveValue("folder");
  expect(await own.locator("option").allTextContents()).toEqual(["folder"]);
  await own.getByTestId("own-train").click();
  await expect(page.getByTestId("own-figures")).toContainText(`of ${drawn.size} pictures`);
  const [, right] = /Right in (\d+)/.exec((await page.getByTestId("own-figures").textContent())!)!;
  expect(Number(right)).toBeGreaterThan(80);
  await expect(page.getByTestId("own-classes")).toContainText("ring");
  await expect(page.getByTestId("own-plot")).toBeVisible();
  await expect(page.getByTestId("predicted-pictures")).toBeVisible();
  await inEveryLook(page, async () => {
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });

  const { bytes } = await downloaded(page, "download-model");
  const zip = await JSZip.loadAsync(bytes);
  expect(Object.keys(zip.files)).toEqual(["README.md", "model.onnx", "labels.json"]);
  const { labels } = JSON.parse(await zip.file("labels.json")!.async("string")) as {
    readonly labels: readonly string[];
  };
  expect([...labels].sort()).toEqual([...SHAPES].sort());

  await page.getByTestId("own-keep").getByRole("button").click();
  await expect(page.getByTestId("own-keep")).toContainText("Kept on this device.");

  await page.getByTestId("share-own").click();
  await expect(page.getByTestId("share-verdict")).toHaveAttribute("data-verdict", "ready");
  await expect(page.getByTestId("share-about")).toContainText("ring");
  await expect(page.getByTestId("share-preflight")).toContainText("points that everybody has");
  await page.goBack();

  const others = new JSZip();
  const shapes = Array.from({ length: 24 }, (_, i) => SHAPES[i % SHAPES.length]!);
  shapes.forEach((shape, i) => others.file(`${CANARY} ${i}.png`, drawnShape(shape, 9000 + i)));
  await page.getByTestId("another-file").setInputFiles({
    ...{ name: "others.zip", mimeType: "application/zip" },
    buffer: await others.generateAsync({ type: "nodebuffer" }),
  });
  await expect(page.getByTestId("own-lead")).toContainText("of labelled");
  const saved = await downloaded(page, "download");
  const rows = Papa.parse<Record<string, string>>(saved.bytes.toString("utf8"), {
    ...{ header: true, skipEmptyLines: true },
  }).data;
  expect(rows).toHaveLength(shapes.length);
  const hits = rows.filter(({ file, predicted_folder: said }) => {
    return shapes[Number(/(\d+)\.png$/.exec(file!)![1])] === said;
  });
  expect(hits.length / shapes.length).toBeGreaterThan(0.8);
  await egress.expectClean(dock.url, [CANARY, "labelled", "others.zip", "IHDR"]);
});

test("what is no picture is refused in a sentence, and what was open stays", async ({ page }) => {
  await page.goto(dock.url);
  await choose(page, folderOf("five", drawnFiles(5)));
  await expect(page.getByTestId("profile")).toContainText("5 pictures");
  const png = drawnShape("disc", 1);
  const bad = badPictures(png, png, png);
  const one = async (name: string, mimeType: string, bytes: Uint8Array, says: RegExp) => {
    await page
      .getByTestId("file-input")
      .setInputFiles({ name, mimeType, buffer: Buffer.from(bytes) });
    await expect(page.getByTestId("error").first()).toContainText(says);
    await expect(page.getByTestId("profile")).toContainText("5 pictures");
  };
  const svg = bad["a drawing that can run scripts"]![1];
  await one("drawing.svg", "image/svg+xml", svg, /no picture that can be read: SVG/);
  await one("photo.jpg", "image/jpeg", bad["a document"]![1], /no picture that can be read: PDF/);
  await one("empty.png", "image/png", new Uint8Array(), /The file is empty/);
  await one("half.png", "image/png", png.subarray(0, 300), /damaged or cut off/);
  const huge = bad["too long a side"]![1];
  await one("huge.png", "image/png", huge, /too large to be opened: 30000 × 30000/);
  const entry = { method: 0, crc: 0, packedBytes: 0, bytes: 0, at: 0 };
  const many = Array.from({ length: 100_000 }, (_, i) => ({ ...entry, path: `${i}.png` }));
  const zip = Buffer.concat([Buffer.from("PK\x03\x04"), directoryRecords(many, 4)]);
  await one("many.zip", "application/zip", zip, /too many files: 100000/);
  const empty = await new JSZip().file("letter.docx", "x").generateAsync({ type: "uint8array" });
  await one("none.zip", "application/zip", empty, /no picture and no text in it/);
});

test("a folder or zip without a picture or text is said to be one", async ({ page }) => {
  await page.goto(dock.url);
  const says = (sentence: string) =>
    expect(page.getByTestId("error").first()).toContainText(sentence);
  await choose(page, folderOf("empty", []));
  await says("There is no file in it.");
  await choose(page, folderOf("letters", [["a.docx", Buffer.from("x")]]));
  await says("There is no picture and no text in it (files: 1).");
  const buffer = await new JSZip().generateAsync({ type: "nodebuffer" });
  await page
    .getByTestId("file-input")
    .setInputFiles({ name: "empty.zip", mimeType: "application/zip", buffer });
  await says("There is no file in it.");
  // A browser that takes an empty folder for none tells it so.
  await page.getByTestId("folder-input").dispatchEvent("cancel");
  await expect(page.getByTestId("chose-nothing")).toContainText("there is no file in it");
});

test("so few pictures are not described; the other levels of privacy are offered", async ({
  page,
}) => {
  await page.goto(dock.url);
  await choose(page, folderOf("five", drawnFiles(5)));
  await page.getByTestId("find").click();
  await expect(page.getByTestId("error")).toBeVisible();
  await goTo(page, "data");
  await page.getByRole("radio", { name: "Nothing leaves", exact: true }).check();
  await page.getByTestId("find").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
});
