import type { Scenario } from "../../engine/learnware/semantic-values";
import type { Task } from "../screens/predict/find/filter";
import type { Format } from "./format";

/** What the page says about searching by words and kinds, in English. */
export function englishNarrow(f: Format) {
  const tasks: Record<Task, string> = {
    regression: "a number",
    classification: "one of several classes",
  };
  return {
    title: "Narrow the search",
    text: "Words in name or description",
    task: "It predicts",
    tasks,
    scenario: "Field",
    scenarioName: (scenario: Scenario): string => scenario,
    licence: "Licence",
    licenceName: (licence: string): string => licence,
    any: "any",
    clear: "Clear",
    isSent: "What you enter here is sent when you start the search, and not before.",
    isKept:
      "What you enter here is not sent: this tab picks among the learnwares that it downloads.",
    goes: (parts: readonly string[]) => `What you ask for goes with it: ${f.list(parts)}.`,
    words: (text: string) => `the words “${text}”`,
    target: (target: string) => `the target “${target}”`,
    kind: (task: Task) => `“predicts ${tasks[task]}”`,
    field: (scenario: string) => `the field “${scenario}”`,
    licensed: (licence: string) => `the licence “${licence}”`,
    browse: "Browse models",
    browseLead:
      "See what this dock has, without a table. What you enter goes to the dock when you press “Search”, and not before.",
    browseFiles: "See what this dock has, without a table. What you enter stays in this tab.",
    search: "Search",
    results: "Models found",
    searching: "Searching",
    found: (count: number, isAll: boolean) =>
      `${isAll ? "" : "The first "}${f.counted(count, "model", "models")}${isAll ? " found" : ""}`,
    none: "No model is like that. Fewer or other words may find one.",
    more: "Show more",
  };
}

export type NarrowWords = ReturnType<typeof englishNarrow>;
