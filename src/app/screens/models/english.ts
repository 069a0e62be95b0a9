import type { Format } from "../../words/format";
import type { Facet } from "./address";

/** What is said about the list of models, in English. */
export function english(f: Format) {
  const models = (count: number) => f.counted(count, "model", "models");
  const named: Readonly<Record<string, string>> = {
    Classification: "One of several classes",
    Regression: "A number",
    "Feature Extraction": "Features",
    Table: "Tables",
    Image: "Images",
    Text: "Texts",
    tiny: "Under 10 kB",
    small: "10 to 100 kB",
    medium: "100 kB to 1 MB",
    large: "1 to 10 MB",
    huge: "Over 10 MB",
    strong: "Less than half the error",
    fair: "At least a fifth less",
    weak: "Hardly any less",
    unmeasured: "Not measured",
  };
  const facets: Record<Facet, string> = {
    data: "Made for",
    task: "Predicts",
    scenario: "Field",
    island: "Kind of data",
    size: "Download",
    skill: "Error, against always the average",
    licence: "Licence",
  };
  return {
    title: "Models",
    search: "Search models",
    placeholder: "What do you want to know? house prices, 航班延误 …",
    go: "Search",
    leaves: "What you enter goes to the server when you search, and not before.",
    stays: "What you enter stays in this tab.",
    narrow: "Narrow down",
    narrowed: (count: number) =>
      count === 0 ? "Narrow down" : `Narrow down (${f.integer(count)})`,
    close: (count: number) => `Show ${models(count)}`,
    clear: "Clear all",
    facets,
    value: (facet: Facet, value: string): string =>
      value === "Others" ? (facet === "licence" ? "Not stated" : "Other") : (named[value] ?? value),
    moreValues: (count: number) => `${f.integer(count)} more`,
    fewerValues: "Fewer",
    count: (count: number) => models(count),
    order: "Order",
    orders: {
      best: "Best match",
      name: "Name",
      skill: "Smallest error",
      rows: "Most rows",
      size: "Smallest",
    },
    results: "Models found",
    searching: "Searching",
    predicts: (target: string, unit: string | undefined) =>
      unit === undefined ? `Predicts ${target}` : `Predicts ${target} in ${unit}`,
    metric: {
      rmse: (value: string, trivial: string) =>
        `error ${value} (RMSE), always the average ${trivial}`,
      r2: (value: string) => `explains ${value} of the variation`,
      accuracy: (value: string, trivial: string) =>
        `right in ${value}, always the most frequent ${trivial}`,
      log_loss: (value: string, trivial: string) =>
        `log loss ${value}, frequencies alone ${trivial}`,
    },
    unmeasured: "no error published",
    bar: (share: string) => `${share} of the error of always giving the same answer`,
    rows: (count: number) => `learnt from ${f.counted(count, "row", "rows")}`,
    licence: (licence: string): string => (licence === "Others" ? "licence not stated" : licence),
    more: "Show more",
    none: "No model here is about that",
    noneWhy: "Berth shows a model only if it has more than half of what you asked for.",
    noneThere: "This server has no models yet.",
    only: (part: string) => `Search only “${part}”`,
    without: (count: number) => `Without ${f.counted(count, "choice", "choices")}`,
    all: "All models",
    own: "Ask with your data instead",
  };
}

export type ModelsWords = ReturnType<typeof english>;
