import type { ForScreens, Screen } from "../screen";
import type { TokensWords } from "./english";
import { providePage } from "./page";
import Tokens from "./Tokens.svelte";
import { TokenList } from "./token-list.svelte";

/** What programs log in with. */
export async function open({ account, settings }: ForScreens): Promise<Screen> {
  const [parts, vocabulary] = await Promise.all([
    account(),
    settings.locale.vocabulary<TokensWords>({
      en: async () => (await import("./english")).english,
      zh: async () => (await import("./chinese")).chinese,
    }),
  ]);
  const list = new TokenList(parts.signedIn);
  return {
    get title() {
      return `${vocabulary.words.title} · ${settings.locale.words.name}`;
    },
    view: Tokens,
    provide: () => providePage({ parts, list, vocabulary }),
  };
}
