import { createContext } from "svelte";

import type { Vocabulary } from "../../words/vocabulary.svelte";
import type { PredictWords } from "./english";

export const [useWords, provideWords] = createContext<Vocabulary<PredictWords>>();
