import type { Closeness } from "../../../../workflows/find/verdict";
import type { Format } from "../../../words/format";

/** What is said about what was found, in English. */
export function english(f: Format) {
  const rows = (count: number) => f.counted(count, "row", "rows");
  const learnwares = (count: number) => f.counted(count, "learnware", "learnwares");
  const closenesses: Record<Closeness, string> = {
    very_close: "very close",
    close: "close",
    some: "some resemblance",
    far: "far away",
  };

  return {
    choose: {
      title: "Learnwares that fit",
      lead: "Measured on this machine with your rows (10,000 of them at most).",
      options: "Learnwares to choose from",
      mixture: (count: number) => `Best combination: ${learnwares(count)}`,
      mixtureLead: "Their weighted average resembles your data more than any of them alone.",
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
      coverage: (share: string) => `${share} of your rows lie where it has learnt`,
      notes: {
        more: (count: number) =>
          `What ${f.integer(count)} more ${count === 1 ? "says of itself stands" : "say of themselves stands"} beside the predictions.`,
        others: (count: number) => `What ${f.integer(count)} more say of themselves`,
        title: "What the models say of themselves",
      },
      sameRows: (names: readonly string[]) =>
        `${f.list(names.map((name) => `“${name}”`))} ${names.length === 1 ? "seems" : "seem"} to have learnt from these very rows, or from most of them. How well it does on them says nothing of other rows.`,
      quality: "On rows it had not seen",
      rmse: (value: string, trivial: string) =>
        `its error (root mean square) is ${value}; always answering the average gives ${trivial}`,
      published: {
        title: "On rows that each had not seen",
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
      learntFrom: (count: number) => `learnt from ${rows(count)}`,
      licence: (licence: string) => `licence ${licence}`,
      size: (bytes: string) => `${bytes} to download`,
      source: (source: string) => `from ${source}`,
      more: (count: number, left: number) =>
        `Show ${f.integer(count)} more${left > count ? ` of ${f.integer(left)}` : ""}`,
      nothing: "Nothing here fits your data",
      nothingWhy: (similarity: string, coverage: string) =>
        `Berth recommends a learnware when it is at least ${similarity} alike and covers at least ${coverage} of your rows. None does, so predictions would be guesses made far from anything the models have seen.`,
      nothingCompared: (found: number, total: number, needed: string) =>
        `Only ${f.integer(found)} of the ${f.counted(total, "column", "columns")} that these learnwares know could be compared with your table. With fewer than ${needed} of them nothing is recommended, however alike those look: the models take the others too, and would be given guesses.`,
      target: (target: string) =>
        `Your table already has a column “${target}”. Predictions are put beside it, so you can compare.`,
      nothingAtAll:
        "The dock has no learnware for this island and target, so there is nothing to compare.",
      nothingPasses:
        "No learnware of this island has the words and properties that you asked for, so there is nothing to compare.",
      nothingTodo:
        "Check units and matched columns in the step “Match”, or come back when the dock has grown.",
      sameAs: (name: string) =>
        `Nearly the same as “${name}”: it learnt from data like that one’s, and answers alike.`,
      notRecommended: (count: number) => `Not recommended: ${learnwares(count)}`,
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
