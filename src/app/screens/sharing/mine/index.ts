import type { ForScreens, Screen } from "../../screen";
import { openReport } from "../report";
import type { MineWords } from "./english";
import Own from "./Own.svelte";
import { Mine } from "./mine.svelte";
import { providePage } from "./page";

/** What somebody shares. */
export async function open({
  clients,
  settings,
  account: openAccount,
}: ForScreens): Promise<Screen> {
  const { locale } = settings;
  const [account, report, vocabulary] = await Promise.all([
    openAccount(),
    openReport(locale),
    locale.vocabulary<MineWords>({
      en: async () => (await import("./english")).english,
      zh: async () => (await import("./chinese")).chinese,
    }),
  ]);
  const mine = new Mine({ as: (work) => account.signedIn.as(work), dock: clients.dock });
  return {
    get title() {
      return `${vocabulary.words.title} · ${locale.words.name}`;
    },
    view: Own,
    provide: () => providePage({ mine, account, vocabulary, report }),
  };
}
