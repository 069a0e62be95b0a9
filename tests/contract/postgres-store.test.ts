import { describe, expect, test } from "vitest";

import { PostgresDatabase } from "../../src/dock/storage/database/postgres/postgres-database";
import { searchSettings } from "../../src/dock/storage/sql/sql-search";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { freshDatabase, hasPostgres } from "../postgres/fresh-database";
import { learnwareStoreContract } from "./learnware-store.suite";

const openOn = async (url: string) =>
  SqlStore.open(await PostgresDatabase.open({ url, sessionSettings: searchSettings }));

describe.skipIf(!hasPostgres)("with a PostgreSQL server", () => {
  learnwareStoreContract("SqlStore on PostgreSQL", async () => openOn(await freshDatabase()));

  test("SqlStore opens on one new database from several docks at once", async () => {
    const url = await freshDatabase();
    const stores = await Promise.all([openOn(url), openOn(url), openOn(url)]);
    for (const store of stores) {
      expect(await store.islands()).toEqual([]);
      await store.close();
    }
  });
});
