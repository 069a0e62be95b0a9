import type { ForScreens, Screen } from "../screen";
import type { LearnwareWords } from "./english";
import Learnware from "./Learnware.svelte";
import { LearnwareView } from "./learnware.svelte";
import { providePage } from "./page";

/** One model: what it is for, how good it was, where it learnt, and what it is made of. */
export async function open({ clients, settings, router, own }: ForScreens): Promise<Screen> {
  const vocabulary = await settings.locale.vocabulary<LearnwareWords>({
    en: async () => (await import("./english")).english,
    zh: async () => (await import("./chinese")).chinese,
  });
  const view = new LearnwareView(clients);
  return {
    get title() {
      return `${vocabulary.words.title} · ${settings.locale.words.name}`;
    },
    view: Learnware,
    provide: () => providePage({ view, router, own, vocabulary }),
  };
}
