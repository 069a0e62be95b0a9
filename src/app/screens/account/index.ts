import type { ForScreens, Screen } from "../screen";
import Account from "./Account.svelte";
import type { AccountScreenWords } from "./english";
import { providePage } from "./page";
import { Visit } from "./visit.svelte";

/** Where people log in and out, and links of letters lead. */
export async function open({ account, router, settings }: ForScreens): Promise<Screen> {
  const visit = new Visit(router);
  const [parts, vocabulary] = await Promise.all([
    account(),
    settings.locale.vocabulary<AccountScreenWords>({
      en: async () => (await import("./english")).english,
      zh: async () => (await import("./chinese")).chinese,
    }),
  ]);
  return {
    get title() {
      return `${vocabulary.words.title} · ${settings.locale.words.name}`;
    },
    view: Account,
    provide: () => providePage({ parts, visit, vocabulary }),
  };
}
