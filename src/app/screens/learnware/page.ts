import { createContext } from "svelte";

import type { OwnData } from "../../own-data.svelte";
import type { Router } from "../../router";
import type { Vocabulary } from "../../words/vocabulary.svelte";
import type { LearnwareWords } from "./english";
import type { LearnwareView } from "./learnware.svelte";

interface LearnwarePage {
  readonly view: LearnwareView;
  readonly router: Router;
  readonly own: OwnData;
  readonly vocabulary: Vocabulary<LearnwareWords>;
}

export const [usePage, providePage] = createContext<LearnwarePage>();
