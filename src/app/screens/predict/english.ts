import type { Progress } from "../../../engine/ground/progress";
import type { Format } from "../../words/format";
import { english as start } from "./start/english";
import { english as columns } from "./columns/english";
import { english as match } from "./match/english";
import { english as find } from "./find/english";
import { english as choose } from "./choose/english";
import { english as predictions } from "./predictions/english";

/** Every word of the way from a table to predictions, in English. */
export function english(f: Format) {
  const rows = (count: number) => f.counted(count, "row", "rows");
  const learnwares = (count: number) => f.counted(count, "learnware", "learnwares");
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
      table: "Data",
      profile: "Columns",
      mapping: "Match",
      find: "Find",
      choose: "Choose",
      predictions: "Predictions",
    },
    stages,
    rows,
    learnwares,
    ...start(),
    ...columns(f),
    ...match(f),
    ...find(f),
    ...choose(f),
    ...predictions(f),
  };
}

export type PredictWords = ReturnType<typeof english>;
