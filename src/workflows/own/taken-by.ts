import type { OwnResult } from "../../contracts/workers/own-plan";
import { inputColumns } from "../../engine/kinds/table/own/own-inputs";
import type { OwnModel } from "../../engine/kinds/table/own/own-model";

/** What a model takes: columns, the words of one, or pictures. */
export function takenBy({
  inputs,
  texts,
  pictures,
}: Pick<OwnModel, "inputs" | "texts" | "pictures">): Pick<OwnResult, "columns" | "kind"> {
  if (texts) return { columns: [texts.column], kind: "text" };
  return { columns: inputColumns(inputs), kind: pictures ? "image" : "table" };
}
