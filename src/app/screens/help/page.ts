import { createContext } from "svelte";

import type { Vocabulary } from "../../words/vocabulary.svelte";
import type { HelpWords } from "./english";
import type { OperatorTexts } from "./operator.svelte";

interface Help {
  readonly vocabulary: Vocabulary<HelpWords>;
  readonly operator: OperatorTexts;
}

export const [useHelp, provideHelp] = createContext<Help>();
