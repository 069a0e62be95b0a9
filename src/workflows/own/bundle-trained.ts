import type { OwnShared, OwnTrained } from "../../contracts/workers/own-plan";
import type { BundleWords } from "../../contracts/workers/reuse-plan";
import type { Bundle } from "../../engine/export/bundle-ensemble";
import { bundleOwn, learnwareOfOwn } from "../../engine/export/own/bundle-own";
import type { Scripts } from "../../engine/export/templates/scripts";
import type { Steps } from "../../engine/ground/progress";
import type { Table } from "../../engine/kinds/table/columns/column";
import type { Compute } from "../../engine/specification/kernel/compute";
import type { Secret } from "../../engine/specification/keyed/secret";
import { ownMetric } from "./own-metric";

/** What a bundle is made with. */
export interface BundleTools {
  readonly compute: Compute;
  /** Of this browser or machine. */
  readonly secret: Secret;
  readonly scripts: Scripts;
}

/**
 * What was trained, as files that need no Berth.
 *
 * @param sample - Rows that it learned from; null where they are no longer here.
 */
export function bundleTrained(
  { model, report, dialect, read }: OwnTrained,
  sample: Table | null,
  words: BundleWords,
  tools: BundleTools,
): Steps<Bundle> {
  const { answers, figures } = report;
  const metrics = [ownMetric(figures)];
  return bundleOwn({ model, metrics, answers, sample, dialect, columns: read, ...words, ...tools });
}

/**
 * What was trained, as a learnware to be shared.
 *
 * @param sample - Rows that it learned from.
 * @param sentence - What it is and how good.
 * @throws EngineError as `learnwareOfOwn`.
 */
export function shareTrained(
  { model, report }: OwnTrained,
  sample: Table,
  sentence: string,
  { compute, secret }: Pick<BundleTools, "compute" | "secret">,
): Steps<OwnShared> {
  const metrics = [ownMetric(report.figures)];
  return learnwareOfOwn({ model, metrics, sentence, compute, secret }, sample);
}
