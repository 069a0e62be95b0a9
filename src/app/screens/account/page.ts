import { createContext } from "svelte";

import type { AccountParts } from "../../account";
import type { Vocabulary } from "../../words/vocabulary.svelte";
import type { AccountScreenWords } from "./english";
import type { Visit } from "./visit.svelte";

interface AccountPage {
  readonly parts: AccountParts;
  readonly visit: Visit;
  readonly vocabulary: Vocabulary<AccountScreenWords>;
}

export const [usePage, providePage] = createContext<AccountPage>();
