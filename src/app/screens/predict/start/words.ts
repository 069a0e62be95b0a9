import { createContext } from "svelte";

import type { Vocabulary } from "../../../words/vocabulary.svelte";
import type { StartWords } from "./english";

export const [useStartWords, provideStartWords] = createContext<Vocabulary<StartWords>>();
