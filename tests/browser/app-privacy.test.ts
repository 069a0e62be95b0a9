import { beforeEach, describe, expect, test } from "vitest";
import { page } from "vitest/browser";

import type { Clients } from "../../src/app/clients";
import { EngineError } from "../../src/engine/ground/errors";
import { clientsOnBook, column, fakeClients, profileOf } from "../unit/app/fakes";
import { goTo, openLeaveDetails, openPage, openQuay } from "./open-page";

const file = new File(["sqft,bedrooms\n1,2\n"], "homes.csv", { type: "text/csv" });

async function open(
  other: { [C in keyof Clients]?: Partial<Clients[C]> } = {},
  language = "en",
): Promise<void> {
  await openPage(fakeClients(other), language);
  await page.getByTestId("file-input").upload(file);
}

beforeEach(() => localStorage.clear());

describe("what may leave the tab", () => {
  test("is one choice of three, the outline unless told", async () => {
    await open();
    const group = page.getByRole("group", { name: "What may leave this tab?" });
    await expect.element(group.getByRole("radio", { name: "Summary", exact: true })).toBeChecked();
    expect(group.getByRole("radio").elements()).toHaveLength(3);
    await group.getByRole("radio", { name: "Nothing leaves" }).click();
    expect(localStorage.getItem("berth.privacy")).toBe("nothing");
  });

  test("is nothing: the page says so, before and after", async () => {
    await open();
    await page.getByRole("radio", { name: "Nothing leaves" }).click();
    await openLeaveDetails();
    await page.getByRole("checkbox", { name: /Let me look/ }).click();
    await page.getByRole("button", { name: "Find models" }).click();
    await expect.element(page.getByTestId("leaves-bytes")).toHaveTextContent("Nothing is sent");
    await page.getByRole("button", { name: "Search here" }).click();
    await expect.element(page.getByTestId("recommendation").first()).toBeVisible();
    await expect.element(page.getByTestId("leaves-bytes")).toHaveTextContent("Nothing was sent");
  });

  test("is noisy: warned of few rows, and of too many searches", async () => {
    await open();
    await page.getByRole("radio", { name: "Summary with noise" }).click();
    await expect.element(page.getByTestId("too-noisy")).toHaveTextContent(/With 123 rows/);
    await page.getByRole("combobox", { name: "How much noise" }).selectOptions("4");
    const spent = page.getByTestId("spent");
    await expect.element(spent).toHaveTextContent(/Nothing has been spent/);
    await page.getByRole("button", { name: "Find models" }).click();
    await goTo("data");
    await expect.element(spent).toHaveTextContent(/Already spent on these rows: ε = 4\./);
    expect(page.getByTestId("overspent").elements()).toHaveLength(0);
    await page.getByRole("button", { name: "Find again" }).click();
    await goTo("data");
    await expect.element(spent).toHaveTextContent(/ε = 8\. After this search: ε = 12\./);
    await expect.element(page.getByTestId("overspent")).toHaveTextContent(/more than ε = 8/);
  });

  test("is nothing at a press, when no outline was safe", async () => {
    const refused = () =>
      Promise.reject(new EngineError("preflight_failed", "no", { reason: "attack", rows: 120 }));
    await open({ spec: { describe: refused } });
    await page.getByRole("button", { name: "Find models" }).click();
    await expect.element(page.getByRole("alert")).toHaveTextContent(/attack rehearsed here/);
    await page.getByRole("button", { name: "Find without sending anything" }).click();
    await expect.element(page.getByTestId("recommendation").first()).toBeVisible();
    await goTo("data");
    await expect.element(page.getByRole("radio", { name: "Nothing leaves" })).toBeChecked();
  });

  test("is said about the outline in numbers: attacks on it were tried", async () => {
    await open();
    await page.getByRole("button", { name: "Find models" }).click();
    await expect
      .element(page.getByTestId("attack"))
      .toHaveTextContent(/nearest point tells which is which 50% of .* strongest .* 54%/);
    await expect.element(page.getByTestId("attack")).toHaveTextContent(/finds 2 in a hundred/);
  });
});

describe("what leaves on a book", () => {
  test("is weights of public points: shown as bars, the longest first, in the user's columns", async () => {
    await openPage(clientsOnBook());
    await page.getByTestId("file-input").upload(file);
    await expect
      .element(page.getByTestId("leave-details"))
      .toHaveTextContent(/near each of 40 public points/);
    await page.getByRole("button", { name: "Find models" }).click();
    await expect.element(page.getByTestId("leaves-bytes")).toHaveTextContent(/ B: 40 weights/);
    const leaves = page.getByTestId("what-leaves");
    await expect.element(leaves).toHaveTextContent(/the same for everybody/);
    await openQuay();
    await page.getByText("The points, in your own units").click();
    const points = page.getByTestId("own-points");
    await expect.element(points.getByRole("table")).toHaveTextContent(/weight.*sqft.*bedrooms/s);
    const headers = () => points.getByRole("rowheader").elements();
    expect(
      headers()
        .map(({ textContent }) => textContent.trim())
        .slice(0, 3),
    ).toEqual(["15%", "14%", "13%"]);
    expect(headers()).toHaveLength(10);
    await expect.element(page.getByTestId("more-points")).toHaveTextContent("and 2 more, with 4%");
    await page.getByRole("button", { name: "Show all" }).click();
    expect(headers()).toHaveLength(12);
    await page.getByText("The whole message, to the byte").click();
    const message = leaves.element().querySelector("pre")!.textContent;
    expect(JSON.parse(message)).toMatchObject({ requirement: { form: "weights", noise: null } });
  });

  test("is the same weights with noise, and shown as well", async () => {
    await openPage(clientsOnBook());
    await page.getByTestId("file-input").upload(file);
    await page.getByRole("radio", { name: "Summary with noise" }).click();
    await page.getByRole("button", { name: "Find models" }).click();
    await expect
      .element(page.getByTestId("leaves-bytes"))
      .toHaveTextContent("40 numbers with noise");
    await openQuay();
    await page.getByText("The points, in your own units").click();
    await expect.element(page.getByTestId("own-points").getByRole("table")).toBeVisible();
  });
});

describe("the key", () => {
  const counted = () => {
    const made = { keys: 0 };
    const key = {
      renew: async () => {
        made.keys++;
      },
    };
    return { made, key };
  };

  test("is told of where the choice is made, and a new one has its cost said", async () => {
    const { made, key } = counted();
    await open({ key });
    await expect.element(page.getByTestId("key")).toHaveTextContent(/made of half of your rows/);
    await openLeaveDetails();
    await page.getByText("A new key", { exact: true }).click();
    await expect.element(page.getByTestId("key")).toHaveTextContent(/can average the two/);
    expect(made.keys).toBe(0);
    await page.getByRole("button", { name: "Make a new key" }).click();
    await expect.element(page.getByText("This browser has a new key.")).toBeVisible();
    expect(made.keys).toBe(1);
  });

  test("is new when all local data are cleared, and what waits to be sent is taken back", async () => {
    const { made, key } = counted();
    await open({ key });
    await openLeaveDetails();
    await page.getByRole("checkbox", { name: /Let me look/ }).click();
    await page.getByRole("button", { name: "Find models" }).click();
    await expect.element(page.getByTestId("what-leaves")).toHaveTextContent("What would be sent");
    await openQuay();
    await page.getByRole("button", { name: "Clear everything on this device" }).click();
    await page.getByRole("button", { name: "Clear it all" }).click();
    await expect.element(page.getByText(/it has a new key/)).toBeVisible();
    expect(made.keys).toBe(1);
    expect(page.getByTestId("send").elements()).toHaveLength(0);
  });
});

describe("the matched features", () => {
  test("show first what was not found by name, and take a column by hand", async () => {
    await open({ data: { read: async () => profileOf([column("sqft"), column("rooms?")]) } });
    await goTo("match");
    await page.getByRole("radio", { name: "House sales" }).click();
    await expect.element(page.getByText(/1 found by name, 1 not found/)).toBeVisible();
    const missing = page.getByRole("combobox", { name: "Column for bedrooms" });
    await missing.selectOptions("rooms?");
    await expect.element(missing).toBeVisible();
    await expect.element(page.getByTestId("pair")).toHaveTextContent(/Joined by you/);
  });
});
