/**
 * @file How good, how fast and how revealing reduced sets are, next to the Python package's way:
 * quality and privacy on standardised tables, speed on made-up ones. K = 100, gamma = 0.1.
 */

import type { Figure } from "./report";
import { benchQuality } from "./spec-quality";
import { benchSpeed } from "./spec-speed";

/** @param folder - Holds `<table>.npy` and `reference.json`; without, tables are made up. */
export async function benchSpec(folder: string | undefined): Promise<Figure[]> {
  return [...benchSpeed(), ...(await benchQuality(folder))];
}
