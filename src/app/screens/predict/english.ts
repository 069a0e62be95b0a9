import type { Progress } from "../../../engine/ground/progress";
import type { Format } from "../../words/format";
import { english as columns } from "./columns/english";
import { english as match } from "./match/english";
import { english as find } from "./find/english";
import { english as choose } from "./choose/english";
import { english as own } from "./own/english";
import { english as predictions } from "./predictions/english";

/** Every word of the way from a table to predictions, in English. */
export function english(f: Format) {
  const rows = (count: number) => f.counted(count, "row", "rows");
  const learnwares = (count: number) => f.counted(count, "model", "models");
  const stages: Record<Progress["stage"], string> = {
    read: "Reading the file",
    encode: "Putting the columns on the island’s scale",
    cluster: "Grouping similar rows",
    weigh: "Weighing the groups",
    refine: "Refining the description",
    check: "Checking that no row can be recognised",
    match: "Comparing with your rows",
    train: "Training",
    predict: "Predicting",
    write: "Writing the file",
    download: "Downloading",
  };

  return {
    steps: {
      label: "Steps",
      world: "Sea chart of this server",
      onIsland: (island: string) => `Your data on the island ${island}; opens the whole chart`,
      notPlaced: "Not placed yet",
      names: { data: "Data", match: "Match", models: "Models", predictions: "Predictions" },
      aims: {
        data: "Look at the table",
        match: "What kind of data it is",
        models: "Choose what predicts",
        predictions: "Look, then download",
      },
      change: "change",
      keep: "Keep this table on this device",
      keepHint: "Stores the whole table in this browser, to go on another day. It is never sent.",
      copyLink: "Copy a link to this",
      linkCopied:
        "Copied: kind of data, model and places of columns. No name and no value is in it.",
      size: (rowCount: number, columns: number) =>
        `${rows(rowCount)}, ${f.counted(columns, "column", "columns")}`,
      matched: (island: string, matched: number, total: number) =>
        `${island}, ${f.integer(matched)} of ${f.integer(total)}`,
      trained: "Trained here",
      used: (models: number) => f.counted(models, "model", "models"),
      predicted: rows,
    },
    verdict: {
      matched: (matched: number, total: number) =>
        `${f.integer(matched)} of ${f.counted(total, "column", "columns")}`,
      models: (count: number) => f.counted(count, "model", "models"),
      asked: (name: string) => `with “${name}”, as the link asks`,
      unmet: {
        gone: "What the link leads to is not on this server any more.",
        unlike: "What the link leads to takes other columns than this table has.",
        uncompared:
          "The model that the link leads to was not among those compared. Choose another.",
      },
      predict: "Predict",
      choose: "See the nearest",
      none: "No model here was made for a table like this",
      looking: "Looking for models made for such data …",
    },
    stages,
    rows,
    learnwares,
    ...columns(f),
    ...match(f),
    ...find(f),
    ...choose(f),
    ...predictions(f),
    ...own(f),
  };
}

export type PredictWords = ReturnType<typeof english>;
