import type { MatchReason } from "../../../../engine/kinds/table/match/match";
import type { Format } from "../../../words/format";
import type { Certainty, Kinship } from "./related";

/** What is said about islands, and which column is which feature, in English. */
export function english(f: Format) {
  const reasons: Record<MatchReason, string> = {
    same_name: "same name",
    similar_name: "similar name",
    alias: "another name for it",
    similar_meaning: "probably means the same",
    similar_values: "perhaps: the values are alike, the name says nothing",
    by_hand: "chosen by you",
    none: "not found: each model fills it in from your other columns",
  };

  return {
    mapping: {
      title: "What kind of data is it?",
      lead: "Models that learnt from the same kind of table share an island: a common list of features. Choose the one your table belongs to.",
      loading: "Fetching the list of islands",
      islands: "Islands, best fit first",
      found: (matched: number, total: number) =>
        `${f.integer(matched)} of ${f.counted(total, "feature", "features")} found`,
      predicts: (targets: readonly string[]) => `predicts ${f.list(targets)}`,
      fits: "fits your columns",
      fitsNot: "does not fit your columns",
      more: (count: number) => `Show ${f.counted(count, "other island", "other islands")}`,
      noneFits: "No island fits this table",
      noneFitsWhy:
        "Too few of your columns match the features that models of any island need. Predictions would rest mostly on typical values rather than on your data.",
      noneFitsTodo:
        "If your columns mean the same but are named otherwise, choose the closest island below and match them by hand. If not, no learnware here is made for such data.",
      noIslands: "This dock has no islands yet, so there is nothing to match with.",
      target: "What should be predicted?",
      editor: "Which column is which feature",
      editorLead: (island: string) => `Features of ${island}, each with the column that plays it`,
      columnFor: (feature: string) => `Column for ${feature}`,
      fill: "— none: filled in",
      unusable: (type: string) => ` (${type}: cannot be used)`,
      usual: (least: string, most: string, unit: string) =>
        `usually ${least === most ? least : `${least} to ${most}`}${unit && ` ${unit}`}`,
      yours: (least: string, most: string) => `(Yours: ${least} to ${most}.)`,
      oneOf: (values: string) => `one of ${values}`,
      implausible: "Your values look different from this island’s: check units and meaning.",
      reasons,
      settled: (count: number) =>
        `${f.counted(count, "feature was", "features were")} found by name, with plausible values`,
      unsettled: "Worth a look",
      extra: (count: number) =>
        `${f.counted(count, "column plays", "columns play")} no part in this and will be passed through untouched`,
    },
    related: related(f),
  };
}

export type MatchWords = ReturnType<typeof english>;

/** What the page says about islands of a feature space near the user's, in English. */
function related(f: Format) {
  const kinships: Record<Kinship, string> = {
    nearly_all: "nearly all",
    most: "most",
    about_half: "about half",
    a_part: "a part",
  };
  const certainties: Record<Certainty, string> = {
    very_likely: "very likely the same",
    likely: "probably the same",
    perhaps: "perhaps the same",
  };
  return {
    certainties,
    title: (count: number): string => (count === 1 ? "A related island" : "Related islands"),
    lead: "No island here fits your columns by name, but some seem to mean the same. Predictions made this way are less certain than with an island that fits: check the pairs before you rely on them.",
    beside:
      "Besides the islands that fit: here other columns seem to mean the same. Predictions made this way are less certain, so prefer an island that fits.",
    tag: "related, less certain",
    covers: (kinship: Kinship, matched: number, total: number) =>
      `You seem to have ${kinships[kinship]} of what its models need: ${f.integer(matched)} of ${f.counted(total, "feature", "features")}`,
    pairs: (count: number) =>
      `${f.counted(count, "column seems", "columns seem")} to be the same as a feature`,
    pair: (column: string, feature: string) => `“${column}” as ${feature}`,
    missing: (features: readonly string[]) =>
      `Missing: ${f.list(features)}. Each model fills these in from your other columns, by what its own training rows suggest.`,
    dropped: (columns: readonly string[]) =>
      `Left out of the predictions: ${f.list(columns)}. No model here knows such columns; with answers of your own, they are used to correct the models.`,
    filling: {
      done: {
        lines:
          "What your table lacks was filled in for each model by straight lines through what its training data look like.",
        network:
          "What your table lacks was filled in for each model by a small neural network, trained in this tab on what its training data look like and on your rows.",
      },
      choice: {
        lines: "Straight lines are quicker, and about as good on the tables we measured.",
        network:
          "A small neural network also follows bends; training takes about a second for each model. On the tables we measured it was better for some and worse for others.",
      },
      use: { lines: "Fill in by straight lines", network: "Fill in by a network" },
    },
    chosen:
      "This island is related to your table and does not fit it. Its models answer as well as the pairs below are right; you can change each of them.",
  };
}
