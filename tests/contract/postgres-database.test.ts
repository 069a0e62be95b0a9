import { describe } from "vitest";

import { PostgresDatabase } from "../../src/dock/store/postgres-database";
import { freshDatabase, hasPostgres } from "../postgres/fresh-database";
import { databaseContract, sessionSettings } from "./database.suite";

describe.skipIf(!hasPostgres)("with a PostgreSQL server", () => {
  databaseContract("PostgresDatabase", {
    open: async () => PostgresDatabase.open({ url: await freshDatabase(), sessionSettings }),
    transactionsExclude: false,
  });
});
