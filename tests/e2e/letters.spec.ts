/** @file Accounts by letter: who asks for one, forgets its password, changes it, and logs out everywhere. */

import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Browser, expect, type Page, test } from "@playwright/test";

import { MailServer } from "../fixtures/mail-server";
import { expectAccessible, expectNoSidewaysScroll } from "./accessible";
import { type DockProcess, startDockProcess } from "./dock-process";

const EMAIL = "ada@people.test";
const FIRST = "one long password";
const SECOND = "another long password";
const THIRD = "a third long password";

test.describe.configure({ mode: "serial" });

let mail: MailServer;
let dock: DockProcess;
test.beforeAll(async () => {
  mail = await MailServer.open();
  const port = String(await freePort());
  dock = await startDockProcess({
    PORT: port,
    BERTH_URL: `http://localhost:${port}`, // Links in letters begin with it.
    BERTH_DATA: mkdtempSync(join(tmpdir(), "berth-letters-e2e-")),
    BERTH_STARTER: "none",
    BERTH_REGISTER: "open",
    BERTH_SMTP_URL: mail.url,
    BERTH_MAIL_FROM: "dock@people.test",
    BERTH_VERIFIERS: "0",
    BERTH_RATE: "0", // One browser after another logs in here, oftener than ten times a minute.
  });
});
test.afterAll(async () => {
  await dock.stop();
  await mail.close();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What the letter after so many others leads to. */
async function linkAfter(letters: number): Promise<string> {
  await expect.poll(() => mail.letters.length).toBe(letters + 1);
  return /http:\S+=[A-Za-z0-9_-]{43}/.exec(mail.lastText)![0];
}

async function logInWith(page: Page, password: string): Promise<void> {
  await page.goto(`${dock.url}/#/account`);
  const form = page.getByTestId("log-in");
  await form.getByLabel("E-mail").fill(EMAIL);
  await form.getByLabel("Password").fill(password);
  await form.getByRole("button", { name: "Log in" }).click();
}

async function elsewhere(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

test("where accounts are open, whoever asks gets a letter, and its link makes the account", async ({
  page,
}) => {
  await page.goto(`${dock.url}/#/account`);
  const asking = page.getByTestId("register");
  await asking.getByLabel("E-mail").fill(EMAIL);
  await asking.getByRole("button", { name: "Send a letter" }).click();
  await expect(asking.getByRole("status")).toContainText(`on its way to ${EMAIL}`);
  await expectNoSidewaysScroll(page);
  await page.goto(await linkAfter(0));
  await expect(page).toHaveURL(`${dock.url}/#/account`);
  const form = page.getByTestId("by-link");
  await form.getByLabel("Name").fill("Ada");
  await form.getByLabel("Password").fill(FIRST);
  await form.getByRole("button", { name: "Make the account" }).click();
  await expect(page.getByTestId("person")).toContainText(EMAIL);
});

test("who changes the password stays, and every other browser is logged out", async ({
  page,
  browser,
}) => {
  const other = await elsewhere(browser);
  await logInWith(other, FIRST);
  await expect(other.getByTestId("person")).toBeVisible();
  await logInWith(page, FIRST);
  const form = page.getByTestId("change-password");
  await form.getByLabel("Current password").fill("not the password");
  await form.getByLabel("New password").fill(SECOND);
  await form.getByRole("button").last().click();
  await expect(form.getByTestId("refused")).toContainText("not right");
  await form.getByLabel("Current password").fill(FIRST);
  await form.getByRole("button").last().click();
  await expect(form.getByRole("status")).toContainText("is changed");
  await page.reload();
  await expect(page.getByTestId("person")).toBeVisible();
  await other.reload();
  await expect(other.getByTestId("log-in")).toBeVisible();
  await logInWith(other, FIRST);
  await expect(other.getByTestId("refused")).toContainText("not right");
  await logInWith(other, SECOND);
  await expect(other.getByTestId("person")).toBeVisible();
  await other.context().close();
});

test("who logs out everywhere is logged out in every browser", async ({ page, browser }) => {
  const other = await elsewhere(browser);
  for (const one of [page, other]) {
    await logInWith(one, SECOND);
    await expect(one.getByTestId("person")).toBeVisible();
  }
  await page.getByRole("button", { name: "Log out everywhere" }).click();
  await page.getByTestId("yes").click();
  await expect(page.getByTestId("log-in")).toBeVisible();
  await other.reload();
  await expect(other.getByTestId("log-in")).toBeVisible();
  await other.context().close();
});

test("who forgot the password gets a letter, and chooses another once", async ({
  page,
  browser,
}) => {
  const other = await elsewhere(browser);
  await logInWith(other, SECOND);
  await expect(other.getByTestId("person")).toBeVisible();
  await page.goto(`${dock.url}/#/account`);
  await page.getByTestId("log-in").getByLabel("E-mail").fill(EMAIL);
  await page.getByRole("button", { name: "Password forgotten" }).click();
  const asking = page.getByTestId("letter");
  await expect(asking.getByLabel("E-mail"), "nobody has to look for it").toBeFocused();
  await expect(asking.getByLabel("E-mail"), "nor to type it again").toHaveValue(EMAIL);
  await asking.getByRole("button", { name: "Send a letter" }).click();
  await expect(asking.getByRole("status")).toContainText("a letter is on its way");
  await expectAccessible(page);
  const link = await linkAfter(1);
  await page.goto(link);
  const form = page.getByTestId("by-link");
  await expect(form).toContainText("Choose a new password");
  await form.getByLabel("New password").fill(THIRD);
  await form.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByTestId("person")).toContainText(EMAIL);
  await other.reload();
  await expect(other.getByTestId("log-in")).toBeVisible();
  await other.goto(link);
  await other.getByTestId("by-link").getByLabel("New password").fill(FIRST);
  await other.getByTestId("by-link").getByRole("button", { name: "Set the password" }).click();
  await expect(other.getByTestId("refused")).toContainText("used before");
  await other.getByRole("button", { name: "Cancel" }).click();
  await logInWith(other, THIRD);
  await expect(other.getByTestId("person")).toBeVisible();
  await other.context().close();
});
