import type { OwnFigures, OwnTrained } from "../../contracts/workers/own-plan";
import type { BundleWords } from "../../contracts/workers/reuse-plan";
import type { Bundle } from "../../engine/export/bundle-ensemble";
import { bundleOwn } from "../../engine/export/own/bundle-own";
import type { Scripts } from "../../engine/export/templates/scripts";
import type { Steps } from "../../engine/ground/progress";
import type { Table } from "../../engine/kinds/table/columns/column";
import type { HeldBackMetric } from "../../engine/learnware/manifest";
import { coarseCount } from "../../engine/specification/coarse-count";
import type { Compute } from "../../engine/specification/kernel/compute";
import type { Secret } from "../../engine/specification/keyed/secret";

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
  const metrics = [metricOf(figures)];
  return bundleOwn({ model, metrics, answers, sample, dialect, columns: read, ...words, ...tools });
}

/** It is published, and a share of a count tells the count. */
function metricOf({ measure, value, trivial, rows }: OwnFigures): HeldBackMetric {
  const told = Math.max(1, coarseCount(rows));
  return { name: measure, value: rounded(value), trivial: rounded(trivial), rows: told };
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
