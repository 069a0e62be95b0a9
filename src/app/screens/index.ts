import type { ScreenModule } from "./screen";

/** The screens, by their route: each a folder that loads when it is first shown. */
export const screens = {
  predict: () => import("./predict"),
} satisfies Record<string, () => Promise<ScreenModule>>;
