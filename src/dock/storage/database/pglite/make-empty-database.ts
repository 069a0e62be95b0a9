/** @file `npm run build:database`: makes what new embedded databases begin with. */

import { makeEmptyDatabase } from "./empty-database";

await makeEmptyDatabase();
