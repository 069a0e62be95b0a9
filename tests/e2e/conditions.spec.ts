/** @file Where and how people open pages: without https or storage, translated, with several files, half way gone. */

import { expect, type Page, test } from "@playwright/test";

async function toPredictions(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Wine quality" }).click();
  await page.getByTestId("find").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
  await page.getByTestId("run").click();
  await expect(page.getByTestId("predictions")).toBeVisible();
}

test("over plain http from another computer it says so first, and works", async ({
  page,
  baseURL,
}) => {
  // The name leads to this computer, but browsers trust only addresses that say so.
  await page.goto(baseURL!.replace("localhost", "berth.test"));
  expect(await page.evaluate(() => [isSecureContext, crossOriginIsolated])).toEqual([false, false]);
  await expect(page.getByTestId("plain-http")).toContainText("plain http");
  await toPredictions(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByTestId("download").click(),
  ]);
  expect(download.suggestedFilename()).toBe("wine-quality-predictions.csv");
});

test("without a place to keep anything it works, and remembers while it is open", async ({
  page,
}) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
      Object.defineProperty(globalThis, name, {
        get: () => {
          throw new DOMException("site data are blocked", "SecurityError");
        },
      });
    }
  });
  await page.goto("/");
  await expect(page.getByTestId("plain-http")).toHaveCount(0);
  await toPredictions(page);
});

test("with no space left it works", async ({ page }) => {
  await page.addInitScript(() => {
    const full = () => {
      throw new DOMException("no space is left", "QuotaExceededError");
    };
    Storage.prototype.setItem = full;
    IDBObjectStore.prototype.put = full;
  });
  await page.goto("/");
  await page.getByRole("button", { name: "中文" }).click();
  await page.getByRole("button", { name: "English" }).click();
  await toPredictions(page);
});

test("a translator is undone and told of, and the page goes on changing", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("translate", "no");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Node[] = [];
    for (let next = walker.nextNode(); next; next = walker.nextNode()) texts.push(next);
    for (const text of texts.filter(({ nodeValue }) => nodeValue?.trim())) {
      const [outer, inner] = ["font", "font"].map((name) => document.createElement(name));
      inner!.textContent = `⟦${text.nodeValue}⟧`;
      outer!.append(inner!);
      text.parentNode!.replaceChild(outer!, text);
    }
  });
  await expect(page.getByTestId("translated")).toBeVisible();
  await page.getByRole("button", { name: "中文" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "放入您的数据，曾在类似数据上学习的模型会来到您这里。",
  );
  await page.getByRole("button", { name: "English" }).click();
  await toPredictions(page);
  expect(await page.locator("body").innerText()).not.toContain("⟦");
});

test("of several files one is read, and a later one takes its place", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByTestId("file-input")).toBeAttached();
  const drop = (...names: string[]) =>
    page.evaluate((all) => {
      const dataTransfer = new DataTransfer();
      for (const name of all) {
        const rows = Array.from({ length: 200_000 }, (_, i) => `${i},${i % 7}`).join("\n");
        dataTransfer.items.add(new File([`a,b\n${rows}\n`], name, { type: "text/csv" }));
      }
      window.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
    }, names);
  await drop("first.csv", "second.csv", "third.csv");
  await expect(page.getByTestId("surplus")).toContainText("2 more files");
  await drop("later.csv");
  await expect(page.getByText("later.csv")).toBeVisible();
  await expect(page.getByTestId("surplus")).toHaveCount(0);
  await expect(page.getByTestId("error")).toHaveCount(0);
});

test("whoever is about to lose predictions is asked, and nobody else", async ({ page }) => {
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  await page.goto("/");
  await toPredictions(page);
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked).toEqual(["beforeunload"]);
  await Promise.all([page.waitForEvent("download"), page.getByTestId("download").click()]);
  await expect(page.getByText(/Saved/)).toBeVisible();
  const closed = page.waitForEvent("close");
  await page.close({ runBeforeUnload: true });
  await closed;
  expect(asked).toHaveLength(1);
});

test("Back returns to the step before, with the table", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Wine quality" }).click();
  await expect(page.getByTestId("verdict")).toContainText("Wine quality");
  await page.evaluate(() => (location.hash = "#/nowhere"));
  await page.goBack();
  await expect(page.getByTestId("verdict")).toContainText("Wine quality");
});
