import { describe, expect, test, vi } from "vitest";

import type { Clients } from "../../../../../src/app/clients";
import { Session } from "../../../../../src/app/screens/predict/session.svelte";
import type { SearchRequest } from "../../../../../src/contracts/http/dock-api";
import { AppError } from "../../../../../src/contracts/outcome";
import { encodeFloats } from "../../../../../src/contracts/wire/wire-rkme";
import type { Progress } from "../../../../../src/engine/ground/progress";
import type { ReusePlan } from "../../../../../src/contracts/workers/reuse-plan";
import {
  column,
  fakeClients,
  nothingFound,
  outline,
  preparation,
  profileOf,
  ranking,
  reused,
} from "../../fakes";
import { matched } from "../../matched";

const file = new File(["sqft,bedrooms\n1,2\n"], "homes.csv");

async function sessionAt(
  step: "mapped" | "found",
  other: { [C in keyof Clients]?: Partial<Clients[C]> } = {},
): Promise<Session> {
  const session = new Session(fakeClients(other), () => undefined);
  await session.table.read(file);
  await matched(session);
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
    expect(session.find.payload).toMatchObject({ json: JSON.stringify(sent[0]) });
    expect(Object.keys(sent[0] ?? {})).toEqual(["islandId", "requirement", "limit"]);
    expect(sent[0]?.requirement).toMatchObject({
      form: "reduced",
      space: { id: "house-sales", version: 1 },
      specification: { rowCount: 120 },
    });
  });

  test("says that a summary comes next only where a kind of data fits", async () => {
    const session = await sessionAt("mapped");
    expect(session.next).toBe("search");
    const other = new Session(
      fakeClients({ data: { read: async () => profileOf([column("alpha"), column("beta")]) } }),
      () => undefined,
    );
    expect(other.next).toBeNull();
    await other.table.read(file);
    await vi.waitFor(() => expect(other.mapping.state.kind).toBe("ready"));
    expect(other.mapping.chosen).toBeNull();
    expect(other.next).toBe("choice");
  });

  test("says of no summary that it comes next after none was safe enough", async () => {
    const session = await sessionAt("found", {
      spec: { describe: () => Promise.reject(new AppError("preflight_failed", "too few rows")) },
    });
    expect(session.next).toBeNull();
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
    expect(session.find.payload?.sent).toBe(true);
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
      payload: null,
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

  test("goes on without a learnware that was removed since it was listed", async () => {
    const { dock } = fakeClients();
    const specification: typeof dock.specification = async (name) => {
      if (name.id === "far") throw new AppError("not_found", "gone");
      return dock.specification(name);
    };
    const ranked: string[][] = [];
    const session = await sessionAt("found", {
      dock: { specification },
      spec: {
        rank: async (candidates) => {
          ranked.push(candidates.map(({ id }) => id));
          return ranking;
        },
      },
    });
    expect(ranked).toEqual([["middle", "near"]]);
    expect(session.reuse.others).toEqual([]);
    expect(session.reuse.chosen?.key).toBe("shortlist");
  });

  test("goes on without a specification that cannot be compared, if there are others", async () => {
    const { dock } = fakeClients();
    const damaged = new Set(["far"]);
    const specification: typeof dock.specification = async (name) => {
      const wire = await dock.specification(name);
      if ("book" in wire.rkme) throw new Error("the space has no book");
      const points = encodeFloats("points", new Float64Array(wire.rkme.cols * wire.rkme.rows - 1));
      return damaged.has(name.id) ? { ...wire, rkme: { ...wire.rkme, points } } : wire;
    };
    const session = await sessionAt("found", { dock: { specification } });
    expect(session.find.state.kind).toBe("found");
    for (const id of ["near", "middle"]) damaged.add(id);
    await session.startFind(outline, false);
    expect(session.find.state).toMatchObject({ kind: "failed", problem: { code: "bad_answer" } });
  });

  test("still says that a download failed when another one goes on", async () => {
    const told: ((progress: Progress) => void)[] = [];
    const stopped: string[] = [];
    const session = await sessionAt("found", {
      packages: {
        get: ({ id }, { signal, onProgress } = {}) => {
          if (id === "near") return Promise.reject(new AppError("network_failed", "gone"));
          told.push((progress) => onProgress?.(progress));
          signal?.addEventListener("abort", () => stopped.push(id));
          return new Promise(() => undefined);
        },
      },
    });
    await session.run();
    for (const tell of told) tell({ stage: "download", done: 1, total: 2 });
    await new Promise((done) => setTimeout(done));
    expect(session.reuse.state).toMatchObject({
      kind: "failed",
      problem: { code: "network_failed" },
    });
    expect(stopped).toEqual(["middle", "far"]);
  });

  test("waits for a learnware that failed in the first look only once", async () => {
    const asked: string[][] = [];
    const leftOut = [{ id: "middle", code: "bad_model", message: "", details: {} }] as const;
    const session = await sessionAt("found", {
      data: {
        read: async () => ({ ...profileOf([column("sqft"), column("bedrooms")]), rows: 9000 }),
      },
      reuse: {
        prepare: async ({ members }) => {
          asked.push(members.map(({ id }) => id));
          return asked.length === 1 ? { ...preparation, leftOut } : preparation;
        },
        predict: async () => ({
          ...reused,
          preparation: asked.length === 1 ? { ...preparation, leftOut } : preparation,
        }),
      },
    });
    await session.run();
    expect(asked).toEqual([
      ["near", "middle", "far"],
      ["near", "far"],
    ]);
    expect(session.reuse.outcome?.leftOut).toEqual(leftOut);
  });

  test("tries once more what failed, in the way that was asked for", async () => {
    let isDown = false;
    const ways: string[] = [];
    const session = await sessionAt("found", {
      reuse: {
        predict: async (_, way) => {
          if (isDown) throw new AppError("worker_died", "gone");
          ways.push(way);
          return { ...reused, way };
        },
      },
    });
    await session.run();
    isDown = true;
    await session.reuse.use("average");
    expect(session.reuse.state).toMatchObject({ kind: "failed", origin: "ways" });
    isDown = false;
    await session.reuse.again();
    expect(session.reuse.state.kind).toBe("done");
    expect(ways.at(-1)).toBe("average");
  });

  test("takes the column named like the target as answers, and never as a feature", async () => {
    const answered = profileOf([column("sqft"), column("Price (k)"), column("bedrooms")]);
    const plans: ReusePlan[] = [];
    const shown: (boolean | undefined)[] = [];
    const session: Session = await sessionAt("found", {
      data: { read: async () => answered },
      reuse: {
        prepare: async (plan) => {
          plans.push(plan);
          shown.push(session.reuse.outcome?.isFirstLook);
          return preparation;
        },
      },
    });
    expect(session.answersColumn).toBe(1);
    session.mapping.assign("bedrooms", 1);
    await session.startFind(outline, false);
    await session.run();
    // A first look without the answers; then with them.
    expect(plans.map((plan) => plan.answersColumn)).toEqual([null, 1]);
    for (const { members } of plans) {
      expect(members.map(({ id, share }) => [id, share])).toEqual([
        ["near", null],
        ["middle", null],
        ["far", null],
      ]);
    }
    expect(shown).toEqual([undefined, true]);
    for (const { matches } of plans) {
      expect(matches.map((match) => match.column)).toEqual([0, null]);
    }
    expect(session.reuse.outcome?.isFirstLook).toBe(false);
    session.useAnswers(null);
    await session.run();
    expect(plans[2]).toMatchObject({ answersColumn: null, ways: "all" });
  });

  test("leaves out a learnware whose package is gone, and says so", async () => {
    const session = await sessionAt("found", {
      packages: {
        get: async ({ id }) => {
          if (id === "near") throw new AppError("not_found", "gone");
          return new Uint8Array(3);
        },
      },
    });
    await session.run();
    expect(session.reuse.outcome?.leftOut).toMatchObject([{ id: "near", code: "not_found" }]);
    session.reuse.choose("near");
    await session.run();
    expect(session.reuse.state).toMatchObject({ kind: "failed", problem: { code: "not_found" } });
  });

  test("predicts again in another way, and keeps the offer", async () => {
    const session = await sessionAt("found");
    await session.run();
    await session.reuse.use("average");
    expect(session.reuse.outcome).toMatchObject({
      offer: { key: "shortlist" },
      reuse: { way: "average" },
    });
  });

  test("prepares again what a worker that broke had prepared", async () => {
    const log: string[] = [];
    let held: number | null = null;
    let isBroken = false;
    const session = await sessionAt("found", {
      reuse: {
        prepare: async ({ id }) => {
          log.push("prepare");
          held = id;
          return preparation;
        },
        predict: async (plan, way) => {
          if (plan !== held) throw new AppError("not_prepared", "gone");
          if (isBroken) {
            [isBroken, held] = [false, null];
            throw new AppError("internal", "the worker stopped");
          }
          log.push(way);
          return { ...reused, way };
        },
      },
    });
    await session.run();
    isBroken = true;
    await session.reuse.use("average");
    expect(session.reuse.state).toMatchObject({ kind: "failed", problem: { code: "internal" } });
    await session.reuse.use("average");
    expect(session.reuse.state.kind).toBe("done");
    expect(session.reuse.outcome?.reuse.way).toBe("average");
    expect(log).toEqual(["prepare", "weigh_by_row", "prepare", "average"]);
  });

  test("writes down the way that predicted, also after another run was stopped", async () => {
    const asked: unknown[][] = [];
    let held = 0;
    const stop = new AppError("aborted", "stopped");
    const session = await sessionAt("found", {
      reuse: {
        prepare: async ({ id }) => {
          held = id;
          return preparation;
        },
        predict: async (_plan, way) => {
          if (held === 2) throw stop;
          return { ...reused, way };
        },
        bundle: async (...args) => {
          if (args[0] !== held) throw new AppError("not_prepared", "gone");
          asked.push(args.slice(0, 3));
          return new Blob(["zip"]);
        },
      },
    });
    await session.run();
    await session.reuse.use("average");
    await session.run();
    expect(session.reuse.state.kind).toBe("done");
    const words = { language: "zh", sentence: "平均" } as const;
    const zip = await session.reuse.writeModel(words);
    expect(await zip?.text()).toBe("zip");
    expect(asked).toEqual([[1, "average", words]]);
    expect(session.reuse.exporting.state.kind).toBe("saved");
  });

  test("says why a model could not be written, and nothing when it was stopped", async () => {
    let code: "not_exportable" | "aborted" = "not_exportable";
    const session = await sessionAt("found", {
      reuse: { bundle: () => Promise.reject(new AppError(code, "no")) },
    });
    await session.run();
    const words = { language: "en", sentence: "" } as const;
    expect(await session.reuse.writeModel(words)).toBeNull();
    expect(session.reuse.exporting.state).toMatchObject({ problem: { code: "not_exportable" } });
    code = "aborted";
    expect(await session.reuse.writeModel(words)).toBeNull();
    expect(session.reuse.exporting.state.kind).toBe("idle");
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
        predict: (_plan, _way, _rows, call) =>
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

  test("gives back the memory of the models when it starts over", async () => {
    let held = false;
    const session = await sessionAt("found", {
      reuse: {
        prepare: async () => {
          held = true;
          return preparation;
        },
        release: () => void (held = false),
      },
    });
    await session.run();
    expect(held).toBe(true);
    session.mapping.assign("bedrooms", null);
    expect(held).toBe(false);
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

  test("asks for only the rows in which a column is empty, with predictions for all", async () => {
    const asked: unknown[] = [];
    const session = await sessionAt("found", {
      data: {
        write: async ([first], format, onlyEmpty) => {
          asked.push(first!.values.length, first!.fills, format, onlyEmpty);
          return new Blob();
        },
      },
    });
    await session.run();
    await session.reuse.write("json", 1, 1);
    const { values } = session.reuse.outcome!.reuse.predictions;
    expect(asked).toEqual([values.length, 1, "json", 1]);
  });

  test("says why the file could not be written and keeps the predictions", async () => {
    const session = await sessionAt("found", {
      data: { write: () => Promise.reject(new AppError("out_of_memory", "full")) },
    });
    await session.run();
    expect(await session.reuse.write()).toBeNull();
    expect(session.reuse.saving.state).toMatchObject({ kind: "failed" });
    expect(session.reuse.outcome).not.toBeNull();
  });
});
