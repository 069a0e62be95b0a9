import type { Held } from "../../shell/quay.svelte";
import type { ForScreens, Screen } from "../screen";
import type { PredictWords } from "./english";
import { PrivacySettings } from "./find/privacy-settings.svelte";
import { Keeping } from "./keep/keeping.svelte";
import { Later } from "./later.svelte";
import { providePredict } from "./page";
import Predict from "./Predict.svelte";
import { Session } from "./session.svelte";
import { followLinks, followSteps } from "./keep/step-history.svelte";
import type { StartWords } from "./start/english";
import { provideStartWords } from "./start/words";
import { provideWords } from "./words";

const LOOK_MS = 150;

/** From a table to predictions. */
export async function open(page: ForScreens): Promise<Screen> {
  const { clients, settings, router, quay, own, local, toShare } = page;
  const { locale } = settings;
  const start = await locale.vocabulary<StartWords>({
    en: async () => (await import("./start/english")).english,
    zh: async () => (await import("./start/chinese")).chinese,
  });
  let details: Held["details"] = null;
  const later = new Later(async () => {
    const [{ Workspace, WhatLeft }, vocabulary] = await Promise.all([
      import("./workspace"),
      locale.vocabulary<PredictWords>({
        en: async () => {
          const [{ english }, { kindIn }] = await Promise.all([
            import("./english"),
            import("./things"),
          ]);
          return (format) => english(format, kindIn(session));
        },
        zh: async () => {
          const [{ chinese }, { kindIn }] = await Promise.all([
            import("./chinese"),
            import("./things"),
          ]);
          return (format) => chinese(format, kindIn(session));
        },
      }),
    ]);
    details = { view: WhatLeft, provide };
    return { views: { Workspace }, vocabulary };
  });
  const session = new Session(clients, (payload) => {
    if (payload.level === "nothing") return;
    quay.depart(payload.level === "private" ? "noisy" : "outline", payload.json);
  });
  const privacy = new PrivacySettings(settings.storage);
  const keeping = new Keeping(session, clients.work);
  local.add(session, privacy, keeping);
  const looked = keeping.look();
  void looked.then(() => keeping.begin());
  // What is kept stands on the first screen from the start, unless the browser is slow to find it.
  await Promise.race([looked, new Promise((done) => setTimeout(done, LOOK_MS))]);
  followSteps(session, router, "");
  followLinks(session, router, "");
  const openChart = async () => {
    const { Chart, LivingChart, openChart: open } = await import("../../chart");
    return { Chart, LivingChart, chart: await open(clients, settings.locale) };
  };
  const provide = (): void => {
    provideStartWords(start);
    provideWords(later);
    providePredict({ session, privacy, later, keeping, openChart, toShare });
  };
  quay.follow((): Held | null => {
    const { table } = session.table;
    if (!table) return null;
    const { payload, state } = session.find;
    const { computes } = settings.locale.words.device;
    return {
      of: later.views ? later.words.kind : "table",
      count: table.profile.rows,
      bytes: table.file.size,
      compute: session.compute && computes[session.compute],
      next: privacy.choice.level === "nothing" ? null : session.next,
      details: payload && state.kind !== "review" ? details : null,
    };
  });
  own.follow(() => session.berthed);
  return {
    get title() {
      return settings.locale.words.name;
    },
    view: Predict,
    provide,
  };
}
