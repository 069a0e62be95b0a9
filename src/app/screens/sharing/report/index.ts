import type { Locale } from "../../../words/locale.svelte";
import type { Vocabulary } from "../../../words/vocabulary.svelte";
import type { ReportWords } from "./english";

/** The words of the checks of a learnware. */
export function openReport(locale: Locale): Promise<Vocabulary<ReportWords>> {
  return locale.vocabulary<ReportWords>({
    en: async () => (await import("./english")).english,
    zh: async () => (await import("./chinese")).chinese,
  });
}
