import { expect, test } from "@playwright/test";

import { patience } from "../patience";
import { goTo } from "./steps";

for (const [sample, told, read, says] of [
  ["Posts, as texts", "field", "30 rows", "30 texts"],
  ["Sentences in ten languages", null, "30 rows", "30 texts"],
  ["Digits, as pictures", null, "120 pictures", "120 pictures"],
] as const) {
  test(`who tries "${sample}" is recommended models, and gets a label for each`, async ({
    page,
  }) => {
    test.setTimeout(patience(120));
    await page.goto("/");
    await expect(page.getByText("data of our own making")).toBeVisible();
    await page.getByRole("button", { name: sample }).click();
    await expect(page.getByTestId("profile")).toContainText(read);
    if (told !== null) {
      await expect(page.getByTestId("verdict")).toContainText("What should be told about them?");
      await goTo(page, "match");
      await page.getByTestId("what-told").getByRole("radio", { name: told }).check();
    }
    await page.getByTestId("find").click();
    await expect(page.getByTestId("recommendation").first()).toContainText("recommended");
    await page.getByTestId("run").click();
    await expect(page.getByTestId("predictions")).toContainText(says);
    await expect(page.getByTestId("download")).toBeVisible();
  });
}
