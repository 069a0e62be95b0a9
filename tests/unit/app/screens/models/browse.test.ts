import { describe, expect, test } from "vitest";

import {
  addressOf,
  askedIn,
  countChosen,
  nothingAsked,
  requestOf,
  toggled,
} from "../../../../../src/app/screens/models/address";
import { Browsing } from "../../../../../src/app/screens/models/browse.svelte";
import type { SearchNextRequest, SearchRequest } from "../../../../../src/contracts/http/dock-api";
import { AppError } from "../../../../../src/contracts/outcome";
import { cardOf, fakeClients, nothingFound } from "../../fakes";

const asking = (query: string) => askedIn(new URLSearchParams(query));

describe("the address of a list", () => {
  test.each([
    "",
    "q=house+prices",
    "q=%E6%88%BF%E4%BB%B7&task=Regression&task=Classification&order=size",
    "data=Table&scenario=Health&island=house-sales&size=tiny&skill=strong&licence=MIT",
  ])("says what is asked for, and is read back: %s", (query) => {
    expect(addressOf(asking(query)).toString()).toBe(query);
  });

  test("is read without what nobody can ask for", () => {
    const odd = `size=enormous&skill=&island=NOT+AN+ID&order=colour&task=A&task=A&q=${"x".repeat(300)}`;
    const { text, order, chosen } = asking(odd);
    expect([text.length, order, chosen.size, chosen.island, chosen.skill, chosen.task]).toEqual([
      ...[200, "best", [], [], [], ["A"]],
    ]);
  });

  test("changes with each choice, and back", () => {
    const one = toggled(nothingAsked, "task", "Regression");
    expect([countChosen(one), addressOf(one).toString()]).toEqual([1, "task=Regression"]);
    expect(toggled(one, "task", "Regression")).toEqual(nothingAsked);
  });

  test("is a request that holds no more than what is asked for", () => {
    expect(requestOf(nothingAsked)).toEqual({ facets: true });
    const query =
      "q=+wine+&task=Regression&licence=MIT&size=tiny&skill=weak&island=wines&order=name";
    expect(requestOf(asking(query))).toEqual({
      facets: true,
      filter: {
        text: "wine",
        tags: { Task: ["Regression"], License: ["MIT"] },
        sizes: ["tiny"],
        skills: ["weak"],
      },
      islandIds: ["wines"],
      order: "name",
    });
  });
});

describe("browsing", () => {
  const facets = {
    ...{ total: 3, data: [], task: [], licence: [], scenario: [], island: [], size: [], skill: [] },
  };
  const page = (...ids: string[]) => ({
    singles: ids.map((id) => {
      const fit = { mmd2: null, similarity: null, coverage: null, score: null };
      return { learnware: cardOf(id), coveredBy: null, ...fit };
    }),
  });

  function modelOf(sendsRequests = true, first: readonly string[] = ["a", "b"]) {
    const asked: (SearchRequest | SearchNextRequest)[] = [];
    const left: string[] = [];
    let answer: () => Promise<void> = async () => undefined;
    const { dock } = fakeClients({
      dock: {
        sendsRequests,
        search: async (request) => {
          asked.push(request);
          await answer();
          return { ...nothingFound, ...page(...first), facets, next: "further" };
        },
        searchNext: async (request) => {
          asked.push(request);
          await answer();
          return { ...page("c"), next: null };
        },
      },
    });
    const depart = (kind: string, body: string) => left.push(`${kind} ${body}`);
    const browsing = new Browsing({ dock }, { depart });
    return { browsing, asked, left, before: (wait: typeof answer) => (answer = wait) };
  }
  const ids = ({ cards }: Browsing) => cards.map(({ id }) => id);

  test("asks once for what the address says, and goes on page by page", async () => {
    const { browsing, asked } = modelOf();
    await browsing.show(asking("q=houses"));
    await browsing.show(asking("q=houses"));
    expect([ids(browsing), browsing.hasMore, browsing.facets?.total]).toEqual([
      ...[["a", "b"], true, 3],
    ]);
    await browsing.more();
    expect([ids(browsing), browsing.hasMore]).toEqual([["a", "b", "c"], false]);
    await browsing.more();
    expect(asked).toEqual([
      { facets: true, filter: { text: "houses" }, limit: 30 },
      { cursor: "further", limit: 30 },
    ]);
  });

  test("tells the quay of words that leave, byte for byte, and of nothing else", async () => {
    const { browsing, left } = modelOf();
    await browsing.show(asking("task=Regression"));
    expect(left).toEqual([]);
    await browsing.show(asking("q=houses"));
    expect(left).toEqual(['words {"facets":true,"filter":{"text":"houses"},"limit":30}']);
    const here = modelOf(false);
    await here.browsing.show(asking("q=houses"));
    expect(here.left).toEqual([]);
  });

  test("keeps what was found when more cannot be fetched, and can try again", async () => {
    const { browsing, before } = modelOf();
    await browsing.show(nothingAsked);
    before(() => Promise.reject(new AppError("network_failed", "offline")));
    await browsing.more();
    expect(browsing.state).toMatchObject({ kind: "failed", problem: { code: "network_failed" } });
    expect(ids(browsing)).toEqual(["a", "b"]);
    before(async () => undefined);
    await browsing.retry();
    expect([ids(browsing), browsing.state.kind]).toEqual([["a", "b"], "ready"]);
  });

  test("forgets an answer that a later question has overtaken", async () => {
    const { browsing, before } = modelOf();
    await browsing.show(nothingAsked);
    const held = new AbortController();
    before(() => new Promise((resolve) => held.signal.addEventListener("abort", () => resolve())));
    const late = browsing.more();
    before(async () => undefined);
    await browsing.show(asking("q=other"));
    held.abort();
    await late;
    expect(ids(browsing)).toEqual(["a", "b"]);
  });

  test("offers the parts of a text that finds nothing as a whole", async () => {
    const { browsing } = modelOf(true, []);
    await browsing.show(asking("q=the+price+of+a+flower"));
    expect(browsing.parts).toEqual(["price", "flower"]);
    await browsing.show(asking("q=flower"));
    expect(browsing.parts).toEqual([]);
  });
});
