import type { ForScreens, Screen } from "../screen";
import type { PredictWords } from "./english";
import { PrivacySettings } from "./find/privacy-settings.svelte";
import { providePredict } from "./page";
import Predict from "./Predict.svelte";
import { Session } from "./session.svelte";
import { provideWords } from "./words";

/** From a table to predictions. */
export async function open({ clients, settings }: ForScreens): Promise<Screen> {
  const vocabulary = await settings.locale.vocabulary<PredictWords>({
    en: async () => (await import("./english")).english,
    zh: async () => (await import("./chinese")).chinese,
  });
  const session = new Session(clients);
  const privacy = new PrivacySettings(settings.storage);
  return {
    get title() {
      return settings.locale.words.name;
    },
    view: Predict,
    provide() {
      provideWords(vocabulary);
      providePredict({ session, privacy, settings });
    },
  };
}
