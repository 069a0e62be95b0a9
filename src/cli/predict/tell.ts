/** @file What was done, in words for a terminal. */

import { plainText } from "../../engine/ground/plain-text";
import type { Preparation } from "../../contracts/workers/reuse-plan";
import { notesOf } from "../../workflows/find/notes";
import type { OfferCard, OfferMember } from "../../workflows/find/offers";
import { countOf, THINGS, type Things } from "../things";
import { isThin, type Verdict } from "../../workflows/find/verdict";
import type { Account, ReuserName } from "../../engine/reuse/reuser";
import type { HeldByRanges } from "../../engine/reuse/outputs/uncertainty";
import type { WayFigures, WayScore } from "../../engine/reuse/figures/way-figures";

/** Learnwares that a sentence names. */
const MOST_NAMED = 3;

/**
 * One sentence on how the predictions came about.
 *
 * @param names - Of the learnwares, in the order in which the account counts them.
 * @param things - What was predicted.
 */
export function sentenceOf(account: Account, names: readonly string[], things: Things): string {
  const { one, many } = things;
  switch (account.code) {
    case "averaged":
    case "voted": {
      const heaviest = names[account.heaviest] ?? "";
      if (account.learnwares === 1) return `Predicted by "${heaviest}" alone.`;
      const how = account.code === "averaged" ? "The average" : "The votes";
      return `${how} of ${account.learnwares} learnwares; "${heaviest}" weighs most, ${percent(account.share)}.`;
    }
    case "selected":
    case "weighed_by_row": {
      const rest = account.abstained;
      if (account.learnwares === 1) {
        const far =
          rest > 0
            ? ` ${countOf(rest, things)} ${rest === 1 ? "looks" : "look"} like none that it was trained on.`
            : "";
        return `Predicted by "${names[account.heaviest] ?? ""}" alone.${far}`;
      }
      const how =
        account.code === "selected"
          ? `Each ${one} by the one of ${account.learnwares} learnwares whose training data it looks most like: ${rowsOf(account.rowsOf, names, things)}`
          : `Each ${one} by an average of ${account.learnwares} learnwares, weighed by how much it looks like the training data of each and ${things === THINGS.table ? "how near each lies to the others" : "how many classes each knows"}; most weighs ${rowsOf(account.rowsOf, names, things)}`;
      return rest === 0
        ? `${how}.`
        : `${how}. ${countOf(rest, things)} ${rest === 1 ? "looks like nobody's: it" : "look like nobody's: they"} got the average.`;
    }
    case "pruned":
      return `The even average of the ${account.kept.length} of ${account.of} learnwares that answer ${account.labels} known ${many} best together.`;
    case "stacked": {
      const used = account.weights.filter((weight) => weight !== 0).length;
      const how = account.isMixture ? "by their share in the mixture" : "by the known answers";
      return `A sum of ${used} learnwares, weighed ${how} (${account.labels} known ${many}).`;
    }
    case "headed": {
      const best = `"${names[account.learnware] ?? ""}", which fits ${account.labels} known ${many} best of ${account.of} learnwares`;
      return account.isCorrected ? `${best}, corrected by them.` : `${best}, as it is.`;
    }
    case "own_model":
      return `A model of your own (${account.learner}), trained on ${account.labels} known ${many} and ${account.columns} columns: no learnware helps.`;
    case "guided":
      return `A line through what ${account.learnwares} learnwares say by your ${account.columns} columns, corrected by ${account.labels} known ${many}, most in columns that those depend on.`;
    case "combined":
      return `Several ways averaged, by how well each did on ${account.labels} known ${many} and by what is expected of it before there are any: ${account.ways.map(({ way, share }) => `${way} ${percent(share)}`).join(", ")}.`;
    case "augmented":
      return `What ${account.learnwares} learnwares say, corrected by a model (${account.learner}) of your ${account.columns} columns, trained on ${account.labels} known ${many}.`;
  }
}

/** What the learnwares say of themselves, and which of them seem to have learnt from the user's own: a line each. */
export function aboutModels(
  members: readonly OfferMember<OfferCard>[],
  { many }: Things,
): string[] {
  const quoted = (name: string) => `"${oneLine(name)}"`;
  const same = members.filter(({ sameRows }) => sameRows).map(({ card }) => quoted(card.name));
  const { shared, own } = notesOf(members.map(({ card }) => card));
  const rest = own.length - MOST_NAMED;
  return [
    ...same.map(
      (name) =>
        `caution: ${name} seems to have learnt from these very ${many}, or from most of them: how well it does on them says nothing of others`,
    ),
    ...(shared.length > 0 ? [`about the models: ${oneLine(shared.join(" "))}`] : []),
    ...own
      .slice(0, MOST_NAMED)
      .map(({ name, text }) => `about the model ${quoted(name)}: ${oneLine(text)}`),
    ...(rest > 0 ? [`about ${rest} more: see "learnwares" of --json`] : []),
  ];
}

/** Others wrote it: it must not turn into lines, or commands to a terminal. */
function oneLine(text: string): string {
  return plainText(text).replace(/\s+/gu, " ").trim();
}

/** Why nothing is advised; null if something is. */
export function whyNothing(verdict: Verdict, { many, whole }: Things): string | null {
  if (verdict.code === "fits") return null;
  const { nearest, least, compared } = verdict;
  if (!nearest) return "nothing fits: the island has no such learnware";
  const needed = `${percent(least.similarity)} and ${percent(least.coverage)} are needed`;
  const found = `the nearest is ${percent(nearest.similarity)} similar to the ${whole} and covers ${percent(nearest.coverage)} of ${whole === many ? "them" : `its ${many}`}`;
  if (!isThin(compared)) return `nothing fits: ${found}; ${needed}`;
  const few = `only ${compared.found} of ${compared.total} columns compared, and the others count as unlike`;
  return `nothing fits: ${few}; ${found}; ${needed}`;
}

/** The learnwares of the most of them. */
function rowsOf(counts: readonly number[], names: readonly string[], things: Things): string {
  return counts
    .map((rows, m) => ({ rows, name: names[m] ?? "" }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows)
    .slice(0, MOST_NAMED)
    .map(({ rows, name }) => `"${name}" (${countOf(rows, things)})`)
    .join(", ");
}

/** The ways of reuse that were compared, a line each, by the measure that the choice among them is made by. */
export function tableOf(ways: readonly WayFigures[], chosen: ReuserName): string[][] {
  const isOfClasses = ways.some(({ score }) => score?.measure === "brier");
  const measured = isOfClasses
    ? ["Brier score", "right", "95 % interval"]
    : ["RMSE", "95 % interval"];
  // Without known answers there is nothing to measure by.
  const head = ways.some(({ score }) => score) ? measured : [];
  return [
    ["way", ...head, ""],
    ...ways.map((figures) => {
      const cells = figures.score ? scoreCells(figures.score) : head.map(() => "");
      return [figures.name, ...cells, noteOf(figures, chosen)];
    }),
  ];
}

/** Why the recommended way is recommended, and on what ways were judged; null where nothing was. */
export function whyRecommended(preparation: Preparation): string | null {
  const { recommended, reason, judgedBy, answers } = preparation;
  if (reason === null) return null;
  const why = {
    least: "its error is the least",
    combination:
      "it puts together what learns different things, and no other way is better by more than chance",
    simplest: "it is the simplest of those that are not worse than the best by more than chance",
  };
  const parts = judgedBy === "time" ? "five stretches of time" : "five parts at random";
  return `${recommended} is recommended: ${why[reason]} (${answers} answers in ${parts}, each judged by what had learnt from the others).`;
}

/** What ranges of numbers held. */
export function heldByRanges({ held, of }: HeldByRanges): string {
  return `Ranges are made to hold 90 %; of ${of} known answers, each left out in turn, they held ${percent(held / of)}.`;
}

function scoreCells(score: WayScore): string[] {
  const shown = (value: number) => String(Number(value.toPrecision(4)));
  const [low, high] = score.interval;
  if (score.measure === "rmse") return [shown(score.value), `${shown(low)} to ${shown(high)}`];
  return [shown(score.value), percent(score.right), `${percent(low)} to ${percent(high)}`];
}

function noteOf({ name, lacks }: WayFigures, chosen: ReuserName): string {
  if (name === chosen) return "used";
  if (lacks === null) return "";
  if (lacks === "other_task") return "not for this task";
  return `needs ${lacks.replace("_", " ").replace("labels", "known answers")}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
