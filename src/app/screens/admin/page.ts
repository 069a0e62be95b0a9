import { createContext } from "svelte";

import type { AccountParts } from "../../account";
import type { Router } from "../../router";
import type { Vocabulary } from "../../words/vocabulary.svelte";
import type { AdminWords } from "./english";
import type { Islands } from "./islands/islands.svelte";
import type { Models } from "./models/models.svelte";
import type { Overview } from "./overview/overview.svelte";
import type { People } from "./people/people.svelte";

interface AdminPage {
  readonly parts: AccountParts;
  readonly router: Router;
  readonly vocabulary: Vocabulary<AdminWords>;
  readonly overview: Overview;
  readonly people: People;
  readonly models: Models;
  readonly islands: Islands;
}

export const [usePage, providePage] = createContext<AdminPage>();
