import { expect, test } from "@playwright/test";
import { expectAccessible } from "./accessible";

test("an encoding that was guessed wrong is put right by hand, and the words come back right", async ({
  page,
}) => {
  // Two words of Shift-JIS that Cyrillic of KOI8-R would be as well.
  const head = [...Buffer.from("city,sqft\n")];
  const word = [0x93, 0x8c, 0x8b, 0x9e];
  const rows = Array.from({ length: 30 }, (_, i) => [...word, ...Buffer.from(`,${1000 + i}\n`)]);
  await page.goto("/");
  await page.getByTestId("file-input").setInputFiles({
    ...{ name: "cities.csv", mimeType: "text/csv" },
    buffer: Buffer.from([...head, ...rows.flat()]),
  });
  await expect(page.getByTestId("profile")).toContainText("SHIFT_JIS");
  await page.getByTestId("how-read").click();
  const form = page.locator("form").filter({ hasText: "Encoding" });
  await expectAccessible(page);
  await form.getByLabel("Encoding of the text").selectOption("gb18030");
  await form.getByLabel("Last row to read").fill("20");
  await form.getByRole("button", { name: "Read again" }).click();
  await expect(page.getByTestId("profile")).toContainText("GB18030");
  await expect(page.getByTestId("profile")).toContainText("20 rows");
  await page.getByTestId("how-read").click();
  await expect(form.getByLabel("Encoding of the text")).toHaveValue("gb18030");
  await expect(form.getByLabel("Last row to read")).toHaveValue("20");
  await form.getByLabel("Encoding of the text").selectOption("as found");
  await form.getByLabel("Last row to read").fill("");
  await form.getByRole("button", { name: "Read again" }).click();
  await expect(page.getByTestId("profile")).toContainText("SHIFT_JIS");
  await expect(page.getByTestId("profile")).toContainText("東京");
  await expect(page.getByTestId("profile")).toContainText("30 rows");
});

test("a repair is said with its line, and left as it was at a press", async ({ page }) => {
  const rows = Array.from({ length: 40 }, (_, i) => `${i},${(i % 9) + 0.5}`);
  await page.goto("/");
  await page.getByTestId("file-input").setInputFiles({
    ...{ name: "logger.csv", mimeType: "text/csv" },
    buffer: Buffer.from(["time,load", "s,kg", ...rows, "measured by hand", ""].join("\n")),
  });
  await expect(page.getByTestId("profile")).toContainText("40 rows");
  await page.getByRole("button", { name: "All 2" }).click();
  const list = page.getByTestId("worth-a-look");
  await expect(list).toContainText("Left out below the table (line 43): measured by hand");
  await expectAccessible(page);
  await list
    .getByRole("listitem")
    .filter({ hasText: "measured by hand" })
    .getByRole("button", { name: "Leave it as it was" })
    .click();
  await expect(page.getByTestId("profile")).toContainText("41 rows");
  await page.getByRole("button", { name: /All \d/ }).click();
  await list
    .getByRole("listitem")
    .filter({ hasText: "Units below the names" })
    .getByRole("button", { name: "Leave it as it was" })
    .click();
  await expect(page.getByTestId("profile")).toContainText("42 rows");
  await page.getByRole("button", { name: /All \d/ }).click();
  await list
    .getByRole("listitem")
    .filter({ hasText: "Not done, as you asked: notes below left out" })
    .getByRole("button", { name: "Do it after all" })
    .click();
  await expect(page.getByTestId("profile")).toContainText("41 rows");
});
