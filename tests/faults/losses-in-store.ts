import { faultBooks } from "./fault-books";
import { Describer } from "../../src/dock/storage/describer";
import { ReEstimation } from "../../src/dock/jobs/re-estimate";
import type { Database } from "../../src/dock/storage/database/database";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { island } from "../fixtures/learnwares";
import { brokenIn } from "./integrity";
import type { Ledger } from "./ledger";
import { republish } from "./republish";

/** What a store's database lacks or has too much, in words, when it is opened after a crash. */
export async function lossesInStore(database: Database, ledger: Ledger): Promise<string[]> {
  const store = await SqlStore.open(database);
  const losses = [...(await brokenIn(database)), ...(await ledger.lossesIn(store))];
  losses.push(...(await unfound(store)), ...(await unfinished(database, store)));
  await store.close();
  return losses;
}

/** Every learnware is found by its own sketch. */
async function unfound(store: SqlStore): Promise<string[]> {
  const losses: string[] = [];
  for (const { id } of (await store.islands()).slice(-5)) {
    const space = (await store.findSpace(id))!;
    for (const placed of await store.placed(space, "0", 10)) {
      const near = await store.nearest(space, placed.sketch, { limit: 200 });
      if (!near.some((one) => one.number === placed.number)) losses.push(`${placed.id} not found`);
    }
  }
  return losses;
}

/** What was interrupted completes when it is run again, and leaves no half-built version. */
async function unfinished(database: Database, store: SqlStore): Promise<string[]> {
  const blobs = await faultBooks();
  const describer = await Describer.create(blobs);
  const halfBuilt = () =>
    database.query<{ id: string }>(
      "select space_id as id from space_version where state = 'building'",
    );
  for (const { id } of await halfBuilt()) {
    const keep = () => Promise.resolve();
    if (id === island.id) await republish(store, describer, id, 0.5);
    else await new ReEstimation({ store, blobs, describer }).run(id, { keep });
  }
  const left = (await halfBuilt()).map(({ id }) => `${id} stays half-built`);
  return [...left, ...(await brokenIn(database))];
}
