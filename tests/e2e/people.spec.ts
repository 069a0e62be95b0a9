/** @file People with an account, and whoever looks after a dock, on a dock of their own. */

import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, type Page, test } from "@playwright/test";

import { exportApp } from "../../src/dock/mirror/static-app";
import { expectAccessible, expectNoSidewaysScroll } from "./accessible";
import { type DockProcess, startDockProcess } from "./dock-process";
import { Egress } from "./egress";
import { headersOf, serveFiles } from "./static-server";

const root = join(import.meta.dirname, "../..");
const ADMIN = { email: "admin@people.test", name: "Ada", password: "one long password" };
const GUEST = { email: "guest@people.test", name: "Grace", password: "another long password" };

test.describe.configure({ mode: "serial" });

let dock: DockProcess;
test.beforeAll(async () => {
  dock = await startDockProcess({
    BERTH_DATA: mkdtempSync(join(tmpdir(), "berth-people-e2e-")),
    BERTH_VERIFIERS: "0",
    BERTH_RATE: "0", // One browser after another logs in here, oftener than ten times a minute.
  });
});
test.afterAll(async () => dock.stop());

/** With the link that the dock printed for its first admin. */
function adminLink(): string {
  return /http:\S+confirm=[A-Za-z0-9_-]{43}/.exec(dock.said())![0];
}

async function logIn(page: Page): Promise<void> {
  await page.goto(`${dock.url}/#/account`);
  await logInWith(page, ADMIN);
  await expect(page.getByTestId("person")).toBeVisible();
}

async function logInWith(
  page: Page,
  { email, password }: Pick<typeof ADMIN, "email" | "password">,
): Promise<void> {
  const form = page.getByTestId("log-in");
  await form.getByLabel("E-mail").fill(email);
  await form.getByLabel("Password").fill(password);
  await form.getByRole("button", { name: "Log in" }).click();
}

test("the first link makes whoever opens it look after the dock, and is taken out of the address", async ({
  page,
}) => {
  await page.goto(adminLink());
  await expect(page).toHaveURL(`${dock.url}/#/account`);
  const form = page.getByTestId("by-link");
  await form.getByLabel("Name").fill(ADMIN.name);
  await form.getByLabel("E-mail").fill(ADMIN.email);
  await form.getByLabel("Password").fill(ADMIN.password);
  await expectAccessible(page);
  await form.getByRole("button", { name: "Make the account" }).click();
  await expect(page.getByTestId("person")).toContainText(ADMIN.email);
  await page.reload();
  await expect(page.getByTestId("person")).toContainText(ADMIN.name);
  await page.getByRole("button", { name: "Log out", exact: true }).click();
  await expect(page.getByTestId("log-in")).toBeVisible();
  await expect(page.getByTestId("register")).toContainText("by invitation");
  await page.goto(adminLink());
  await form.getByLabel("Name").fill("Second");
  await form.getByLabel("E-mail").fill("second@people.test");
  await form.getByLabel("Password").fill(ADMIN.password);
  await form.getByRole("button", { name: "Make the account" }).click();
  await expect(form.getByTestId("refused")).toContainText("used before");
  await form.getByRole("button", { name: "Cancel" }).click();
  await expectNoSidewaysScroll(page);
  await logInWith(page, { ...ADMIN, password: "another password" });
  await expect(page.getByTestId("refused")).toContainText("not right");
});

test("whoever is invited makes a token, and is seen by those who look after the dock", async ({
  page,
  browser,
}) => {
  await logIn(page);
  await page.getByRole("link", { name: "Looking after the server" }).click();
  await expect(page.getByTestId("summary")).toBeVisible();
  await page.getByRole("link", { name: "People" }).click();
  const invite = page.getByTestId("invite");
  await invite.getByLabel("E-mail").fill(GUEST.email);
  await invite.getByRole("button", { name: "Make an invitation" }).click();
  const link = await page.getByTestId("invited").locator("pre").textContent();

  const other = await browser.newContext();
  const guest = await other.newPage();
  await guest.goto(link!);
  const form = guest.getByTestId("by-link");
  await expect(form.getByLabel("E-mail"), "it was sent to an address").toHaveCount(0);
  await form.getByLabel("Name").fill(GUEST.name);
  await form.getByLabel("Password").fill(GUEST.password);
  await form.getByRole("button", { name: "Make the account" }).click();
  await expect(guest.getByTestId("person")).toContainText(GUEST.email);
  await expect(guest.getByRole("link", { name: "Looking after the server" })).toHaveCount(0);
  await guest.goto(`${dock.url}/#/admin`);
  await expect(guest.getByTestId("admins-alone")).toContainText(GUEST.name);

  await guest.getByRole("link", { name: "Tokens" }).click();
  const make = guest.getByTestId("make-token");
  await make.getByLabel("What it is for").fill("laptop");
  await make.getByRole("button", { name: "Make a token" }).click();
  const token = await guest.getByRole("group", { name: "The token" }).textContent();
  const asked = await fetch(`${dock.url}/api/v1/my/account`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(await asked.json()).toMatchObject({ name: GUEST.name, scopes: ["read", "submit"] });
  await guest.reload();
  await expect(guest.getByTestId("token")).toContainText("Last used");
  await expect(guest.locator("body"), "it is shown once").not.toContainText(token!);

  await page.getByRole("searchbox").fill("grace");
  await page.getByRole("button", { name: "Find" }).click();
  const row = page.getByTestId("person-row");
  await expect(row).toHaveCount(1);
  await expect(row).toContainText(GUEST.email);
  await row.getByRole("button", { name: "Shut out" }).click();
  await page.getByTestId("yes").click();
  await expect(row).toContainText("shut out");
  await guest.getByRole("button", { name: "Remove" }).click();
  await guest.getByTestId("yes").click();
  await expect(guest.getByTestId("log-in-first")).toBeVisible();
  await guest.getByRole("link", { name: "Log in" }).click();
  await logInWith(guest, GUEST);
  await expect(guest.getByTestId("refused")).toBeVisible();
  await row.getByRole("button", { name: "Let in again" }).click();
  await page.getByTestId("yes").click();
  await expect(row).not.toContainText("shut out");
  await logInWith(guest, GUEST);
  await expect(guest, "where the way to log in was taken from").toHaveURL(/#\/tokens$/);
  await guest.getByRole("button", { name: "Remove laptop" }).click();
  await guest.getByTestId("yes").click();
  await expect(guest.getByTestId("token")).toHaveCount(0);
  await other.close();
});

test("kinds of data are renamed, split and merged again, and models removed", async ({ page }) => {
  await logIn(page);
  await page.goto(`${dock.url}/#/admin?part=islands`);
  const row = (id: string) =>
    page.getByTestId("island-row").filter({ has: page.getByText(id, { exact: true }) });
  const houses = row("house-sales");
  await houses.getByRole("button", { name: /^Rename/ }).click();
  await houses.getByTestId("rename").getByLabel("Name").fill("Houses that were sold");
  await houses.getByTestId("rename").getByRole("button", { name: "Rename" }).click();
  await expect(houses).toContainText("Houses that were sold");
  const before = await houses.textContent();

  await houses.getByRole("button", { name: /^Split/ }).click();
  const split = houses.getByTestId("split");
  await split.getByRole("checkbox").first().check();
  await split.getByRole("checkbox").nth(1).check();
  await split.getByLabel("Name of the new one").fill("Dear houses");
  await expect(split.getByLabel("Its id")).toHaveValue("dear-houses");
  await split.getByRole("button", { name: "Split", exact: true }).click();
  await expect(row("dear-houses")).toContainText("2 models");

  const dear = row("dear-houses");
  await dear.getByRole("button", { name: /^Merge/ }).click();
  await dear.getByTestId("merge").getByRole("button", { name: "Merge", exact: true }).click();
  await page.getByTestId("yes").click();
  await expect(dear).toHaveCount(0);
  expect(await houses.textContent()).toBe(before);

  await page.getByRole("link", { name: "Models" }).last().click();
  await page.getByRole("searchbox").fill("house");
  await page.getByRole("button", { name: "Find" }).click();
  const model = page.getByTestId("model-row").first();
  await expect(model, "the first of those found").toContainText(/house/i);
  const id = (await model.locator(".muted").textContent())!.trim().split(",")[0]!;
  await model.getByRole("button", { name: /^Remove/ }).click();
  await page.getByTestId("yes").click();
  await expect(page.getByTestId("yes")).toHaveCount(0);
  expect((await fetch(`${dock.url}/api/v1/learnwares/${id}`)).status).toBe(404);
});

test("a search that is made while somebody is logged in does not tell who asks", async ({
  page,
}) => {
  await logIn(page);
  const sent: { readonly path: string; readonly method: string; readonly tells: boolean }[] = [];
  const looked: Promise<unknown>[] = [];
  page.context().on("request", (request) => {
    const { pathname: path } = new URL(request.url());
    if (!path.startsWith("/api/")) return;
    const look = async () => {
      const { cookie, authorization } = await request.allHeaders();
      const tells = cookie !== undefined || authorization !== undefined;
      sent.push({ path, method: request.method(), tells });
    };
    looked.push(look());
  });
  await page.goto(`${dock.url}/#/models`);
  await page.getByTestId("browse-text").fill("house");
  await page.getByTestId("browse-text").press("Enter");
  await expect(page.getByTestId("listing").first()).toBeVisible();
  await page.goto(`${dock.url}/#/`);
  await page.getByRole("button", { name: "House sales" }).click();
  await expect(page.getByTestId("verdict").getByRole("button")).toBeVisible();
  await page.getByTestId("find").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
  await page.getByTestId("run").click();
  await expect(page.getByTestId("predictions")).toBeVisible();
  await page.goto(`${dock.url}/#/admin`);
  await expect(page.getByTestId("summary")).toBeVisible();
  await Promise.all(looked);
  const isOwn = ({ path }: { readonly path: string }) => path.startsWith("/api/v1/my/");
  expect(
    sent.filter(isOwn).every(({ tells }) => tells),
    "the session is there",
  ).toBe(true);
  expect(sent.some(isOwn)).toBe(true);
  const others = sent.filter((one) => !isOwn(one));
  expect(others.filter(({ method }) => method === "POST").length).toBeGreaterThan(1);
  expect(others.some(({ path }) => path.endsWith("/package"))).toBe(true);
  expect(others.filter(({ tells }) => tells)).toEqual([]);
});

test("without a visit to a screen for people with an account nobody is asked who is there", async ({
  page,
}) => {
  const egress = new Egress(page);
  await page.goto(`${dock.url}/#/models`);
  await expect(page.getByTestId("listing").first()).toBeVisible();
  await page.getByRole("link", { name: "Help" }).click();
  await expect(page.getByTestId("help")).toBeVisible();
  expect(egress.addresses("/api/v1/my")).toEqual([]);
  await page.getByRole("link", { name: "Account" }).click();
  await expect(page.getByTestId("log-in")).toBeVisible();
  expect(egress.addresses("/api/v1/my").map(({ pathname }) => pathname)).toEqual([
    "/api/v1/my/account",
  ]);
});

for (const { width, locale, colorScheme } of [
  { width: 320, locale: "en-GB", colorScheme: "dark" },
  { width: 320, locale: "zh-CN", colorScheme: "light" },
  { width: 1440, locale: "zh-CN", colorScheme: "dark" },
] as const) {
  test.describe(`${width} px wide, ${locale}, ${colorScheme}`, () => {
    test.use({ viewport: { width, height: 800 }, locale, colorScheme });

    test("everybody can use what is for people with an account", async ({ page }) => {
      const look = async (at: string, shown: string) => {
        await test.step(at, async () => {
          await page.goto(`${dock.url}/#/${at}`);
          await expect(page.getByTestId(shown).first()).toBeVisible();
          await expectNoSidewaysScroll(page);
          await expectAccessible(page);
        });
      };
      await look("tokens", "log-in-first");
      await look("account", "register");
      await page.locator("input[type=email]").fill(ADMIN.email);
      await page.locator("input[type=password]").fill(ADMIN.password);
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("person")).toBeVisible();
      await look("account", "person");
      await look("tokens", "make-token");
      await page.getByTestId("make-token").locator("input[type=text]").fill("laptop");
      await page.keyboard.press("Enter");
      await expect(page.getByTestId("token-made")).toBeVisible();
      await look("tokens", "token");
      await page.getByTestId("token").getByRole("button").first().click();
      await expect(page.getByTestId("yes")).toBeVisible();
      await expectAccessible(page);
      await page.getByTestId("yes").click();
      await expect(page.getByTestId("yes")).toHaveCount(0);
      await look("admin", "queue");
      await look("admin?part=people", "person-row");
      await look("admin?part=models", "model-row");
      await look("admin?part=islands", "island-row");
      for (const [i, form] of ["rename", "merge", "split"].entries()) {
        await page.getByTestId("island-row").first().getByRole("button").nth(i).click();
        await expect(page.getByTestId(form)).toBeVisible();
        await expectNoSidewaysScroll(page);
        await expectAccessible(page);
      }
    });
  });
}

test("a copy of plain files has no accounts, says so, and does not lead there", async ({
  page,
}) => {
  const directory = mkdtempSync(join(tmpdir(), "berth-people-static-"));
  cpSync(join(root, "public/starter"), join(directory, "dock"), { recursive: true });
  await exportApp(join(root, "dist"), directory, "dock", []);
  const server = await serveFiles(directory, headersOf(directory), "/");
  await page.goto(server.address);
  await expect(page.getByTestId("server")).toBeVisible();
  await expect(page.getByRole("link", { name: "Account" })).toHaveCount(0);
  await page.goto(`${server.address}#/tokens`);
  await expect(page.getByTestId("no-accounts")).toContainText("plain files");
  await expect(page.getByTestId("no-accounts")).toContainText("work without one");
  await server.close();
});
