import { createContext } from "svelte";

import type * as ChartModule from "../../chart";
import type { ToShare } from "../../to-share";
import type { PrivacySettings } from "./find/privacy-settings.svelte";
import type { Keeping } from "./keep/keeping.svelte";
import type { Later } from "./later.svelte";
import type { Session } from "./session.svelte";

interface Predict {
  readonly session: Session;
  readonly privacy: PrivacySettings;
  /** The chart of the dock, and what draws it; loads with the first call. */
  readonly openChart: () => Promise<{
    readonly Chart: typeof ChartModule.Chart;
    readonly LivingChart: typeof ChartModule.LivingChart;
    readonly chart: ChartModule.OpenedChart;
  }>;
  readonly later: Later;
  readonly keeping: Keeping;
  /** Where a model of the user's own goes that is to be shared. */
  readonly toShare: ToShare;
}

export const [usePredict, providePredict] = createContext<Predict>();
