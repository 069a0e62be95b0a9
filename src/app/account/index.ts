import type { DockChoice } from "../dock-choice";
import type { Locale } from "../words/locale.svelte";
import type { Vocabulary } from "../words/vocabulary.svelte";
import type { AccountWords } from "./english";
import { SignedIn } from "./signed-in.svelte";

/** What screens need that are for people with an account. It loads with the first of them. */
export interface AccountParts {
  readonly signedIn: SignedIn;
  readonly vocabulary: Vocabulary<AccountWords>;
}

export async function open(choice: DockChoice, locale: Locale): Promise<AccountParts> {
  const vocabulary = await locale.vocabulary<AccountWords>({
    en: async () => (await import("./english")).english,
    zh: async () => (await import("./chinese")).chinese,
  });
  return { signedIn: new SignedIn(choice), vocabulary };
}
