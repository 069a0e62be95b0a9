/** @file The sea chart, for screens to load when they need it: open it once, then draw it as often as they like. */

import { AppError } from "../../contracts/outcome";
import type { Clients } from "../clients";
import type { Locale } from "../words/locale.svelte";
import type { Vocabulary } from "../words/vocabulary.svelte";
import type { ChartWords } from "./english";
import { type Scene, sceneOf } from "./scene";

export { default as Chart } from "./Chart.svelte";
export { default as Legend } from "./Legend.svelte";
export { default as LivingChart } from "./LivingChart.svelte";
export type { Hit } from "./hit";

/** The chart of the dock, with its words. */
export interface OpenedChart {
  readonly scene: Scene;
  readonly vocabulary: Vocabulary<ChartWords>;
}

type ForChart = Pick<Clients, "dock" | "outliner">;

const opened = new WeakMap<Clients["dock"], Promise<OpenedChart>>();

/**
 * The chart of the dock: fetched when it is first asked for, the same for all who ask.
 *
 * @throws AppError `not_found` if the dock has none, and as any call of the dock; the next call tries again.
 */
export async function openChart(clients: ForChart, locale: Locale): Promise<OpenedChart> {
  const { dock } = clients;
  const opening = opened.get(dock) ?? open(clients, locale);
  opened.set(dock, opening);
  try {
    return await opening;
  } catch (error) {
    opened.delete(dock);
    throw error;
  }
}

async function open(clients: ForChart, locale: Locale): Promise<OpenedChart> {
  const [scene, vocabulary] = await Promise.all([
    loadScene(clients),
    locale.vocabulary<ChartWords>({
      en: async () => (await import("./english")).english,
      zh: async () => (await import("./chinese")).chinese,
    }),
  ]);
  return { scene, vocabulary };
}

/** A dock that was just started draws its chart within seconds. */
const WAITS_MS = [1500, 3000, 6000];

/**
 * The chart of a dock, fetched and outlined.
 *
 * @throws AppError `not_found` if the dock has none.
 */
async function loadScene({ dock, outliner }: ForChart): Promise<Scene> {
  const chart = await patiently(() => dock.chart());
  return sceneOf(chart, await outliner.outline(chart.islands));
}

async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (const waitMs of WAITS_MS) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "not_found") throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  return ask();
}
