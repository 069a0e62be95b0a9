import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";

import { exportApp } from "../../src/dock/mirror/static-app";
import { canaries, canaryFile } from "./canary-file";
import { Egress } from "./egress";
import { headersOf, serveFiles, type StaticServer } from "./static-server";

const root = join(import.meta.dirname, "../..");
const file = canaryFile();
let elsewhere: string;
let stranger: StaticServer;
let server: StaticServer;

/**
 * An export with the page and another folder with a dock beside it; on other ports a dock that the page may ask, and one
 * that would let it.
 */
test.beforeAll(async ({ baseURL }) => {
  elsewhere = baseURL!;
  const directory = mkdtempSync(join(tmpdir(), "berth-server-e2e-"));
  const starter = join(root, "public/starter");
  cpSync(starter, join(directory, "dock"), { recursive: true });
  await exportApp(join(root, "dist"), directory, "dock", [elsewhere]);
  cpSync(starter, join(directory, "mirror"), { recursive: true });
  const index = JSON.parse(readFileSync(join(starter, "index.json"), "utf8")) as object;
  writeFileSync(join(directory, "mirror/index.json"), JSON.stringify({ ...index, name: "Mirror" }));
  mkdirSync(join(directory, "empty"));
  server = await serveFiles(directory, headersOf(directory), "/");
  stranger = await serveFiles(starter, () => ({ "Access-Control-Allow-Origin": "*" }), "/");
});
test.afterAll(async () => {
  await Promise.all([stranger.close(), server.close()]);
});

const menu = (page: Page) => page.getByTestId("server-menu");

async function type(page: Page, address: string): Promise<void> {
  if (!(await menu(page).isVisible())) await page.getByTestId("server").click();
  await menu(page).getByLabel("Its address").fill(address);
  await menu(page).getByRole("button", { name: "Next" }).click();
}

async function use(page: Page): Promise<void> {
  const loaded = page.waitForEvent("load");
  await menu(page).getByRole("button", { name: "Use this server" }).click();
  await loaded;
}

async function predict(page: Page): Promise<void> {
  await page.getByTestId("file-input").setInputFiles({
    name: file.name,
    mimeType: "text/csv",
    buffer: Buffer.from(file.text),
  });
  await expect(page.getByTestId("mapping")).toContainText("18");
  await page.getByTestId("find").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
  await page.getByTestId("run").click();
  await expect(page.getByTestId("predictions")).toBeVisible();
}

test("another folder of the same server is chosen, remembered, and left again", async ({
  page,
}) => {
  const egress = new Egress(page);
  await page.goto(server.address);
  await type(page, "/mirror/");
  await expect(menu(page)).toContainText("It lies on the server that this page came from");
  expect(egress.addresses("/mirror/"), "nothing is asked before a yes").toEqual([]);
  await use(page);
  await page.reload();
  await expect(page.getByTestId("server")).toHaveText("/mirror/");
  await page.getByTestId("server").click();
  await expect(page.getByTestId("server-name")).toHaveText("Mirror");
  await expect(page.getByTestId("server-address")).toHaveText(`${server.origin}/mirror/`);
  await page.keyboard.press("Escape");
  await predict(page);
  expect(egress.addresses("/mirror/packages/").length).toBeGreaterThan(0);
  expect(egress.addresses("/dock/packages/")).toEqual([]);
  expect(egress.methods()).toEqual(["GET"]);
  await egress.expectClean(server.origin, Object.values(canaries));

  page.on("dialog", (dialog) => void dialog.accept()); // Predictions that nobody has downloaded.
  await page.getByTestId("server").click();
  const loaded = page.waitForEvent("load");
  await menu(page).getByRole("button", { name: "Back to this page’s own server" }).click();
  await loaded;
  await expect(page.getByTestId("server")).toHaveText("Server");
});

test("a server elsewhere is asked after a yes, gets what was shown, and is forgotten", async ({
  page,
}) => {
  const asked: string[] = [];
  const posted: string[] = [];
  page.context().on("request", (request) => {
    if (!request.url().startsWith(elsewhere)) return;
    asked.push(request.url());
    posted.push(...[request.postData() ?? []].flat());
  });
  await page.goto(server.address);
  await type(page, elsewhere);
  await expect(menu(page)).toContainText("It is run by somebody else.");
  await expect(menu(page)).toContainText("Nothing was sent to it yet.");
  await menu(page).getByRole("button", { name: "Cancel" }).click();
  await type(page, elsewhere);
  expect(asked).toEqual([]);
  await use(page);
  await expect(page.getByTestId("server")).toHaveText(new URL(elsewhere).host);
  await predict(page);
  expect(posted).toHaveLength(1);
  await page.getByTestId("quay").getByRole("button").first().click();
  await expect(page.getByRole("dialog").locator("pre").first()).toHaveText(posted[0]!);
  for (const word of Object.values(canaries)) {
    const said = [...asked.map(decodeURIComponent), ...posted].join("\n").toLowerCase();
    expect(said).not.toContain(word.toLowerCase());
  }

  await page.getByRole("button", { name: "Clear everything on this device" }).click();
  await page.getByRole("button", { name: "Clear it all" }).click();
  await expect(page.getByText("were removed from this browser")).toBeVisible();
  page.on("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await expect(page.getByTestId("server")).toHaveText("Server");
});

test("what is no address, no server, or not allowed is refused in words, and not asked", async ({
  page,
}) => {
  const origins = new Set<string>();
  page.context().on("request", (request) => origins.add(new URL(request.url()).origin));
  await page.goto(server.address);
  const refusal = page.getByTestId("server-refusal");
  for (const [address, words] of [
    ["", "Type the address"],
    ["javascript:alert(1)", "begin with https://"],
    ["https://me:secret@models.example", "name or password"],
    [stranger.origin, `does not allow it to ask ${new URL(stranger.origin).host}`],
  ] as const) {
    await type(page, address);
    await expect(refusal).toContainText(words);
  }
  await type(page, "/empty/");
  await menu(page).getByRole("button", { name: "Use this server" }).click();
  await expect(refusal).toContainText("no server of models");
  expect([...origins]).toEqual([server.origin]);

  // Whatever the page's own rules say, the browser keeps to the policy that it came with.
  const reached = await page.evaluate(async (url) => {
    return fetch(`${url}/index.json`).then(
      () => true,
      () => false,
    );
  }, stranger.origin);
  expect(reached).toBe(false);
});

test("a remembered server that does not answer is told of, and the own one is a press away", async ({
  page,
}) => {
  const gone = { kind: "static", base: `${server.origin}/gone/` };
  await page.addInitScript((kept) => {
    if (sessionStorage.getItem("once")) return;
    sessionStorage.setItem("once", "yes");
    localStorage.setItem("berth.dock", kept);
  }, JSON.stringify(gone));
  await page.goto(server.address);
  const trouble = page.getByTestId("server-trouble");
  await expect(trouble).toContainText("/gone/, cannot be reached");
  const loaded = page.waitForEvent("load");
  await trouble.getByRole("button").click();
  await loaded;
  await expect(page.getByTestId("server")).toHaveText("Server");
  await predict(page);
});

test("a remembered server that the page may no longer ask is not asked", async ({ page }) => {
  const asked: string[] = [];
  page.context().on("request", (request) => {
    if (request.url().startsWith(stranger.origin)) asked.push(request.url());
  });
  const kept = JSON.stringify({ kind: "static", base: `${stranger.origin}/` });
  await page.addInitScript((value) => localStorage.setItem("berth.dock", value), kept);
  await page.goto(server.address);
  await expect(page.getByTestId("server-trouble")).toContainText("may no longer be asked");
  await expect(page.getByTestId("server")).toHaveText("Server");
  expect(asked).toEqual([]);
});
