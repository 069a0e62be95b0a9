import { flushSync } from "svelte";
import { beforeEach, describe, expect, test, vi } from "vitest";

import type { Works } from "../../src/app/clients";
import { Keeping } from "../../src/app/screens/predict/keep/keeping.svelte";
import { Session } from "../../src/app/screens/predict/session.svelte";
import { runAt } from "../contract/work-store.suite";
import { workInMemory } from "../fixtures/work-in-memory";
import { fakeClients, outline } from "../unit/app/fakes";

const file = new File(["sqft,bedrooms\n1,2\n"], "homes.csv");

interface Visit {
  readonly session: Session;
  readonly keeping: Keeping;
}

async function visit(shelf: Works): Promise<Visit> {
  const session = new Session(fakeClients(), () => undefined);
  const keeping = new Keeping(session, shelf);
  await keeping.look();
  await keeping.begin();
  return { session, keeping };
}

async function work({ session }: Visit, read = file): Promise<void> {
  await session.table.read(read);
  await vi.waitFor(() => expect(session.mapping.chosen).not.toBeNull());
  flushSync();
}

describe("what a browser keeps of a user's work", () => {
  let shelf: Works;
  beforeEach(() => (shelf = workInMemory()));

  test("is nothing on the first visit", async () => {
    const { keeping } = await visit(shelf);
    expect([keeping.last, keeping.mustChoose, keeping.runs]).toEqual([null, false, []]);
  });

  test("is what was chosen, and no row; the same file is known by name and size", async () => {
    const first = await visit(shelf);
    await work(first);
    first.session.goTo("match");
    first.session.useAnswers("sqft");
    flushSync();
    expect(await shelf.last()).toMatchObject({
      ...{ fileName: "homes.csv", sizeBytes: file.size, handle: null },
      choices: { step: "match", answers: "sqft", islandId: "house-sales" },
    });
    expect(await shelf.table()).toBeNull();

    const second = await visit(shelf);
    expect([second.keeping.last?.fileName, second.keeping.mustChoose]).toEqual(["homes.csv", true]);
    await work(second, new File([await file.text()], "homes.csv"));
    await vi.waitFor(() => expect(second.session.step).toBe("match"));
    expect(second.session.answersName).toBe("sqft");
    expect(second.keeping.last).toBeNull();
  });

  test("is the labels given by hand, by row, until everything is cleared", async () => {
    const first = await visit(shelf);
    await work(first);
    first.session.byHand.set(3, "north");
    first.session.byHand.set(0, "south");
    flushSync();
    expect((await shelf.last())?.choices.labels).toEqual([
      [3, "north"],
      [0, "south"],
    ]);

    const second = await visit(shelf);
    await work(second, new File([await file.text()], "homes.csv"));
    await vi.waitFor(() => expect([...second.session.byHand.labels.keys()]).toEqual([3, 0]));
    second.session.clear();
    await second.keeping.clear();
    expect(second.session.byHand.labels.size).toBe(0);

    const third = await visit(shelf);
    await work(third, new File([await file.text()], "homes.csv"));
    expect(third.session.byHand.labels.size).toBe(0);
  });

  test("is not taken up for a file of another size, and a kept table goes with it", async () => {
    const first = await visit(shelf);
    await work(first);
    await first.keeping.keepTable(true);
    first.session.goTo("match");
    flushSync();
    const second = await visit(shelf);
    await work(second, new File(["sqft,bedrooms\n1,2\n3,4\n"], "homes.csv"));
    expect(second.session.step).toBe("data");
    expect(await shelf.table()).toBeNull();
    expect(second.keeping.keepsTable).toBe(false);
  });

  test("is the table too where the user asks for it, and then one press goes on", async () => {
    const first = await visit(shelf);
    await work(first);
    await first.keeping.keepTable(true);
    expect(first.keeping.keepsTable).toBe(true);
    const second = await visit(shelf);
    expect(second.keeping.mustChoose).toBe(false);
    await second.keeping.goOn();
    expect(second.session.table.table?.file.name).toBe("homes.csv");
    await second.keeping.keepTable(false);
    expect([second.keeping.keepsTable, await shelf.table()]).toEqual([false, null]);
  });

  test("says that the file has to be chosen where nothing can open it", async () => {
    await work(await visit(shelf));
    const { keeping, session } = await visit(shelf);
    await keeping.goOn();
    expect([keeping.mustChoose, session.table.table]).toEqual([true, null]);
  });

  test("lists each prediction once, with what was sent for it", async () => {
    const first = await visit(shelf);
    await work(first);
    await first.session.startFind(outline, false);
    await first.session.run();
    flushSync();
    await vi.waitFor(() => expect(first.keeping.runs).toHaveLength(1));
    const [run] = first.keeping.runs;
    expect(run).toMatchObject({ fileName: "homes.csv", island: "House sales", rows: 123 });
    const { payload } = first.session.find;
    expect(run?.sent).toBe(payload?.level === "reduced" ? payload.json : undefined);
    first.session.goTo("models");
    flushSync();
    expect(await shelf.runs()).toHaveLength(1);
    await first.keeping.forgetRun(run!.id);
    expect([first.keeping.runs, await shelf.runs()]).toEqual([[], []]);
  });

  test("is gone once the user forgets it, or clears everything", async () => {
    await work(await visit(shelf));
    const second = await visit(shelf);
    await second.keeping.forget();
    expect([second.keeping.last, await shelf.last()]).toEqual([null, null]);
    await work(second);
    await shelf.addRun(runAt(1));
    await second.keeping.clear();
    expect([await shelf.last(), await shelf.runs(), second.keeping.runs]).toEqual([null, [], []]);
  });
});
