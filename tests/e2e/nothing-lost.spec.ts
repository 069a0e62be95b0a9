import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "@playwright/test";

const houses = readFileSync(join(import.meta.dirname, "../../public/samples/house-sales.csv"));
const file = { name: "my-houses.csv", mimeType: "text/csv", buffer: houses };

declare function allOf(store: string): Promise<unknown[]>;

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const allOf = (store: string) =>
      new Promise<unknown[]>((done, fail) => {
        const opening = indexedDB.open("berth-work");
        opening.onerror = () => fail(new Error("no database"));
        opening.onsuccess = () => {
          const reading = opening.result.transaction(store).objectStore(store).getAll();
          reading.onsuccess = () => {
            opening.result.close();
            done(reading.result);
          };
        };
      });
    Object.assign(globalThis, { allOf });
  });
});

test("the same file is known again by name and size, with what was chosen for it", async ({
  page,
}) => {
  await page.goto("/");
  await page.getByTestId("file-input").setInputFiles(file);
  await expect(page.getByTestId("verdict").getByRole("button")).toBeVisible();
  await page.getByTestId("step-match").click();
  await expect(page.getByTestId("step-match")).toHaveAttribute("aria-current", "step");
  await expect.poll(async () => lastStep()).toBe("match");

  await page.reload();
  await expect(page.getByTestId("go-on")).toContainText("Choose or drop the same file again");
  await page.getByTestId("file-input").setInputFiles(file);
  await expect(page.getByTestId("step-match")).toHaveAttribute("aria-current", "step");

  // Nothing of the rows is kept unless the user asks for it.
  expect(await stored("tables")).toBe(0);
  await page.getByTestId("keep-table").check();
  await expect.poll(async () => stored("tables")).toBe(1);
  await page.reload();
  await expect(page.getByTestId("step-match")).toHaveAttribute("aria-current", "step");

  await page.getByTestId("quay").getByRole("button").first().click();
  await page.getByRole("button", { name: "Clear everything on this device" }).click();
  expect(await stored("work")).toBe(1); // It asks first.
  await page.getByRole("button", { name: "Clear it all" }).click();
  await expect(page.getByTestId("file-input")).toBeAttached();
  await expect.poll(async () => (await stored("work")) + (await stored("tables"))).toBe(0);

  function stored(store: string): Promise<number> {
    return page.evaluate(async (name) => (await allOf(name)).length, store);
  }
  async function lastStep(): Promise<unknown> {
    return page.evaluate(async () => {
      const [work] = (await allOf("work")) as { choices: { step: string } }[];
      return work?.choices.step;
    });
  }
});

test("Back goes from step to step, and what was predicted is listed", async ({ page }) => {
  await page.goto("/");
  await page.evaluate(() => localStorage.setItem("berth.privacy", "nothing"));
  await page.reload();
  await page.getByRole("button", { name: "House sales" }).click();
  await page.getByTestId("verdict").getByRole("button").click();
  const step = (name: string) => page.getByTestId(`step-${name}`);
  await expect(step("predictions")).toHaveAttribute("aria-current", "step");
  await page.goBack();
  await expect(step("models")).toHaveAttribute("aria-current", "step");
  await page.goBack();
  await expect(step("data")).toHaveAttribute("aria-current", "step");
  await page.goForward();
  await expect(step("models")).toHaveAttribute("aria-current", "step");

  // A link says ids and places of columns, and leads to the same.
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByTestId("copy-link").click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).hash).toMatch(
    /^#\/\?island=house-sales(&learnware=[\w-]+)?&map=(\d+|-)(\.(\d+|-))*$/,
  );

  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto("about:blank");
  await page.goto("/");
  const lately = page.getByTestId("lately");
  await lately.locator("summary").first().click();
  await expect(lately.getByRole("listitem")).toHaveCount(1);
  await expect(lately).toContainText("House sales");
  await lately.getByRole("button", { name: /^Forget/ }).click();
  await expect(lately).toHaveCount(0);
});

test("a file that was picked is opened again after a reload", async ({ page }) => {
  // The picker is the browser's; a file of the page's own store stands in for one of the disk.
  await page.addInitScript(() => {
    const showOpenFilePicker = async () => {
      const folder = await navigator.storage.getDirectory();
      return [await folder.getFileHandle("my-houses.csv")];
    };
    Object.assign(globalThis, { showOpenFilePicker });
  });
  await page.goto("/");
  await page.evaluate(async (text) => {
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle("my-houses.csv", { create: true });
    const writing = await handle.createWritable();
    await writing.write(text);
    await writing.close();
  }, houses.toString());
  await page.getByTestId("file-input").click();
  await expect(page.getByTestId("verdict")).toContainText("House sales");
  await page.getByTestId("step-match").click();
  await expect
    .poll(async () => {
      const [work] = (await page.evaluate(() => allOf("work"))) as { choices: { step: string } }[];
      return work?.choices.step;
    })
    .toBe("match");
  await page.reload();
  await expect(page.getByTestId("step-match")).toHaveAttribute("aria-current", "step");
  await expect(page.getByText("my-houses.csv")).toBeVisible();
});
