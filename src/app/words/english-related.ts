import type { Certainty, Kinship } from "../screens/predict/match/related";
import type { Format } from "./format";

/** What the page says about islands of a feature space near the user's, in English. */
export function englishRelated(f: Format) {
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

export type RelatedWords = ReturnType<typeof englishRelated>;
