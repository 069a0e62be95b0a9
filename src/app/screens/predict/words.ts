import { createContext } from "svelte";

import type { PredictWords } from "./english";

interface Spoken {
  readonly words: PredictWords;
}

export const [useWords, provideWords] = createContext<Spoken>();
