import { describe, expect, test } from "vitest";

import type { Clients } from "../../../../../../src/app/clients";
import { fingerprintOf } from "../../../../../../src/app/screens/predict/find/fingerprint";
import type { PrivacyChoice } from "../../../../../../src/workflows/find/privacy";
import { Session } from "../../../../../../src/app/screens/predict/session.svelte";
import { narrowingOf, noFilter, type Filter } from "../../../../../../src/workflows/find/filter";
import type { SearchRequest } from "../../../../../../src/contracts/http/dock-api";
import { AppError } from "../../../../../../src/contracts/outcome";
import { cardOf, fakeClients, island, nothingFound, outline, profile } from "../../../fakes";
import { matched } from "../../../matched";

type Changes = { [C in keyof Clients]?: Partial<Clients[C]> };

const file = new File(["sqft,bedrooms\n1,2\n"], "homes.csv");
const nothing: PrivacyChoice = { level: "nothing", epsilon: 1 };
const noisy: PrivacyChoice = { level: "private", epsilon: 1 };

async function mapped(other: Changes = {}): Promise<Session> {
  const session = new Session(fakeClients(other), () => undefined);
  await session.table.read(file);
  await fingerprintOf(profile);
  await matched(session);
  return session;
}

const { dock } = fakeClients();
const keys = (session: Session) => session.reuse.recommended.map(({ key }) => key);

describe("the filter of a search", () => {
  const filter: Filter = {
    text: " near ",
    task: "regression",
    scenario: "Business",
    licence: "MIT",
  };
  const narrowing = {
    task: "regression",
    filter: { text: "near", tags: { Scenario: ["Business"], License: ["MIT"] } },
  };

  test("is sent with the search and shown to the byte; without a filter nothing of it is there", async () => {
    const sent: SearchRequest[] = [];
    const search: Clients["dock"]["search"] = async (request) => {
      sent.push(request);
      return nothingFound;
    };
    const session = await mapped({ dock: { search } });
    await session.startFind(outline, false);
    session.filter = filter;
    await session.startFind(noisy, false);
    expect(Object.keys(sent[0]!)).not.toContain("filter");
    expect(sent[1]).toMatchObject(narrowing);
    const { payload } = session.find;
    expect(payload?.level === "private" && payload.json).toBe(JSON.stringify(sent[1]));
  });

  test("takes back what waits to be sent, because that was made for another filter", async () => {
    const session = await mapped();
    await session.startFind(outline, true);
    session.filter = filter;
    expect(session.find.state.kind).toBe("idle");
  });

  test("says the target where the island has several", () => {
    expect(narrowingOf(noFilter)).toEqual({});
    expect(narrowingOf(noFilter, "price_k")).toEqual({ filter: { target: "price_k" } });
    expect(narrowingOf(filter)).toEqual(narrowing);
  });

  test("is applied in the tab when nothing leaves, and what is fetched does not tell it", async () => {
    const asked: string[] = [];
    const session = await mapped({
      dock: {
        specification: (name) => {
          asked.push(name.id);
          return dock.specification(name);
        },
      },
    });
    session.filter = { ...noFilter, text: "near" };
    await session.startFind(nothing, false);
    expect(session.find.state.kind).toBe("found");
    expect(keys(session)).toEqual(["near"]);
    expect(asked).toEqual(["far", "middle", "near"]);
    session.filter = { ...noFilter, task: "classification" };
    await session.startFind(nothing, false);
    expect(keys(session)).toEqual([]);
  });

  test("on a large island is looked for among the nearest", async () => {
    const ids = Array.from({ length: 150 }, (_, i) => `l-${i}`);
    const limits: number[] = [];
    const session = await mapped({
      dock: {
        sketches: async (id) => {
          const table = await dock.sketches(id);
          const about = { task: "regression", target: "price_k", coveredBy: null } as const;
          return { ...table, entries: ids.map((one) => ({ id: one, ...about })) };
        },
        learnware: async (id) => cardOf(id, { name: id.endsWith("7") ? "Seaside" : "Inland" }),
      },
      searcher: {
        scan: async ({ limit }) => {
          limits.push(limit);
          const nearest = ids.toReversed().slice(0, limit);
          return nearest.map((_, i) => ({
            index: ids.length - 1 - i,
            squaredDistance: 0,
            similarity: 1,
          }));
        },
      },
      spec: {
        rank: async (candidates) => ({
          singles: candidates.map(({ id }) => ({ id, mmd2: 0, similarity: 1, coverage: 1 })),
          mixture: null,
        }),
      },
    });
    await session.startFind(nothing, false);
    const singles = () => keys(session).filter((key) => key !== "shortlist");
    expect(singles()).toHaveLength(40);
    session.filter = { ...noFilter, text: "seaside" };
    await session.startFind(nothing, false);
    expect(singles()).toHaveLength(15);
    expect(limits).toEqual([200, 200]);
  });
});

describe("redundant learnwares", () => {
  const marked = (marks: Readonly<Record<string, string>>): Changes => ({
    dock: {
      search: async (request) => {
        const answer = await dock.search(request);
        const singles = answer.singles.map((single) => ({
          ...single,
          coveredBy: marks[single.learnware.id] ?? null,
        }));
        return { ...answer, singles };
      },
      sketches: async (id) => {
        const table = await dock.sketches(id);
        const entries = table.entries.map((one) => ({ ...one, coveredBy: marks[one.id] ?? null }));
        return { ...table, entries };
      },
    },
  });

  test.each([outline, nothing])("come last and name their cover: $level", async (privacy) => {
    const session = await mapped(marked({ near: "middle" }));
    await session.startFind(privacy, false);
    expect(keys(session)).toEqual(["shortlist", "mixture", "middle", "near"]);
    expect(session.reuse.recommended.at(-1)?.coveredBy?.name).toBe("Houses of middle");
  });

  test("keep their place if what covers them is not offered, and still name it", async () => {
    const session = await mapped(marked({ near: "elsewhere" }));
    await session.startFind(outline, false);
    expect(keys(session)).toEqual(["shortlist", "mixture", "near", "middle"]);
    expect(session.reuse.recommended[2]?.coveredBy?.name).toBe("Houses of elsewhere");
  });

  test("neither push others out of the shortlist nor are all left out of it", async () => {
    const ids = Array.from({ length: 90 }, (_, i) => `l-${i}`);
    const asked: string[] = [];
    const session = await mapped({
      dock: {
        search: async (request) => {
          const answer = await dock.search(request);
          const [single] = answer.singles;
          const singles = ids.map((id, i) => ({
            ...single!,
            learnware: cardOf(id),
            coveredBy: i < 45 ? null : "l-0",
          }));
          return { ...answer, singles };
        },
        specification: (name) => {
          asked.push(name.id);
          return dock.specification(name);
        },
      },
    });
    await session.startFind(outline, false);
    expect(asked).toEqual([...ids.slice(0, 40), ...ids.slice(45, 55)]);
  });

  test("are as any other if what covers them is gone", async () => {
    const { dock: changed } = marked({ near: "gone" });
    const session = await mapped({
      dock: {
        ...changed,
        learnware: async (id) => {
          if (id === "gone") throw new AppError("not_found", "no learnware has this id");
          return cardOf(id);
        },
      },
    });
    await session.startFind(outline, false);
    expect(session.reuse.recommended[2]).toMatchObject({ key: "near", coveredBy: null });
  });
});

describe("an island that was re-estimated since the page was opened", () => {
  function moving(versions: number[]) {
    const sent: (number | undefined)[] = [];
    const search: Clients["dock"]["search"] = async (request) => {
      const version = request.requirement?.space.version;
      sent.push(version);
      if (version !== versions.at(-1)) {
        versions.splice(0, 1);
        throw new AppError("stale_island", "the island has another version");
      }
      return dock.search(request);
    };
    const moved = async () => ({ ...island, space: { ...island.space, version: versions[0]! } });
    return { sent, dock: { search, island: moved } };
  }

  test("is fetched, the rows are described on it, and the search goes on by itself", async () => {
    const { sent, dock: changed } = moving([1, 2]);
    const session = await mapped({ dock: changed });
    await session.startFind(outline, false);
    expect(session.find.state.kind).toBe("found");
    expect(session.find.islandChanged).toBe(true);
    expect(sent).toEqual([1, 2]);
    await session.startFind(outline, false);
    expect(sent).toEqual([1, 2, 2]);
    expect(session.find.islandChanged).toBe(false);
  });

  test.each([
    ["who asked to look first", outline, true],
    ["whose protection it would use up", noisy, false],
  ])("is not sent to again unasked for someone %s", async (_, privacy, lookFirst) => {
    const { sent, dock: changed } = moving([1, 2]);
    const session = await mapped({ dock: changed });
    await session.startFind(privacy, lookFirst);
    if (lookFirst) await session.find.send();
    expect(session.find.state).toMatchObject({ kind: "review", payload: { sent: false } });
    expect(session.find.islandChanged).toBe(true);
    expect(sent).toEqual([1]);
    await session.find.send();
    expect(session.find.state.kind).toBe("found");
    expect(sent).toEqual([1, 2]);
  });

  test("twice in one search is said to the user", async () => {
    const { dock: changed } = moving([1, 2, 3]);
    const session = await mapped({ dock: changed });
    await session.startFind(outline, false);
    expect(session.find.state).toMatchObject({
      kind: "failed",
      problem: { code: "stale_island" },
    });
  });
});
