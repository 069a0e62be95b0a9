import { describe, expect, test, vi } from "vitest";

import type { Clients } from "../../../../../../src/app/clients";
import { fingerprintOf } from "../../../../../../src/app/screens/predict/find/fingerprint";
import type { PrivacyChoice } from "../../../../../../src/workflows/find/privacy";
import { Session } from "../../../../../../src/app/screens/predict/session.svelte";
import { PrivacySettings } from "../../../../../../src/app/screens/predict/find/privacy-settings.svelte";
import type { SearchRequest } from "../../../../../../src/contracts/http/dock-api";
import { SKETCH_LENGTH } from "../../../../../../src/contracts/wire/sketch-length";
import { AppError } from "../../../../../../src/contracts/outcome";
import { sketchFromWire } from "../../../../../../src/contracts/wire/wire-sketch";
import {
  column,
  fakeClients,
  fakeLedger,
  nothingFound,
  outline,
  profile,
  profileOf,
} from "../../../fakes";
import { matched } from "../../../matched";

const file = new File(["sqft,bedrooms\n1,2\n"], "homes.csv");
const noisy: PrivacyChoice = { level: "private", epsilon: 2 };
const nothing: PrivacyChoice = { level: "nothing", epsilon: 1 };

async function mapped(
  other: { [C in keyof Clients]?: Partial<Clients[C]> } = {},
): Promise<Session> {
  const session = new Session(fakeClients(other), () => undefined);
  await session.table.read(file);
  await matched(session);
  await settle();
  return session;
}

/** Let what nobody waits for come to its end: digests are made outside the event loop's turn. */
async function settle(): Promise<void> {
  await fingerprintOf(profile);
  await Promise.resolve();
}

function recordingDock() {
  const sent: SearchRequest[] = [];
  const search: Clients["dock"]["search"] = async (request) => {
    sent.push(request);
    return nothingFound;
  };
  return { sent, search };
}

describe("a table of which the outline is no more than averages", () => {
  const spec = (points: number): Partial<Clients["spec"]> => ({
    describe: async (...asked) => {
      const made = await fakeClients().spec.describe(...asked);
      return { ...made, preflight: { ...made.preflight, points } };
    },
  });

  test.each([
    [1, "review"],
    [4, "review"],
    [5, "found"],
  ])("of %i points ends in: %s, though nobody asked to look", async (points, kind) => {
    const { sent, search } = recordingDock();
    const session = await mapped({ dock: { search }, spec: spec(points) });
    await session.startFind(outline, false);
    expect(session.find.state.kind).toBe(kind);
    expect(sent).toHaveLength(kind === "found" ? 1 : 0);
    await session.find.send();
    expect(sent).toHaveLength(1);
  });

  test("is found for without sending anything where that is chosen instead", async () => {
    const { sent, search } = recordingDock();
    const session = await mapped({ dock: { search }, spec: spec(1) });
    await session.startFind(outline, false);
    await session.startFind(nothing, false);
    expect(session.find.state.kind).toBe("found");
    expect(sent).toHaveLength(0);
  });
});

describe("a search with a noisy outline", () => {
  test("sends the noisy sketch that is shown, and no reduced set", async () => {
    const { sent, search } = recordingDock();
    const session = await mapped({ dock: { search } });
    await session.startFind(noisy, false);
    const { payload } = session.find;
    expect(payload).toMatchObject({ level: "private", sent: true, epsilon: 2, delta: 1e-5 });
    expect(payload?.level === "private" && payload.json).toBe(JSON.stringify(sent[0]));
    const requirement = sent[0]!.requirement;
    expect(requirement).toMatchObject({ form: "private", rowCount: 120 });
    expect(
      requirement?.form === "private" && sketchFromWire(requirement.sketch, SKETCH_LENGTH),
    ).toHaveLength(SKETCH_LENGTH);
  });

  test("counts every ε that was sent, and none that was only looked at", async () => {
    const session = await mapped();
    await session.startFind(noisy, true);
    await settle();
    expect(session.budget.spent).toBe(0);
    await session.find.send();
    await settle();
    expect(session.budget.spent).toBe(2);
    await session.startFind({ ...noisy, epsilon: 0.5 }, false);
    await settle();
    expect(session.budget.spent).toBe(2.5);
    await session.startFind(outline, false);
    await settle();
    expect(session.budget.spent).toBe(2.5);
  });

  test("counts what was sent even if no answer came", async () => {
    const session = await mapped({
      dock: { search: () => Promise.reject(new AppError("timed_out", "no answer")) },
    });
    await session.startFind(noisy, false);
    await settle();
    expect(session.find.state.kind).toBe("failed");
    expect(session.budget.spent).toBe(2);
  });

  test("never sends a sketch that came without noise", async () => {
    const { sent, search } = recordingDock();
    const { spec } = fakeClients();
    const session = await mapped({
      dock: { search },
      spec: {
        sketch: (island, matches, _privacy, call) => spec.sketch(island, matches, null, call),
      },
    });
    await session.startFind(noisy, false);
    expect(session.find.state).toMatchObject({ kind: "failed", payload: null });
    expect(sent).toEqual([]);
  });

  test("is taken back when another choice is made before it is sent", async () => {
    const session = await mapped();
    await session.startFind(noisy, true);
    session.find.withdraw();
    expect(session.find.state.kind).toBe("idle");
    await session.startFind(noisy, false);
    session.find.withdraw();
    expect(session.find.state.kind).toBe("found");
  });
});

describe("a search of a dock that is files alone", () => {
  test.each([outline, noisy, nothing])(
    "sends and spends nothing, with the choice %j",
    async (choice) => {
      const { sent, search } = recordingDock();
      const session = await mapped({ dock: { search, sendsRequests: false } });
      await session.startFind(choice, false);
      await settle();
      expect(sent).toEqual([]);
      expect(session.find.payload?.level).toBe("nothing");
      expect(session.budget.spent).toBe(0);
      expect(session.reuse.recommended.map(({ key }) => key)).toEqual([
        "shortlist",
        "mixture",
        "near",
        "middle",
      ]);
    },
  );
});

describe("a search of which nothing leaves", () => {
  test("posts nothing, and still ranks and offers", async () => {
    const { sent, search } = recordingDock();
    const session = await mapped({ dock: { search } });
    await session.startFind(nothing, false);
    expect(sent).toEqual([]);
    expect(session.find.payload?.level).toBe("nothing");
    expect(session.reuse.recommended.map(({ key }) => key)).toEqual([
      "shortlist",
      "mixture",
      "near",
      "middle",
    ]);
  });

  test("fetches all specifications of a small island by name, not by fit", async () => {
    const asked: string[] = [];
    const { dock } = fakeClients();
    const session = await mapped({
      dock: {
        specification: (name) => {
          asked.push(name.id);
          return dock.specification(name);
        },
      },
    });
    await session.startFind(nothing, false);
    expect(asked).toEqual(["far", "middle", "near"]);
  });

  test("is not made with sketches of another version of the island", async () => {
    const { dock } = fakeClients();
    const sketches: Clients["dock"]["sketches"] = async (id) => {
      return { ...(await dock.sketches(id)), spaceVersion: 2 };
    };
    const session = await mapped({ dock: { sketches } });
    await session.startFind(nothing, false);
    expect(session.find.state).toMatchObject({
      kind: "failed",
      problem: { code: "stale_island" },
    });
  });

  test("fetches nothing before the user has looked, when asked to wait", async () => {
    let fetched = 0;
    const { dock } = fakeClients();
    const sketches: Clients["dock"]["sketches"] = (id) => {
      fetched++;
      return dock.sketches(id);
    };
    const session = await mapped({ dock: { sketches } });
    await session.startFind(nothing, true);
    expect(fetched).toBe(0);
    await session.find.send();
    expect(fetched).toBe(1);
  });
});

test("the ledger goes by the table's lines, not by its name, types or header", async () => {
  const columns = [column("a"), column("b")];
  const table = profileOf(columns);
  const key = await fingerprintOf(table);
  const retyped = profileOf([column("a", { type: "category" }), column("b", { mean: 3 })]);
  expect(await fingerprintOf(retyped)).toBe(key);
  const names = columns.map(({ name }) => name);
  const headless = {
    ...table,
    rows: table.rows + 1,
    dialect: { ...table.dialect, hasHeader: false },
    preview: [names, ...table.preview],
  };
  expect(await fingerprintOf(headless)).toBe(key);
  expect(await fingerprintOf({ ...table, rows: table.rows + 1 })).not.toBe(key);
});

test("what was spent on a table is known when it is read again, and forgotten on request", async () => {
  const ledger = fakeLedger();
  const first = await mapped({ ledger });
  await first.startFind(noisy, false);
  await vi.waitFor(() => {
    expect(first.budget.spent).toBe(2);
  });
  const second = await mapped({ ledger });
  expect(second.budget.spent).toBe(2);
  second.clear();
  expect(second.budget.spent).toBe(0);
  expect((await mapped({ ledger })).budget.spent).toBe(0);
});

test("the choice is remembered, and nonsense in its place is not believed", () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
  const open = () => new PrivacySettings(storage);
  expect(open().choice).toEqual(outline);
  open().choice = noisy;
  expect(open().choice).toEqual(noisy);
  kept.set("berth.privacy", "everything");
  kept.set("berth.epsilon", "100");
  expect(open().choice).toEqual(outline);
  open().choice = nothing;
  open().clear();
  expect(open().choice).toEqual(outline);
});
