import { createContext } from "svelte";

import type { Router } from "../../router";
import type { Vocabulary } from "../../words/vocabulary.svelte";
import type { Browsing } from "./browse.svelte";
import type { ModelsWords } from "./english";

interface ModelsPage {
  readonly browse: Browsing;
  readonly router: Router;
  readonly vocabulary: Vocabulary<ModelsWords>;
}

export const [usePage, providePage] = createContext<ModelsPage>();
