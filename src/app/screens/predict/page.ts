import { createContext } from "svelte";

import type { Settings } from "../../settings.svelte";
import type { PrivacySettings } from "./find/privacy-settings.svelte";
import type { Session } from "./session.svelte";

interface Predict {
  readonly session: Session;
  readonly privacy: PrivacySettings;
  readonly settings: Settings;
}

export const [usePredict, providePredict] = createContext<Predict>();
