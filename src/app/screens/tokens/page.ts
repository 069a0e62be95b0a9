import { createContext } from "svelte";

import type { AccountParts } from "../../account";
import type { Vocabulary } from "../../words/vocabulary.svelte";
import type { TokensWords } from "./english";
import type { TokenList } from "./token-list.svelte";

interface TokensPage {
  readonly parts: AccountParts;
  readonly list: TokenList;
  readonly vocabulary: Vocabulary<TokensWords>;
}

export const [usePage, providePage] = createContext<TokensPage>();
