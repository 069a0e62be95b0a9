import type { HeldBackMetric } from "../../../../engine/learnware/manifest";
import type { Format } from "../../../words/format";

/** What is said where a model that was trained elsewhere becomes a learnware, in English. */
export function english(f: Format) {
  return {
    takes: (element: string, shape: string) => `takes ${element} [${shape}]`,
    gives: "is given",
    addRows: "Add the table it learnt from",
    addRowsWhy: "its outline is made of it, and the model is tried on it; it stays in this tab",
    rows: (rows: number, columns: number) =>
      `${f.counted(rows, "row", "rows")}, ${f.counted(columns, "column", "columns")}; they stay in this tab`,
    target: "It predicts",
    order: "In another order",
    orderWhat: "Columns in the order in which the model takes them, with commas between",
    kind: "Kind of data",
    joins: (name: string) => `joins “${name}”`,
    founds: "a new one",
    title: "What the new kind of data is called",
    unseen: "It was not trained on these rows",
    addTest: "Add rows that it was not trained on",
    addTestWhy: "how good it is on them is published; the rows are not",
    busy: {
      model: "Reading the graph",
      rows: "Reading the table",
      places: "Finding its columns",
      packing: "Trying the model, and making an outline of the rows",
    },
    go: "Make a learnware of it",
    stays: "All of this happens in the tab; nothing is sent by it.",
    name: (target: string) => `Predicts ${target}`,
    description: (target: string) => `Predicts ${target}.`,
    metrics: {
      rmse: "Its error (RMSE) is",
      r2: "It explains",
      accuracy: "It is right in",
      log_loss: "Its log loss is",
    } as Record<HeldBackMetric["name"], string>,
    measured: (what: string, value: string, trivial: string, isHeldBack: boolean) =>
      isHeldBack
        ? `${what} ${value} on held-back rows; the trivial answer: ${trivial}.`
        : `${what} ${value} on rows that it may have been trained on, so this is not published; the trivial answer: ${trivial}.`,
    away: "Put it away",
    more: {
      title: "More choices",
      found: "Find it out",
      output: "Which of its answers to take",
      labels: "The names of its classes, in the order in which it scores them, with commas between",
      labelsLike: "setosa, versicolor, virginica",
      scores: "What it gives of each class",
      shares: "How likely it is, from 0 to 1",
      logits: "A score that can be any number",
      pick: "Which of its numbers is the answer, if it gives several (1 is the first)",
      fix: "What stays the same for all rows. Leave empty what a column tells.",
      sample: "Add rows that everybody may see",
      sampleWhy:
        "10 to 1000 rows with answers, published with the model: the server measures it on them, and shows that beside what you say. Only rows that are nobody’s secret",
    },
  };
}
