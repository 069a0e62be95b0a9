import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { PgliteStore } from "../../src/dock/store/pglite-store";
import { cardOf, island, rkmeAround, specificationOf } from "../fixtures/learnwares";
import { learnwareStoreContract } from "./learnware-store.suite";

learnwareStoreContract("PgliteStore", () => PgliteStore.open());

test("PgliteStore finds everything again after it was closed", async () => {
  const directory = join(await mkdtemp(join(tmpdir(), "berth-db-")), "db");
  const first = await PgliteStore.open(directory);
  await first.putIsland(island);
  await first.put(cardOf("kept"), specificationOf("kept", rkmeAround(0, 1)), "starter");
  await first.close();

  const second = await PgliteStore.open(directory);
  expect(await second.find("kept")).toEqual(cardOf("kept"));
  expect((await second.list({ origin: "starter" }, { limit: 9, offset: 0 })).total).toBe(1);
  await second.close();
});
