import type { Closeness } from "../../../../workflows/find/verdict";
import type { Format } from "../../../words/format";
import { englishThings, type Things } from "../things";

/** What is said about what was found, in English. */
export function english(f: Format, { one, many, counted }: Things = englishThings(f, "table")) {
  const models = (count: number) => f.counted(count, "model", "models");
  const closenesses: Record<Closeness, string> = {
    very_close: "very close",
    close: "close",
    some: "some resemblance",
    far: "far away",
  };

  return {
    choose: {
      title: "Models that fit",
      lead: (compared: number, all: number) =>
        `${f.integer(compared)} of ${f.integer(all)} compared here: how alike the data are, how many of your ${many} they cover`,
      options: "Choose what predicts",
      shortlist: (count: number) => `Best ${f.integer(count)}, ${one} by ${one}`,
      mixture: (count: number) => `${f.integer(count)} models, averaged`,
      mixtureLead: "Their weighted average resembles your data more than any of them alone.",
      recommended: "recommended",
      alike: "alike",
      covered: (share: string) => `${share} of ${many} covered`,
      compare: "compare",
      compareNamed: (name: string) => `Compare ${name}`,
      line: {
        shortlist: `each counts where ${many} suit it`,
        rmse: (value: string, trivial: string) => `RMSE ${value}; the average’s ${trivial}`,
        accuracy: (value: string, trivial: string) =>
          `right in ${value}; the commonest answer in ${trivial}`,
        logLoss: (value: string, trivial: string) => `log loss ${value}; frequencies’ ${trivial}`,
        r2: (value: string) => `explains ${value} of the variation`,
        none: "no measured error is published",
      },
      about: "About it",
      aboutAll: "About them",
      picture: {
        label: `Your ${many} and where it learnt, in a plane`,
        lies: (covered: number, all: number) =>
          `${f.integer(covered)} of ${counted(all)} resemble ${many} it was trained on`,
        sampled: `a sample of your ${many}`,
        covered: `covered ${many}`,
        uncovered: (count: number) => `${f.integer(count)} not covered`,
        land: "where it learnt, roughly",
        caption: (features: number) =>
          `A flat view of ${f.counted(features, "feature", "features")}, turned to set covered ${many} apart. Colours are exact, the land is not: what lies apart here is apart, what lies together need not be.`,
        captionWhole: `A flat view of how your ${many} read or look, turned to set covered ${many} apart. Colours are exact, the land is not: what lies apart here is apart, what lies together need not be.`,
        astray: (share: string) =>
          `${share} of the ${many} not covered stand on land all the same.`,
        beyond: (some: number) =>
          `${counted(some)} ${some === 1 ? "lies" : "lie"} beyond the edge and ${some === 1 ? "is" : "are"} drawn on it.`,
        working: `Laying your ${many} beside what it learnt from`,
        none: `What it learnt from is not described, so your ${many} cannot be laid beside it.`,
      },
      differences: {
        title: "Where it differs most",
        lead: `middle 90 % of your ${many} and of what it learnt from`,
        yours: (value: string) => `yours ${value}`,
        learnt: (value: string) => `learnt ${value}`,
        yes: "yes",
        range: (low: string, high: string) => `${low} to ${high}`,
        all: (count: number) => `All ${f.counted(count, "feature", "features")}`,
      },
      uncovered: {
        title: (some: number) => `${counted(some)} not covered`,
        lead: "and what sets each apart from the nearest of what it learnt",
        none: `Every ${one} resembles ${many} that it was trained on.`,
        cell: (name: string, yours: string, learnt: string) => `${name} ${yours}, not ${learnt}`,
        reasons: ["farthest off", "then", "then"],
      },
      comparison: {
        title: (count: number) => `Compare ${f.integer(count)}`,
        lead: "tick up to four cards",
        row: "What is compared",
        alike: "Alike",
        covered: `Your ${many} covered`,
        measures: {
          rmse: (unit: string) => `RMSE${unit && `, ${unit}`}`,
          accuracy: "Right",
          log_loss: "Log loss",
          r2: "Variation explained",
        },
        learnt: `Learnt from ${many}`,
        size: "Download",
        licence: "Licence",
        features: "Features you have",
        ofFeatures: (held: number, all: number) => `${f.integer(held)} of ${f.integer(all)}`,
        models: "Models",
        best: "best",
        unknown: "–",
      },
      answers: "I know some answers",
      answersFrom: (column: string) => `Answers: ${column}`,
      narrow: "Narrow",
      ready: (count: number, name: string, alike: string) =>
        `${models(count)} compared. Recommended: ${name}, ${alike} alike.`,
      readyNone: (count: number) => `${models(count)} compared. None fits.`,
      openPage: "Open its page",
      predicts: (target: string) => `Predicts ${target}`,
      inUnit: (unit: string) => `in ${unit}`,
      labels: (labels: string) => `as one of ${labels}`,
      features: (matched: number, total: number) =>
        matched === total
          ? `You have all its ${f.counted(total, "feature", "features")}`
          : `You have ${f.integer(matched)} of its ${f.counted(total, "feature", "features")}`,
      distance: (words: string, similarity: string) =>
        `What it learnt from is ${words} to your data (${similarity} alike)`,
      distanceSome: (similarity: string) =>
        `What it learnt from bears some resemblance to your data (${similarity} alike)`,
      distanceFar: (similarity: string) =>
        `What it learnt from is far from your data (${similarity} alike)`,
      closenesses,
      compared: (found: number, total: number, most: string) =>
        `Only ${f.integer(found)} of ${f.counted(total, "column", "columns")} could be compared. The others count as unlike, so this is ${most} alike at most`,
      coverage: (share: string) => `${share} of your ${many} resemble ${many} it was trained on`,
      notes: {
        more: (count: number) =>
          `What ${f.integer(count)} more ${count === 1 ? "says of itself stands" : "say of themselves stands"} beside the predictions.`,
        others: (count: number) => `What ${f.integer(count)} more say of themselves`,
        title: "What the models say of themselves",
      },
      sameRows: (names: readonly string[]) =>
        `${f.list(names.map((name) => `“${name}”`))} ${names.length === 1 ? "seems" : "seem"} to have learnt from these very ${many}, or from most of them. How well it does on them says nothing of other ${many}.`,
      quality: `On ${many} it had not seen`,
      rmse: (value: string, trivial: string) =>
        `its error (root mean square) is ${value}; always answering the average gives ${trivial}`,
      published: {
        title: `On ${many} that each had not seen`,
        rmse: (least: string, most: string) =>
          `their errors (root mean square) are ${least} to ${most}`,
        accuracy: (least: string, most: string) => `${least} to ${most} of their answers are right`,
        logLoss: (least: string, most: string) => `their log losses are ${least} to ${most}`,
        r2: (least: string, most: string) => `they explain ${least} to ${most} of the variation`,
        by: (count: number, all: number) =>
          count === all ? "" : ` (${f.integer(count)} of ${f.integer(all)} publish it)`,
        none: "No error has been measured: none of them publishes any.",
      },
      measured: {
        title: "On your answers",
        rmse: (value: string, low: string, high: string) =>
          `error (root mean square) ${value} (95 % interval: ${low} to ${high})`,
        right: (value: string, low: string, high: string) =>
          `right in ${value} (95 % interval: ${low} to ${high})`,
        willBe: "measured when you predict",
        unknown: "not known, because no answers are given",
      },
      r2: (value: string) =>
        `it explains ${value} of the variation; always answering the average explains none`,
      accuracy: (value: string, trivial: string) =>
        `right in ${value}; always answering the most frequent gives ${trivial}`,
      logLoss: (value: string, trivial: string) =>
        `log loss ${value} (lower is better); knowing only the frequencies gives ${trivial}`,
      noMetrics: "no held-back figures were published",
      learntFrom: (some: number) => `learnt from ${counted(some)}`,
      licence: (licence: string) => `licence ${licence}`,
      size: (bytes: string) => `${bytes} to download`,
      source: (source: string) => `from ${source}`,
      more: (count: number, left: number) =>
        `Show ${f.integer(count)} more${left > count ? ` of ${f.integer(left)}` : ""}`,
      nothing: "Nothing here fits your data",
      nothingWhy: (similarity: string, coverage: string) =>
        `Berth recommends a model when it is at least ${similarity} alike and covers at least ${coverage} of your ${many}. None does, so predictions would be guesses made far from anything the models have seen.`,
      nothingCompared: (found: number, total: number, needed: string) =>
        `Only ${f.integer(found)} of the ${f.counted(total, "column", "columns")} that these models know could be compared with your table. With fewer than ${needed} of them nothing is recommended, however alike those look: the models take the others too, and would be given guesses.`,
      target: (target: string) =>
        `Your table already has a column “${target}”. Predictions are put beside it, so you can compare.`,
      nothingAtAll:
        "The server has no model for this kind of data and target, so there is nothing to compare.",
      nothingPasses:
        "No model for this kind of data has the words and properties that you asked for, so there is nothing to compare.",
      nothingTodo:
        "Check units and matched columns in the step “Match”, or come back when the server has more models.",
      notCompared: (name: string) =>
        `${name}: chosen for the file before, and not compared with this one yet.`,
      compareNow: "Compare with this file",
      outdated: "If the server has a newer version of it, only a new search finds that one.",
      sameAs: (name: string) =>
        `Nearly the same as “${name}”: it learnt from data like that one’s, and answers alike.`,
      notRecommended: (count: number) => `Not recommended: ${models(count)}`,
      notAdvised:
        "This is not recommended for your data: its predictions may be far off, however sure they look.",
      run: "Predict with this",
      downloading: "Downloading the model",
      predicting: "Predicting",
      starting: "Starting the model",
    },
  };
}

export type ChooseWords = ReturnType<typeof english>;
