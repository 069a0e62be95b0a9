import type { FeatureMatch } from "../../../../engine/kinds/table/space/space";
import type { HeldBackMetric } from "../../../../engine/learnware/manifest";
import type { Offer } from "../../../../workflows/find/offers";
import type { Format } from "../../../words/format";
import type { ChooseWords } from "./english";

type Words = ChooseWords["choose"];

export function offerName({ kind, members }: Offer, words: Words): string {
  if (kind === "mixture") return words.mixture(members.length);
  return kind === "single" ? members[0]!.card.name : words.shortlist(members.length);
}

/** With its unit, where there is one. */
export function inUnit({ members }: Offer, value: number, format: Format): string {
  const unit = members[0]?.card.unit;
  return format.number(value) + (unit ? ` ${unit}` : "");
}

/** What it is, or how well it did on rows that it had not seen: one line. */
export function offerLine(offer: Offer, words: Words, format: Format): string {
  const { kind, members } = offer;
  if (kind === "shortlist") return words.line.shortlist;
  if (kind === "mixture") return format.list(members.map(({ card }) => card.name));
  const [metric] = members[0]!.card.metrics;
  return metric ? metricLine(metric, offer, words, format) : words.line.none;
}

function metricLine(
  { name, value, trivial }: HeldBackMetric,
  offer: Offer,
  { line }: Words,
  format: Format,
): string {
  if (name === "accuracy") return line.accuracy(format.percent(value), format.percent(trivial));
  if (name === "log_loss") return line.logLoss(format.number(value), format.number(trivial));
  if (name === "r2") return line.r2(format.percent(Math.max(0, value)));
  return line.rmse(inUnit(offer, value, format), format.number(trivial));
}

/** How many of the features that its models take the table has. */
export function heldFeatures(
  { members }: Offer,
  matches: readonly FeatureMatch[],
): { readonly held: number; readonly all: number } {
  const needed = new Set(members.flatMap(({ card }) => card.features));
  const held = matches.filter(({ feature, column }) => column !== null && needed.has(feature));
  return { held: held.length, all: needed.size };
}

export function licencesOf({ members }: Offer): string {
  return [...new Set(members.map(({ card }) => card.licence))].join(", ");
}

export function downloadBytes({ members }: Offer): number {
  return members.reduce((sum, { card }) => sum + card.sizeBytes, 0);
}

export function rowsLearnt({ members }: Offer): number {
  return members.reduce((sum, { card }) => sum + card.rowCount, 0);
}
