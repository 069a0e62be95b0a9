/**
 * @file How good, how fast and how revealing reduced sets are, next to the Python package's way:
 * quality and privacy on standardised tables, speed on made-up ones. K = 100, gamma = 0.1. And how
 * well searches with noisy sketches rank.
 */

import type { Figure } from "./report";
import { benchGpu } from "./spec-gpu";
import { benchPrivateSearch } from "./spec-private";
import { benchQuality } from "./spec-quality";
import { benchSpeed } from "./spec-speed";

/**
 * @param folder - Holds `<table>.npy` and `reference.json`; without, tables are made up.
 * @param softwareGpu - Try the GPU code on a software adapter, without figures of it.
 */
export async function benchSpec(
  folder: string | undefined,
  softwareGpu: boolean,
): Promise<Figure[]> {
  const { kind, figures } = await benchGpu(softwareGpu);
  return [
    ...benchSpeed(kind),
    ...figures,
    ...(await benchQuality(folder)),
    ...(await benchPrivateSearch()),
  ];
}
