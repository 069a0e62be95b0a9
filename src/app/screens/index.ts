import type { ScreenModule } from "./screen";

/** The screens, by their route: each a folder that loads when it is first shown. */
export const screens = {
  "": () => import("./predict"),
  world: () => import("./world"),
  help: () => import("./help"),
  models: () => import("./models"),
  "models/:id": () => import("./learnware"),
  share: () => import("./sharing"),
  mine: () => import("./sharing/mine"),
  account: () => import("./account"),
  tokens: () => import("./tokens"),
  admin: () => import("./admin"),
} satisfies Record<string, () => Promise<ScreenModule>>;
