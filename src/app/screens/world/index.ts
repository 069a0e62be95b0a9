import { Explorer } from "./explorer.svelte";
import type { ForScreens, Screen } from "../screen";
import type { WorldWords } from "./english";
import { provideWorld } from "./page";
import World from "./World.svelte";

/** The whole dock: a chart, and a list that is its equal. */
export async function open({ clients, settings, router, own }: ForScreens): Promise<Screen> {
  const vocabulary = await settings.locale.vocabulary<WorldWords>({
    en: async () => (await import("./english")).english,
    zh: async () => (await import("./chinese")).chinese,
  });
  const explorer = new Explorer(clients, settings.locale, own);
  return {
    get title() {
      return `${vocabulary.words.title} · ${settings.locale.words.name}`;
    },
    view: World,
    provide() {
      provideWorld({ router, explorer, vocabulary });
    },
  };
}
