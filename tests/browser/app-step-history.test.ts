import { flushSync } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { Router } from "../../src/app/router";
import { followLinks, followSteps } from "../../src/app/screens/predict/keep/step-history.svelte";
import { Session } from "../../src/app/screens/predict/session.svelte";
import { AppError } from "../../src/contracts/outcome";
import { cardOf, fakeClients, outline } from "../unit/app/fakes";

const file = new File(["sqft,bedrooms\n1,2\n"], "homes.csv");

beforeEach(() => history.replaceState(null, "", "#/"));
afterEach(() => history.replaceState(null, "", "#"));

async function open(learnware = async (id: string) => cardOf(id)): Promise<Session> {
  const session = new Session(fakeClients({ dock: { learnware } }), () => undefined);
  const router = new Router(["", "second"]);
  followSteps(session, router, "");
  followLinks(session, router, "");
  flushSync();
  return session;
}

async function load(session: Session): Promise<void> {
  await session.table.read(file);
  await vi.waitFor(() => expect(session.mapping.chosen).not.toBeNull());
  flushSync();
}

async function go(session: Session, hash: string): Promise<void> {
  const changed = new Promise((done) => addEventListener("hashchange", done, { once: true }));
  location.hash = hash;
  await changed;
  flushSync();
  await vi.waitFor(() => expect(session.mapping.state.kind).toBe("ready"));
}

describe("the steps in the history", () => {
  test("Back and Forward go from step to step, and the address stays", async () => {
    const session = await open();
    await load(session);
    for (const step of ["match", "data"] as const) {
      session.goTo(step);
      flushSync();
    }
    const popped = () => new Promise((done) => addEventListener("popstate", done, { once: true }));
    const back = popped();
    history.back();
    await back;
    expect([session.step, location.hash]).toEqual(["match", "#/"]);
    flushSync();
    const forward = popped();
    history.forward();
    await forward;
    expect(session.step).toBe("data");
  });

  test("an entry of a step that is not reached any more is of the step that is shown", async () => {
    const session = await open();
    await load(session);
    await session.startFind(outline, false);
    flushSync();
    session.goTo("data");
    flushSync();
    session.find.reset();
    const popped = new Promise((done) => addEventListener("popstate", done, { once: true }));
    history.back();
    await popped;
    expect(session.step).toBe("match");
    expect(history.state).toMatchObject({ step: "match" });
  });

  test("nothing is written before a table is here", async () => {
    const before = history.length;
    const session = await open();
    session.goTo("match");
    flushSync();
    expect([history.length, history.state]).toEqual([before, null]);
  });
});

describe("a link", () => {
  test("to a model chooses it once models were looked for", async () => {
    history.replaceState(null, "", "#/?learnware=middle");
    const session = await open();
    await load(session);
    expect(session.linked.modelName).toBe(cardOf("middle").name);
    await session.startFind(outline, false);
    expect(session.reuse.chosen?.key).toBe("middle");
  });

  test("opened while a table is here applies to it, and only chooses what was compared", async () => {
    const session = await open();
    await load(session);
    session.goTo("match");
    await go(session, "#/?learnware=near");
    expect(session.step).toBe("data");
    await session.predict(outline, false);
    expect([session.reuse.chosen?.key, session.step]).toEqual(["near", "predictions"]);
    const { outcome } = session.reuse;
    await go(session, "#/?learnware=middle");
    expect([session.reuse.chosen?.key, session.step]).toEqual(["middle", "models"]);
    expect(session.reuse.outcome).toBe(outcome);
  });

  test("to a model that is gone, or was not compared, is told, and nothing else is run", async () => {
    const gone = await open(() => Promise.reject(new AppError("not_found", "no such learnware")));
    await load(gone);
    await go(gone, "#/?learnware=lost");
    await vi.waitFor(() => expect(gone.linked.unmet).toBe("gone"));
    expect(gone.linked.modelName).toBeNull();

    history.replaceState(null, "", "#/?learnware=unlisted");
    const session = await open();
    await load(session);
    await session.predict(outline, false);
    expect([session.linked.unmet, session.step]).toEqual(["uncompared", "models"]);
    expect(session.reuse.outcome).toBeNull();
  });

  test("is taken up once: what the user chooses afterwards stays", async () => {
    history.replaceState(null, "", "#/?island=house-sales&map=1.0");
    const session = await open();
    await load(session);
    const columns = () => session.mapping.chosen?.match.matches.map(({ column }) => column);
    expect(columns()).toEqual([1, 0]);
    const [first, second] = session.mapping.chosen!.match.matches;
    session.mapping.assign(first!.feature, 0);
    session.mapping.assign(second!.feature, 1);
    expect(columns()).toEqual([0, 1]);
    await session.table.retype(0, "number");
    await vi.waitFor(() => expect(session.mapping.chosen).not.toBeNull());
    expect(columns()).toEqual([0, 1]);
  });
});
