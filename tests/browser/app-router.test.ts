import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { page } from "vitest/browser";

import type { ScreenModule } from "../../src/app/screens/screen";
import { fakeClients } from "../unit/app/fakes";
import { openPage } from "./open-page";
import Second from "./Second.svelte";

const second: ScreenModule = {
  open: async () => ({ title: "The second", view: Second, provide: () => undefined }),
};
const file = new File(["sqft,bedrooms\n1,2\n"], "homes.csv", { type: "text/csv" });
const first = page.getByRole("heading", { level: 1, name: /Drop your data/ });
const other = page.getByRole("heading", { level: 1, name: "A second screen" });

beforeEach(() => {
  localStorage.clear();
  history.replaceState(null, "", "#");
});
afterEach(() => history.replaceState(null, "", "#"));

describe("the address", () => {
  test("leads to a screen, and Back to the one before with what was done there", async () => {
    await openPage(fakeClients(), "en", { second: async () => second });
    await page.getByTestId("file-input").upload(file);
    await expect.element(page.getByTestId("profile")).toBeVisible();
    expect(document.title).toBe("Berth");

    location.hash = "#/second";
    await expect.element(other).toHaveFocus();
    await expect.element(first).not.toBeInTheDocument();
    expect(document.title).toBe("The second");

    history.back();
    const table = page.getByRole("heading", { level: 2, name: "Your table" });
    await expect.element(table).toHaveFocus();
    await expect.element(page.getByTestId("profile")).toBeVisible();
    expect(document.title).toBe("Berth");
  });

  test("of no screen leads to the way to predictions", async () => {
    location.hash = "#/nowhere";
    await openPage(fakeClients(), "en", { second: async () => second });
    await expect.element(first).toBeVisible();
    expect(location.hash).toBe("#/");
  });

  test("of a place on the screen leaves the screen as it is", async () => {
    location.hash = "#/second";
    await openPage(fakeClients(), "en", { second: async () => second });
    await expect.element(other).toBeVisible();
    location.hash = "#start";
    await new Promise(requestAnimationFrame);
    await expect.element(other).toBeVisible();
  });

  test("of a screen that does not load says so, and trying again helps", async () => {
    let failing = true;
    await openPage(fakeClients(), "en", {
      second: async () => {
        if (failing) throw new TypeError("failed to fetch");
        return second;
      },
    });
    await expect.element(first).toBeVisible();
    location.hash = "#/second";
    const alert = page.getByRole("alert");
    await expect.element(alert).toHaveTextContent(/The server could not be reached/);
    failing = false;
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect.element(other).toBeVisible();
    await expect.element(alert).not.toBeInTheDocument();
  });
});
