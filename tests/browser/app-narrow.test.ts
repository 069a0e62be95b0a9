import { beforeEach, describe, expect, test } from "vitest";
import { page } from "vitest/browser";

import type { Clients } from "../../src/app/clients";
import type { SearchRequest } from "../../src/contracts/http/dock-api";
import { AppError } from "../../src/contracts/outcome";
import { fakeClients, island } from "../unit/app/fakes";
import { closeQuay, goTo, openPage, openQuay } from "./open-page";

const file = new File(["sqft,bedrooms\n1,2\n"], "homes.csv", { type: "text/csv" });
const { dock } = fakeClients();

async function open(changes: Partial<Clients["dock"]> = {}): Promise<void> {
  await openPage(fakeClients({ dock: changes }));
}

/** A search that keeps what it was asked. */
function recording() {
  const asked: SearchRequest[] = [];
  const search: Clients["dock"]["search"] = (request) => {
    asked.push(request);
    return dock.search(request);
  };
  return { asked, search };
}

beforeEach(() => localStorage.clear());

describe("narrowing a search", () => {
  test("sends what was entered with the search, and shows it with what leaves", async () => {
    const { asked, search } = recording();
    await open({ search });
    await page.getByTestId("file-input").upload(file);
    const narrow = page.getByTestId("narrow");
    await narrow.getByText("Narrow the search").click();
    await narrow.getByRole("searchbox", { name: "Words in name or description" }).fill("seaside");
    await narrow.getByRole("combobox", { name: "Field" }).selectOptions("Business");
    await expect.element(narrow).toHaveTextContent(/is sent when you start the search/);
    expect(asked).toEqual([]);
    await page.getByRole("button", { name: "Find models" }).click();
    await openQuay();
    await expect
      .element(page.getByTestId("leaves-filter"))
      .toHaveTextContent("the words “seaside” and the field “Business”");
    const body = page.getByTestId("what-leaves").element().querySelector("pre")?.textContent;
    expect(body).toBe(JSON.stringify(asked[0]));
    expect(body).toContain(`"filter":{"text":"seaside","tags":{"Scenario":["Business"]}}`);
    await closeQuay();
    await goTo("data");
    await narrow.getByRole("button", { name: "Clear" }).click();
    await page.getByRole("button", { name: "Find again" }).click();
    await openQuay();
    await expect.element(page.getByTestId("what-leaves")).toBeVisible();
    await expect.element(page.getByTestId("leaves-filter")).not.toBeInTheDocument();
  });

  test("says that nothing of it is sent where nothing leaves", async () => {
    await open();
    await page.getByTestId("file-input").upload(file);
    await page.getByRole("radio", { name: "Nothing leaves" }).click();
    await page.getByTestId("narrow").getByText("Narrow the search").click();
    await expect.element(page.getByTestId("narrow")).toHaveTextContent(/is not sent/);
  });
});

test("a redundant learnware comes last and names the one it is like", async () => {
  await open({
    search: async (request) => {
      const answer = await dock.search(request);
      const singles = answer.singles.map((single) => ({
        ...single,
        coveredBy: single.learnware.id === "near" ? "middle" : null,
      }));
      return { ...answer, singles };
    },
  });
  await page.getByTestId("file-input").upload(file);
  await page.getByRole("button", { name: "Find models" }).click();
  const cards = page.getByTestId("recommendation");
  await expect.element(cards.first()).toBeVisible();
  const keys = cards.elements().map((card) => card.getAttribute("data-key"));
  expect(keys.slice(0, 4)).toEqual(["shortlist", "mixture", "middle", "near"]);
  await cards.nth(3).click();
  await expect
    .element(page.getByTestId("same-as"))
    .toHaveTextContent(/Nearly the same as “Houses of middle”/);
});

test("a search on an island that has moved goes on by itself, and says so", async () => {
  const { asked, search } = recording();
  await open({
    island: async () => ({ ...island, space: { ...island.space, version: 2 } }),
    search: async (request) => {
      if (request.requirement?.space.version === 2) return search(request);
      throw new AppError("stale_island", "the island is at version 2 now");
    },
  });
  await page.getByTestId("file-input").upload(file);
  await page.getByRole("button", { name: "Find models" }).click();
  await expect.element(page.getByTestId("recommendation").first()).toBeVisible();
  await expect.element(page.getByTestId("island-changed")).toHaveTextContent(/described again/);
  expect(asked.map(({ requirement }) => requirement?.space.version)).toEqual([2]);
});
