import type { ForScreens, Screen } from "../screen";
import Admin from "./Admin.svelte";
import type { AdminWords } from "./english";
import { Islands } from "./islands/islands.svelte";
import { Models } from "./models/models.svelte";
import { Overview } from "./overview/overview.svelte";
import { providePage } from "./page";
import { People } from "./people/people.svelte";

/** For those who look after the server. */
export async function open({
  account,
  clients,
  quay,
  router,
  settings,
}: ForScreens): Promise<Screen> {
  const [parts, vocabulary] = await Promise.all([
    account(),
    settings.locale.vocabulary<AdminWords>({
      en: async () => (await import("./english")).english,
      zh: async () => (await import("./chinese")).chinese,
    }),
  ]);
  const { signedIn } = parts;
  const page = {
    ...{ parts, router, vocabulary },
    overview: new Overview(signedIn),
    people: new People(signedIn),
    models: new Models(signedIn, clients.dock, quay),
    islands: new Islands(signedIn, clients.dock),
  };
  return {
    get title() {
      return `${vocabulary.words.title} · ${settings.locale.words.name}`;
    },
    view: Admin,
    provide: () => providePage(page),
  };
}
