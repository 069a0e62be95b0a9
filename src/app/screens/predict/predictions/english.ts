import type { Format } from "../../../words/format";
import { englishThings, type Things } from "../things";
import type { WayFigures } from "../../../../engine/reuse/figures/way-figures";
import type { Account, ReuserName } from "../../../../engine/reuse/reuser";
import { heaviest } from "./heaviest";

/** What is said about predictions, and how they were made, in English. */
export function english(f: Format, things: Things = englishThings(f, "table")) {
  const { kind, one, many, counted } = things;
  /** What is written of texts and pictures is the label of each. */
  const written = (count: number) =>
    kind === "table" ? counted(count) : f.counted(count, "label", "labels");
  return {
    predictions: {
      title: (target: string) => `Predicted ${target}`,
      lead: (all: string, least: string, most: string, unit: string) =>
        `${all}, from ${least} to ${most}${unit && ` ${unit}`}`,
      leadOfClasses: (all: string, classes: number) =>
        `${all}, ${f.counted(classes, "class", "classes")}`,
      judge: "judge before you rely on them",
      halfBelow: (value: string) => `half below ${value}`,
      doubtFirst: (count: number) => `${f.integer(count)} in doubt first`,
      doubtReason: (names: readonly string[]) =>
        names.length > 0
          ? `far off in ${f.list(names)}`
          : "far from the outline of what the models learnt from",
      noDoubt: "None is far from the outline of what the models learnt from",
      modelsSay: "models say",
      modelsSayWhy: `Grey: the middle half of what the models say for the ${one}. Dot: the prediction.`,
      between: (low: string, high: string) => `${low} to ${high}`,
      agreeing: "models agree",
      farIn: "far off in",
      table: "Predictions beside your columns",
      countedMost: "Counted most in",
      countedMostOf: "Counted most",
      others: (count: number) => f.counted(count, "other", "others"),
      another: "Use on another file",
      anotherWhy:
        kind === "table"
          ? "Of the same columns. Matches and model stay as they are, and nothing is searched again. One of other columns is taken as a new table."
          : `Its ${many} are predicted in the same way, and nothing is searched again.`,
      histogram: (target: string) => `Distribution of predicted ${target}`,
      none: `The model gave no usable number for any ${one}.`,
      probability: "probability",
      download: (count: number) => `Download ${written(count)}`,
      downloadAs: "File format",
      fillEmpty: (column: string) => `Only fill the empty cells of “${column}”`,
      onlyEmpty: (column: string) => `Only the ${many} without “${column}”`,
      writing: "Writing the file",
      saved: (name: string, count: number) => `Saved ${written(count)} as ${name}.`,
      caution:
        "Predictions are estimates by a model trained on other people’s data. Judge them by the figures on this page before you rely on them.",
      cautionStays: "The download says so too, in a column “caution”.",
    },
    reuse: reuse(f, things),
  };
}

export type PredictionsWords = ReturnType<typeof english>;

type Lacks = NonNullable<WayFigures["lacks"]>;

/** What the page says about answers, ways of reuse and what was done, in English. */
function reuse(f: Format, { kind, one, many, counted }: Things) {
  const models = (count: number) => f.counted(count, "model", "models");
  const answers = (count: number) => f.counted(count, "answer", "answers");
  const ways: Record<ReuserName, string> = {
    average: "Weighted average",
    vote: "Vote",
    select: `One model for each ${one}`,
    weigh_by_row: `Weighed ${one} by ${one}`,
    stack: "Weighed by your answers",
    own_model: "Your own model, without these",
    guided_model: "Linear model of your columns, guided by the models",
    prune: "The best few, averaged",
    head: "The best one, corrected",
    augment_linear: "Models and your columns, linear",
    augment_trees: "Models and your columns, decision trees",
    combine: "Several ways together",
  };
  const lacks: Record<Lacks, string> = {
    labels: "needs answers",
    more_labels: "needs more answers",
    evidence: `these models cannot be compared ${one} by ${one}`,
    features: "your table has no columns it could learn from",
    other_task: "not for this kind of prediction",
  };
  const learners = { linear: "a linear model", trees: "decision trees" };
  /** @param names - Of the learnwares, as accounts count them. */
  const account = (done: Account, names: readonly string[]): string => {
    if ("heaviest" in done && done.learnwares === 1) {
      return `Predicted by “${names[done.heaviest] ?? ""}” alone.`;
    }
    switch (done.code) {
      case "averaged":
        return `The average of ${models(done.learnwares)}; “${names[done.heaviest] ?? ""}” counts most (${f.percent(done.share)}).`;
      case "voted":
        return `${models(done.learnwares)} voted; “${names[done.heaviest] ?? ""}” has the most weight (${f.percent(done.share)}).`;
      case "selected":
        return `Each ${one} was answered by the model that most probably learnt from ${many} like it: ${countsOf(done.rowsOf, names)}.${abstained(done.abstained)}`;
      case "weighed_by_row":
        return `What is predicted of each ${one} blends ${models(done.learnwares)}; those trained on similar ${many}, and ${kind === "table" ? "whose answers lie near the others’" : "those that know more classes"}, weigh more. Mostly: ${countsOf(done.rowsOf, names)}.${abstained(done.abstained)}`;
      case "pruned":
        return `The ${f.integer(done.kept.length)} of ${models(done.of)} that together fit your ${answers(done.labels)} best, averaged.`;
      case "stacked":
        return done.isMixture
          ? `Your ${answers(done.labels)} gave no reason to weigh the models otherwise than by how much their data resemble yours.`
          : `Models were weighed by how well they fit your ${answers(done.labels)}: ${weightsOf(done.weights, names)}.`;
      case "headed": {
        const best = `Of ${models(done.of)}, “${names[done.learnware] ?? ""}” fits your ${answers(done.labels)} best`;
        return done.isCorrected
          ? `${best}; what it says was corrected here by what they taught about its errors.`
          : `${best}, and they gave no reason to correct it.`;
      }
      case "own_model":
        return `No model from the server was used: ${learners[done.learner]} learnt from your ${answers(done.labels)} and ${f.counted(done.columns, "column", "columns")}, here in this tab.`;
      case "guided":
        return `Here in this tab, a line was drawn through what ${models(done.learnwares)} say by ${f.counted(done.columns, "column", "columns")} of yours; your ${answers(done.labels)} corrected it, most in columns that those depend on.`;
      case "combined":
        return `Several ways were averaged, by how well each did on your ${answers(done.labels)} and by what is expected of it before there are any: ${f.list(done.ways.map(({ way, share }) => `${ways[way]} (${f.percent(share)})`))}.`;
      case "augmented":
        return `Here in this tab, ${learners[done.learner]} learnt from your ${answers(done.labels)} how to correct ${models(done.learnwares)} by ${f.counted(done.columns, "column", "columns")} of yours.`;
    }
  };
  const abstained = (some: number) =>
    some > 0
      ? ` ${counted(some)} ${some === 1 ? "looks" : "look"} like none of their data and got the average.`
      : "";
  const countsOf = (counts: readonly number[], names: readonly string[]) =>
    f.list(heaviest(counts, names).map(({ name, weight }) => `“${name}” (${counted(weight)})`));
  const weightsOf = (weights: readonly number[], names: readonly string[]) =>
    f.list(heaviest(weights, names).map(({ name, weight }) => `“${name}” (${f.percent(weight)})`));

  return {
    shortlistLead: (count: number) =>
      `Chosen from ${models(count)}: weighed ${one} by ${one} by what your ${many} look like, or, if you know some answers, in the way that gets most of those right.`,
    ask: `Is the value already known in some ${many}?`,
    askWhy:
      "If a column of your table holds what is to be predicted, with empty cells where you do not know it, Berth tests models on it and learns how to combine them. A few dozen answers help a lot. They stay in this tab.",
    askColumn: "Column with the answers",
    noColumn: "No, for none",
    known: (count: number, others: number) =>
      `${answers(count)} found. ${others > 0 ? `All ${many} will be predicted, the ${f.integer(others)} without an answer among them.` : `Every ${one} has one, so predictions will show how well models do.`}`,
    comparing: "Comparing ways to combine the models",
    preparing: `Trying the models on your ${many}`,
    firstLook: (some: string) =>
      `A first look at ${some}. All follow, and may come out differently.`,
    ways,
    lacks,
    account,
    waysTitle: (count: number) =>
      `${f.integer(count)} methods compared on ${many} whose value you know`,
    waysUntried: (count: number) => `Other ways to combine them (${f.integer(count)})`,
    waysLead: (count: number, isByTime: boolean) =>
      `Tested on ${answers(count)}, in five ${isByTime ? "stretches of time" : "parts at random"}: each way learnt from four of them and was judged on the fifth, five times over. What is recommended is decided by the figures in this table.`,
    reasons: {
      least: "recommended: no other does better",
      combination:
        "recommended: it puts together the way that needs no answers and ways that learn from them, and none is better by more than chance",
      simplest:
        "recommended: the simplest of those that are not worse than the best by more than chance",
    },
    waysLabel: "Ways to combine the models",
    way: "Way",
    error: (unit: string) => `Error: root mean square${unit && ` (${unit})`}`,
    brier: "Error of probabilities (Brier score)",
    accuracy: "Right",
    interval: (low: string, high: string) => `${low} to ${high}`,
    intervalTitle: "95 % interval",
    asGood: "not worse than the best by more than chance",
    recommended: "recommended",
    inUse: "in use",
    use: "Use this",
    useNamed: (name: string) => `Use this: ${name}`,
    judged: (count: number, value: string, low: string, high: string) =>
      `On your ${answers(count)} its error (root mean square) is ${value} (95 % interval: ${low} to ${high}).`,
    judgedRight: (count: number, value: string, low: string, high: string) =>
      `Of your ${answers(count)} it gets ${value} right (95 % interval: ${low} to ${high}).`,
    ownWins: "Your own model does best",
    ownWinsWhy: (count: number) =>
      `As far as ${answers(count)} can tell, what is learnt from your table alone does as well as anything these models add to it. So you do not need them here.`,
    ownCaution:
      "Predictions are estimates by a model trained on your own answers. Judge them by the figures on this page before you rely on them.",
    ownUse: "Use your own model",
    leftOut: (count: number) =>
      `${models(count)} could not be used and ${count === 1 ? "was" : "were"} left out`,
    blank: (some: number, all: number) =>
      `For ${f.integer(some)} of ${counted(all)} no model gave a usable number. Their cells are empty, on the page and in the download.`,
    far: (share: string) =>
      `${share} of the ${many} are far from the outline of what the models learnt from. Take their predictions with caution; they are marked in the column “far_from_training”.`,
    intervals: (held: number, of: number, share: string) =>
      `The range of each prediction is made to hold the true value nine times out of ten. Of your ${answers(of)}, each left out in turn, ranges held ${f.integer(held)} (${share}).`,
    intervalsUntested:
      "The range of each prediction is made to hold the true value nine times out of ten. Your answers are too few to test that.",
    model: {
      download: "As a model",
      about: "What it holds",
      what: "A zip with one model file (ONNX) that predicts just as above, and scripts that run it without Berth, in Python or JavaScript, on tables with the same columns.",
      holds: (hasAnswers: boolean) =>
        `It holds no row of your table, but names of columns, values of categories${hasAnswers ? ", what was learnt from your answers" : ""} and, where others can use it as a model, made-up points that summarise your rows: share it only with people who may know these.`,
      notWritten: {
        filled_in:
          "This model cannot be exported, because your table lacks columns that the models take, and each fills them in by itself as it runs.",
        whole: `What predicts ${many} together is not written down as one model yet. Each model can be downloaded by itself from its page.`,
      },
      writing: "Writing the model",
      saved: (name: string) => `Saved as ${name}. Its README.md tells how to use it.`,
    },
    low: "from (90 %)",
    high: "to (90 %)",
  };
}
