import { beforeEach, describe, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";

import type { Clients } from "../../src/app/clients";
import type { SearchRequest } from "../../src/contracts/http/dock-api";
import { AppError } from "../../src/contracts/outcome";
import { cardOf, fakeClients, island } from "../unit/app/fakes";
import { openPage } from "./open-page";

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
    await page.getByRole("button", { name: "Find learnwares" }).click();
    await expect
      .element(page.getByTestId("leaves-filter"))
      .toHaveTextContent("the words “seaside” and the field “Business”");
    const body = page.getByTestId("what-leaves").element().querySelector("pre")?.textContent;
    expect(body).toBe(JSON.stringify(asked[0]));
    expect(body).toContain(`"filter":{"text":"seaside","tags":{"Scenario":["Business"]}}`);
    await narrow.getByRole("button", { name: "Clear" }).click();
    await page.getByRole("button", { name: "Find again" }).click();
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
  await page.getByRole("button", { name: "Find learnwares" }).click();
  const cards = page.getByTestId("recommendation");
  await expect.element(cards.first()).toBeVisible();
  const keys = cards.elements().map((card) => card.getAttribute("data-key"));
  expect(keys.slice(0, 4)).toEqual(["shortlist", "mixture", "middle", "near"]);
  await expect.element(cards.nth(3)).toHaveTextContent(/Nearly the same as “Houses of middle”/);
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
  await page.getByRole("button", { name: "Find learnwares" }).click();
  await expect.element(page.getByTestId("recommendation").first()).toBeVisible();
  await expect.element(page.getByTestId("island-changed")).toHaveTextContent(/described again/);
  expect(asked.map(({ requirement }) => requirement?.space.version)).toEqual([2]);
});

test("models can be browsed by keyboard, without a table", async () => {
  const { asked, search } = recording();
  await open({
    search: async (request) => ({ ...(await search(request)), next: "further" }),
    searchNext: async () => {
      const fit = { mmd2: null, similarity: null, coverage: null, score: null };
      const learnware = cardOf("last", { description: "The last one." });
      return { singles: [{ learnware, coveredBy: "near", ...fit }], next: null };
    },
  });
  const browse = page.getByTestId("browse");
  browse.getByText("Browse models").element().focus();
  await userEvent.keyboard("{Enter}");
  await expect.element(browse.getByRole("status")).toHaveTextContent("The first 3 models");
  await browse.getByRole("searchbox").fill("houses");
  await userEvent.keyboard("{Enter}");
  await browse.getByRole("button", { name: "Show more" }).click();
  await expect.element(browse.getByRole("status")).toHaveTextContent("4 models found");
  await expect
    .element(browse.getByRole("list", { name: "Models found" }))
    .toHaveTextContent(/The last one\..*Nearly the same as “Houses of near”/);
  expect(asked).toEqual([{ limit: 20 }, { filter: { text: "houses" }, limit: 20 }]);
});
