import type { ForScreens, Screen } from "../screen";
import type { HelpWords } from "./english";
import Help from "./Help.svelte";
import { OperatorTexts } from "./operator.svelte";
import { provideHelp } from "./page";

/** What a newcomer wants to know, in short. */
export async function open({ settings }: ForScreens): Promise<Screen> {
  const vocabulary = await settings.locale.vocabulary<HelpWords>({
    en: async () => (await import("./english")).english,
    zh: async () => (await import("./chinese")).chinese,
  });
  const operator = new OperatorTexts();
  return {
    get title() {
      return `${vocabulary.words.title} · ${settings.locale.words.name}`;
    },
    view: Help,
    provide() {
      provideHelp({ vocabulary, operator });
    },
  };
}
