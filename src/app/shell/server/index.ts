import type { Locale } from "../../words/locale.svelte";
import type { Vocabulary } from "../../words/vocabulary.svelte";
import type { ServerWords } from "./english";
import Menu from "./Menu.svelte";
import Trouble from "./Trouble.svelte";

/** What is needed of the choice of a server once somebody makes it. */
export interface ServerParts {
  readonly vocabulary: Vocabulary<ServerWords>;
  readonly Menu: typeof Menu;
  readonly Trouble: typeof Trouble;
}

export async function open(locale: Locale): Promise<ServerParts> {
  const vocabulary = await locale.vocabulary<ServerWords>({
    en: async () => (await import("./english")).english,
    zh: async () => (await import("./chinese")).chinese,
  });
  return { vocabulary, Menu, Trouble };
}
