import type { ScreenModule } from "./screen";

/** The screens, by their route: each a folder that loads when it is first shown. */
export const screens = {
  "": () => import("./predict"),
  world: () => import("./world"),
  help: () => import("./help"),
  models: () => import("./models"),
  "models/:id": () => import("./learnware"),
} satisfies Record<string, () => Promise<ScreenModule>>;
