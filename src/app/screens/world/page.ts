import { createContext } from "svelte";

import type { Router } from "../../router";
import type { Vocabulary } from "../../words/vocabulary.svelte";
import type { WorldWords } from "./english";
import type { Explorer } from "./explorer.svelte";

interface World {
  readonly router: Router;
  readonly explorer: Explorer;
  readonly vocabulary: Vocabulary<WorldWords>;
}

export const [useWorld, provideWorld] = createContext<World>();
