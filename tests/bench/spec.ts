/**
 * @file How good, how fast and how revealing reduced sets are, next to the Python package's way:
 * quality and privacy on standardised tables, speed on made-up ones. K = 100, gamma = 0.1. What attackers who know
 * much get from what would be sent. And how
 * well searches with noisy sketches rank.
 */

import type { Figure } from "./report";
import { benchGpu } from "./spec-gpu";
import { benchPinned } from "./spec-pinned";
import { benchPrivacy } from "./spec-privacy";
import { benchPrivateSearch } from "./spec-private";
import { benchQuality } from "./spec-quality";
import { benchSpeed } from "./spec-speed";

/**
 * @param folder - Holds `<table>.npy` and `reference.json`, or a folder `uci` of tables; what it lacks is made up.
 * @param softwareGpu - Try the GPU code on a software adapter, without figures of it.
 * @param quick - Only what is given away of rows, on two tables and by two secrets.
 */
export async function benchSpec(
  folder: string | undefined,
  softwareGpu: boolean,
  quick: boolean,
): Promise<Figure[]> {
  if (quick) return benchPrivacy(folder, true);
  const { kind, figures } = await benchGpu(softwareGpu);
  return [
    ...benchSpeed(kind),
    ...figures,
    ...(await benchQuality(folder)),
    ...(await benchPrivacy(folder, false)),
    ...(await benchPrivateSearch()),
    ...(folder === undefined ? [] : await benchPinned(folder)),
  ];
}
