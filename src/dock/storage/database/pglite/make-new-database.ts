/** @file `npm run build:database`: makes what new embedded databases begin with. */

import { makeNewDatabase } from "./new-database";

await makeNewDatabase();
