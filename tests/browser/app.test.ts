import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";

import type { Clients } from "../../src/app/clients";
import { AppError } from "../../src/contracts/outcome";
import { column, fakeClients, profileOf, ranking } from "../unit/app/fakes";
import { closeQuay, goTo, openLeaveDetails, openPage, openQuay } from "./open-page";

const file = new File(["sqft,bedrooms\n1,2\n"], "homes.csv", { type: "text/csv" });

async function open(
  other: { [C in keyof Clients]?: Partial<Clients[C]> } = {},
  language = "en",
): Promise<void> {
  await openPage(fakeClients(other), language);
}

async function readAndFind(): Promise<void> {
  await page.getByTestId("file-input").upload(file);
  await page.getByRole("button", { name: "Find models" }).click();
}

beforeEach(() => localStorage.clear());
afterEach(() => delete document.documentElement.dataset["theme"]);

describe("the page", () => {
  test("leads from a file to predictions", async () => {
    await open();
    await page.getByTestId("file-input").upload(file);
    const heading = page.getByRole("heading", { name: "Your table", level: 2 });
    await expect.element(heading).toHaveFocus();
    await expect.element(page.getByText("123 rows × 3 columns")).toBeVisible();
    await expect.element(page.getByTestId("verdict")).toHaveTextContent(/House sales.*2 of 2/);
    await goTo("match");
    await expect.element(page.getByTestId("island")).toHaveTextContent(/House sales/);

    await page.getByRole("button", { name: "Find models" }).click();
    await expect.element(page.getByRole("heading", { name: "Models that fit" })).toHaveFocus();
    await openQuay();
    await expect.element(page.getByTestId("what-leaves")).toHaveTextContent(/What was sent/);
    await closeQuay();
    await expect.element(page.getByRole("radio", { name: /recommended/ })).toBeChecked();

    const cards = page.getByTestId("recommendation");
    const near = cards.elements().findIndex((card) => card.getAttribute("data-key") === "near");
    await cards.nth(near).click();
    await page.getByRole("button", { name: "Predict with this" }).click();
    const results = page.getByTestId("predictions");
    await expect.element(results).toHaveTextContent(/Mostly: “Houses of near”/);
    await expect
      .element(results.getByRole("columnheader", { name: /predicted_price_k/ }))
      .toBeVisible();
    await expect.element(results.getByTestId("download")).toBeEnabled();
  });

  test("waits for the user's word before sending, and remembers to", async () => {
    await open();
    await page.getByTestId("file-input").upload(file);
    await openLeaveDetails();
    await page.getByRole("checkbox", { name: "Let me look before anything is sent" }).click();
    await page.getByRole("button", { name: "Find models" }).click();
    await expect.element(page.getByTestId("what-leaves")).toHaveTextContent(/What would be sent/);
    expect(page.getByTestId("recommendation").elements()).toHaveLength(0);
    await page.getByRole("button", { name: "Send it" }).click();
    await expect.element(page.getByTestId("recommendation").first()).toBeVisible();
    expect(localStorage.getItem("berth.look-first")).toBe("yes");
  });

  test("says in the panel concerned what went wrong, and offers to try again", async () => {
    let failing = true;
    const { dock } = fakeClients();
    await open({
      dock: {
        search: (request) =>
          failing ? Promise.reject(new AppError("network_failed", "no")) : dock.search(request),
      },
    });
    await readAndFind();
    const alert = page.getByRole("alert");
    await expect.element(alert).toHaveTextContent(/The server could not be reached/);
    failing = false;
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect.element(page.getByTestId("recommendation").first()).toBeVisible();
    await expect.element(alert).not.toBeInTheDocument();
  });

  test("says properly that nothing fits, with the nearest at hand", async () => {
    await open({
      spec: { rank: async () => ({ singles: ranking.singles.slice(2), mixture: null }) },
    });
    await readAndFind();
    await expect.element(page.getByTestId("nothing-fits")).toHaveTextContent(/Nothing here fits/);
    await expect.element(page.getByText("Not recommended: 1 model")).toBeVisible();
    expect(page.getByTestId("run").elements()).toHaveLength(0);
  });

  test("speaks Chinese when asked, and says so to the browser", async () => {
    await open();
    await page.getByRole("button", { name: "中文" }).click();
    await expect.element(page.getByRole("heading", { level: 1 })).toHaveTextContent(/放入您的数据/);
    expect(document.documentElement.lang).toBe("zh-Hans");
    await page.getByRole("button", { name: "English" }).click();
    await expect
      .element(page.getByRole("heading", { level: 1 }))
      .toHaveTextContent(/Drop your data/);
  });

  test("copes with 500 columns: some of them at a time, and a search", async () => {
    const many = Array.from({ length: 500 }, (_, i) => column(`column ${i} ${"x".repeat(200)}`));
    await open({ data: { read: async () => profileOf(many) } });
    await page.getByTestId("file-input").upload(file);
    await expect.element(page.getByText("123 rows × 500 columns")).toBeVisible();
    expect(page.getByTestId("column").elements()).toHaveLength(60);
    await page.getByRole("searchbox", { name: "Find a column" }).fill("column 499");
    await expect.element(page.getByTestId("column")).toHaveTextContent(/column 499/);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
  });

  test("takes pasted rows as a table", async () => {
    const read: File[] = [];
    const { data } = fakeClients();
    await open({
      data: {
        read: (given, options) => {
          read.push(given);
          return data.read(given, options);
        },
      },
    });
    await page.getByText("Paste a table as text").click();
    await userEvent.fill(page.getByRole("textbox"), "a,b\n1,2\n");
    await page.getByRole("button", { name: "Use this text" }).click();
    await expect.element(page.getByTestId("profile")).toBeVisible();
    expect(await read[0]?.text()).toBe("a,b\n1,2\n");
  });
});
