import { describe, expect, test } from "vitest";

import type { Clients } from "../../../src/app/clients";
import { Session } from "../../../src/app/models/session.svelte";
import type { SearchRequest } from "../../../src/contracts/dock-api";
import { AppError } from "../../../src/contracts/outcome";
import type { ReusePlan } from "../../../src/contracts/reuse-api";
import { fakeClients, nothingFound, outline, preparation, ranking, reused } from "./fakes";

const file = new File(["sqft,bedrooms\n1,2\n"], "homes.csv");

async function sessionAt(
  step: "mapped" | "found",
  other: { [C in keyof Clients]?: Partial<Clients[C]> } = {},
): Promise<Session> {
  const session = new Session(fakeClients(other));
  await session.table.read(file);
  await Promise.resolve(); // The islands are asked for when the table changes.
  await Promise.resolve();
  if (step === "found") await session.startFind(outline, false);
  return session;
}

describe("a walk from a table to predictions", () => {
  test("shows exactly the body that is sent, and sends nothing else", async () => {
    const sent: SearchRequest[] = [];
    const session = await sessionAt("found", {
      dock: {
        search: async (request) => {
          sent.push(request);
          return nothingFound;
        },
      },
    });
    expect(sent).toHaveLength(1);
    expect(session.find.departure).toMatchObject({ json: JSON.stringify(sent[0]) });
    expect(Object.keys(sent[0] ?? {})).toEqual([
      "islandId",
      "islandVersion",
      "requirement",
      "limit",
    ]);
    expect(sent[0]?.requirement).toMatchObject({
      kind: "reduced",
      specification: { rowCount: 120 },
    });
  });

  test("sends nothing before the user has looked, when asked to wait", async () => {
    let sent = 0;
    const search = async () => {
      sent++;
      return nothingFound;
    };
    const session = await sessionAt("mapped", { dock: { search } });
    await session.startFind(outline, true);
    expect(session.find.state.kind).toBe("review");
    expect(sent).toBe(0);
    await session.find.send();
    expect(sent).toBe(1);
    expect(session.find.departure?.sent).toBe(true);
  });

  test("sends nothing when no outline is safe, and says so", async () => {
    let sent = 0;
    const session = await sessionAt("found", {
      spec: { describe: () => Promise.reject(new AppError("preflight_failed", "too few rows")) },
      dock: {
        search: async () => {
          sent++;
          return nothingFound;
        },
      },
    });
    expect(session.find.state).toMatchObject({
      kind: "failed",
      problem: { code: "preflight_failed" },
      departure: null,
    });
    expect(sent).toBe(0);
  });

  test("offers what was ranked here, all together first, and recommends only what fits", async () => {
    const { reuse } = await sessionAt("found");
    expect(reuse.recommended.map(({ key }) => key)).toEqual([
      "shortlist",
      "mixture",
      "near",
      "middle",
    ]);
    expect(reuse.recommended[1]?.members.map(({ card }) => card.id)).toEqual(["near", "middle"]);
    expect(reuse.others.map(({ key }) => key)).toEqual(["far"]);
    expect(reuse.chosen?.key).toBe("shortlist");
  });

  test("recommends nothing when every learnware is far, yet lists the nearest", async () => {
    const singles = ranking.singles.slice(2);
    const { reuse } = await sessionAt("found", {
      spec: { rank: async () => ({ singles, mixture: null }) },
    });
    expect(reuse.recommended).toEqual([]);
    expect(reuse.others).toHaveLength(1);
    expect(reuse.chosen).toBeNull();
  });

  test("runs the chosen members by their weights and keeps the result", async () => {
    const plans: ReusePlan[] = [];
    const session = await sessionAt("found", {
      reuse: {
        prepare: async (plan) => {
          plans.push(plan);
          return preparation;
        },
      },
    });
    session.reuse.choose("mixture");
    await session.run();
    expect(plans).toHaveLength(1);
    expect(plans[0]).toMatchObject({ rows: 123, ways: "average", answersColumn: null });
    expect(plans[0]?.members.map(({ id, share, spec }) => [id, share, spec?.id])).toEqual([
      ["near", 0.75, "near"],
      ["middle", 0.25, "middle"],
    ]);
    expect(session.reuse.outcome?.summary).toMatchObject({ kind: "numbers", least: 100 });
  });

  test("keeps earlier predictions when a later run fails", async () => {
    let failing = false;
    const session = await sessionAt("found", {
      reuse: {
        predict: async () => {
          if (failing) throw new AppError("bad_model", "broken");
          return reused;
        },
      },
    });
    await session.run();
    failing = true;
    session.reuse.choose("middle");
    await session.run();
    expect(session.reuse.state).toMatchObject({ kind: "failed", problem: { code: "bad_model" } });
    expect(session.reuse.outcome?.offer.key).toBe("shortlist");
    expect(session.find.state.kind).toBe("found");
  });

  test("says nothing when a run is cancelled", async () => {
    const session = await sessionAt("found", {
      reuse: {
        predict: (_way, _rows, call) =>
          new Promise((_, reject) => {
            call?.signal?.addEventListener("abort", () => reject(new AppError("aborted", "no")));
          }),
      },
    });
    const running = session.run();
    session.reuse.cancel();
    await running;
    expect(session.reuse.state.kind).toBe("idle");
  });

  test("starts over from the match when the match changes, keeping the table", async () => {
    const session = await sessionAt("found");
    await session.run();
    session.mapping.assign("bedrooms", null);
    expect(session.find.state.kind).toBe("idle");
    expect(session.reuse.outcome).toBeNull();
    expect(session.table.table).not.toBeNull();
    expect(session.mapping.chosen?.match.matched).toBe(1);
  });

  test("says why the file could not be written and keeps the predictions", async () => {
    const session = await sessionAt("found", {
      data: { writeCsv: () => Promise.reject(new AppError("out_of_memory", "full")) },
    });
    await session.run();
    expect(await session.reuse.write(["sqft"])).toBeNull();
    expect(session.reuse.saving).toMatchObject({ kind: "failed" });
    expect(session.reuse.outcome).not.toBeNull();
  });
});
