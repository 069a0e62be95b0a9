import { expect, type Page, test } from "@playwright/test";

import { expectAccessible, expectNoSidewaysScroll, inEveryLook } from "./accessible";

import { canaryFile } from "./canary-file";

const file = canaryFile();

async function search(page: Page, button = "House sales"): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: new RegExp(button) }).click();
  await expect(page.getByTestId("mapping")).toContainText("18");
  await page.getByTestId("find").click();
  await expect(page.getByTestId("recommendation").first()).toBeVisible();
}

async function expectFits(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
}

test("models are compared, the picture says what it cannot show, and uncovered rows are listed", async ({
  page,
}) => {
  await search(page);
  const singles = page.locator('[data-testid="recommendation"][data-kind="single"]');
  await singles.first().click();
  await expect(page.getByTestId("picture-caption")).toContainText("18 features");
  await expect(page.getByTestId("picture-caption")).toContainText("the land is not");
  // The picture counts what the card does, by the same rule; shares are rounded to a percent.
  const text = (await page.getByTestId("picture").textContent())!;
  const [, covered, rows] = /(\d+) of (\d+) rows resemble/.exec(text)!;
  const card = (await singles.first().textContent())!;
  const [, share] = /(\d+)\s?% of rows covered/.exec(card)!;
  expect(Math.abs((100 * Number(covered)) / Number(rows) - Number(share))).toBeLessThanOrEqual(1);
  const out = Number(rows) - Number(covered);
  expect(out).toBeGreaterThan(0);
  await expect(page.getByTestId("uncovered")).toContainText(`${out} row`);
  await expect(page.getByTestId("uncovered").getByRole("grid")).toContainText(/, not /);

  for (const i of [0, 1, 2, 3]) await singles.nth(i).getByRole("checkbox").check();
  await expect(singles.nth(4).getByRole("checkbox")).toBeDisabled();
  const drawer = page.getByTestId("compare");
  await expect(drawer.getByRole("columnheader")).toHaveCount(5);
  await expect(drawer.getByRole("row", { name: /^Alike/ })).toContainText("%");
  await expect(drawer.getByRole("row", { name: /^RMSE/ })).toContainText("(best)");
  await drawer.locator("summary").click();
  await expect(drawer.getByRole("table")).toBeHidden();
});

test("rows in doubt come first, with the reason; another file is predicted without a search", async ({
  page,
}) => {
  await search(page);
  await page.getByTestId("run").click();
  const grid = page.getByTestId("prediction-rows");
  const first = grid.locator('[data-row="0"]');
  await expect(page.getByTestId("doubt-first")).toBeChecked();
  const reason = (await first.nth(2).textContent())!.trim();
  expect(reason).not.toBe("");
  await page.getByTestId("doubt-first").uncheck();
  await expect(first.filter({ hasText: "H-1000" })).toBeVisible();

  const requests: string[] = [];
  page.on("request", (request) => requests.push(`${request.method()} ${request.url()}`));
  const sample = await (await page.request.get("/samples/house-sales.csv")).text();
  const [head, ...lines] = sample.trimEnd().split("\n");
  await page.getByTestId("another-file").setInputFiles({
    ...{ name: "later houses.csv", mimeType: "text/csv" },
    buffer: Buffer.from([head, ...lines.slice(100, 150)].join("\n")),
  });
  await expect(page.getByTestId("download")).toHaveText("Download 50 rows");
  await expect(page.getByTestId("predictions")).toContainText("50 rows");
  await expect(page.getByText("later houses.csv")).toBeVisible();
  await page.getByTestId("step-models").click();
  await expect(page.getByTestId("not-compared")).toContainText("not compared with this one yet");
  await expect(page.getByTestId("recommendation")).toHaveCount(0);
  expect(requests.filter((one) => one.startsWith("POST"))).toEqual([]);

  await page.getByTestId("another-file").setInputFiles({
    ...{ name: file.name, mimeType: "text/csv", buffer: Buffer.from(file.text) },
  });
  await expect(page.getByTestId("step-data")).toHaveAttribute("aria-current", "step");
});

test("a model that is not what was announced can be looked for again", async ({ page }) => {
  await page.route(/\/package\b/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: Buffer.alloc((await response.body()).length) });
  });
  await search(page);
  await page.locator('[data-testid="recommendation"][data-kind="single"]').first().click();
  await page.getByTestId("run").click();
  await expect(page.getByTestId("error")).toHaveAttribute("data-code", "hash_mismatch");
  await page.unrouteAll();
  await page.getByTestId("find-again").click();
  await expect(page.getByTestId("error")).toHaveCount(0);
  await page.getByTestId("run").click();
  await expect(page.getByTestId("download")).toBeVisible();
});

test("models and predictions can be read by everybody", async ({ page }) => {
  await search(page);
  await expect(page.getByTestId("picture")).toBeVisible();
  await page.getByTestId("recommendation").nth(1).getByRole("checkbox").check();
  await page.getByTestId("know-answers").click();
  await inEveryLook(page, () => expectFits(page));
  await page.getByTestId("run").click();
  await expect(page.getByTestId("download")).toBeVisible();
  await inEveryLook(page, async (width) => {
    await expectFits(page);
    if (width === 390) return;
    const height = await page.evaluate(
      () => document.documentElement.scrollHeight - document.documentElement.clientHeight,
    );
    expect(height).toBeLessThanOrEqual(0);
  });
});

test("models are chosen and compared by keyboard, in Chinese", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "中文" }).press("Enter");
  await page.getByRole("button", { name: /房/ }).press("Enter");
  await page.getByTestId("find").press("Enter");
  await expect(page.getByRole("heading", { name: "适合的模型" })).toBeFocused();
  const chosen = page.locator('[data-testid="recommendation"] input[type="radio"]:checked');
  await chosen.press("ArrowDown");
  await expect(page.getByTestId("picture-caption")).toContainText("陆地只是大致");
  await page.getByTestId("recommendation").nth(1).getByRole("checkbox").press("Space");
  await expect(page.getByTestId("compare")).toContainText("比较 1 个");
  await page.getByTestId("run").press("Enter");
  await expect(page.getByTestId("download")).toBeVisible();
  await expect(page.locator("#predictions-title")).toBeFocused();
});
