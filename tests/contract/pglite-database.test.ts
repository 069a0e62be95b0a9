import { PgliteDatabase } from "../../src/dock/store/pglite-database";
import { databaseContract, sessionSettings } from "./database.suite";

databaseContract("PgliteDatabase", {
  open: () => PgliteDatabase.open({ sessionSettings }),
  transactionsExclude: true,
});
