import type { ForScreens, Screen } from "../screen";
import Browse from "./Browse.svelte";
import { Browsing } from "./browse.svelte";
import type { ModelsWords } from "./english";
import { providePage } from "./page";

/** All models of the dock, to be searched and narrowed down. */
export async function open({ clients, settings, router, quay }: ForScreens): Promise<Screen> {
  const vocabulary = await settings.locale.vocabulary<ModelsWords>({
    en: async () => (await import("./english")).english,
    zh: async () => (await import("./chinese")).chinese,
  });
  const browse = new Browsing(clients, quay);
  return {
    get title() {
      return `${vocabulary.words.title} · ${settings.locale.words.name}`;
    },
    view: Browse,
    provide: () => providePage({ browse, router, vocabulary }),
  };
}
