import type { Progress } from "../../../engine/ground/progress";
import type { KindName } from "../../../engine/ground/kind-name";
import type { Format } from "../../words/format";
import { englishThings } from "./things";
import { english as columns } from "./columns/english";
import { english as gallery } from "./gallery/english";
import { english as match } from "./match/english";
import { english as find } from "./find/english";
import { english as choose } from "./choose/english";
import { english as own } from "./own/english";
import { english as predictions } from "./predictions/english";

/**
 * Every word of the way from a table to predictions, in English.
 *
 * @param kind - Of what is open: its rows may be texts or pictures.
 */
export function english(f: Format, kind: KindName = "table") {
  const things = englishThings(f, kind);
  const learnwares = (count: number) => f.counted(count, "model", "models");
  const stages: Record<Progress["stage"], string> = {
    read: "Reading the file",
    encode: "Bringing your data to the island’s scale",
    cluster: "Grouping what is similar",
    weigh: "Weighing the groups",
    refine: "Refining the description",
    check: `Checking that no ${things.one} can be recognised`,
    match: "Comparing with your data",
    train: "Training",
    predict: "Predicting",
    write: "Writing the file",
    download: "Downloading",
  };

  return {
    kind,
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
      keep: "Keep this on this device",
      keepHint: "Stores your data in this browser, to go on another day. It is never sent.",
      copyLink: "Copy a link to this",
      linkCopied:
        "Copied: kind of data, model and places of columns. No name and no value is in it.",
      size: (rowCount: number, columns: number) =>
        `${things.counted(rowCount)}, ${f.counted(columns, "column", "columns")}`,
      matched: (island: string, matched: number, total: number) =>
        `${island}, ${f.integer(matched)} of ${f.integer(total)}`,
      whole: (island: string, what: string) => `${island}, ${what}`,
      trained: "Trained here",
      used: (models: number) => f.counted(models, "model", "models"),
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
      what: "What should be told about them?",
      chooseWhat: "Choose",
      choose: "See the nearest",
      none: "No model here was made for a table like this",
      noTexts: {
        equal: (column: string) =>
          `All texts in “${column}” are the same: nothing tells them apart`,
        empty: (column: string) => `There is no text in “${column}”: every cell is empty`,
      },
      looking: "Looking for models made for such data …",
    },
    stages,
    counted: things.counted,
    learnwares,
    ...columns(f),
    ...gallery(f),
    ...match(f),
    ...find(f, things),
    ...choose(f, things),
    ...predictions(f, things),
    ...own(f),
  };
}

export type PredictWords = ReturnType<typeof english>;
