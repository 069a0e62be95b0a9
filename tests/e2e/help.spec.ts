import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

test("the help is found, searched, and free of barriers in both themes", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Help" }).click();
  const help = page.getByTestId("help");
  await expect(help.getByRole("heading", { level: 1 })).toBeFocused();
  const parts = help.getByRole("heading", { level: 2 });
  const all = await parts.count();
  await help.getByRole("searchbox").fill("skl2onnx");
  await expect(help.getByRole("status")).toHaveText("1 part");
  await expect(parts).toHaveCount(1);
  await help.getByRole("searchbox").fill("");
  await expect(parts).toHaveCount(all);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sideways).toBe(0);
});

test("what the operator wrote is shown as text, whatever is in it", async ({ page }) => {
  await page.route("**/operator/terms.en.md", (route) =>
    route.fulfill({
      contentType: "text/markdown",
      body: "Be kind.\n\n<img src=x onerror=alert(1)>",
    }),
  );
  await page.goto("/#/help");
  const terms = page.getByRole("region", { name: "The operator’s terms" });
  await expect(terms).toContainText("<img src=x");
  await expect(terms.locator("img")).toHaveCount(0);
});
