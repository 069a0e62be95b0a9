import type { MatchReason } from "../../../../engine/kinds/table/match/match";
import type { Format } from "../../../words/format";
import type { Certainty, Kinship } from "./islands/related";

/** What is said about kinds of data, and which column is which feature, in English. */
export function english(f: Format) {
  const reasons: Record<MatchReason, string> = {
    same_name: "same name",
    similar_name: "similar name",
    alias: "another name for it",
    similar_meaning: "probably means the same",
    similar_values: "perhaps: the values are alike, the name says nothing",
    same_values: "the same values",
    named_value: "one is called like a value of the other",
    whole: "its cells are texts",
    by_hand: "chosen by you",
    other_values: "left out: none of its values is known, so each model fills it in",
    none: "not found: each model fills it in from your other columns",
  };

  return {
    mapping: {
      title: "What kind of data is it?",
      lead: "Lines join your columns to what its models read.",
      loading: "Fetching the kinds of data",
      islands: "Kinds of data, best fit first",
      island: "Kind of data",
      findIsland: "Find a kind of data",
      noSuchIsland: "No kind of data is called like that.",
      others: (count: number) => f.counted(count, "other", "others"),
      models: (count: number) => f.counted(count, "model", "models"),
      foundOf: (matched: number, total: number) =>
        `${f.integer(matched)} of ${f.integer(total)} found`,
      found: (matched: number, total: number) =>
        `${f.integer(matched)} of ${f.counted(total, "feature", "features")} found`,
      predicts: (targets: readonly string[]) => `predicts ${f.list(targets)}`,
      fits: "fits your columns",
      fitsNot: "does not fit your columns",
      more: (count: number) =>
        `Show ${f.counted(count, "other kind of data", "other kinds of data")}`,
      noneFits: "No model here was made for a table like this",
      noneFitsWhy:
        "Too few of your columns match the features that models of any kind of data need. Predictions would rest mostly on typical values rather than on your data.",
      noneFitsTodo:
        "If your columns mean the same but are named otherwise, choose the nearest kind of data below and join them by hand. If not, this server has no model for this table: train one of your own, here, on the rows whose answer you know.",
      noTextsTodo:
        "Choose a file with different texts, or another column if you have one. Nothing was sent.",
      noIslands: "This server has no models yet, so there is nothing to match with.",
      target: "What should be predicted?",
      yourColumns: "Your columns",
      features: "Features",
      usualRange: "usual range,",
      usualShort: "usual",
      yoursShort: "yours",
      foundBy: "found by",
      unused: "kept unchanged",
      columnAlone: (column: string) => `${column}, plays no part: join it to a feature`,
      columnIs: (column: string, feature: string) => `${column}, is ${feature}`,
      featureIs: (feature: string, column: string | null, how: string) =>
        column === null ? `${feature}, ${how}` : `${feature}, from ${column}, ${how}`,
      valuesOf: (count: number) => f.counted(count, "value", "values"),
      checkIt: "check it",
      foundBriefly: {
        same_name: "name",
        similar_name: "similar name",
        alias: "alias",
        similar_meaning: "meaning",
        similar_values: "values",
        same_values: "same values",
        named_value: "a value",
        whole: "texts",
        by_hand: "you",
        other_values: "left out",
        none: "filled in",
      } satisfies Record<MatchReason, string>,
      picked: (column: string) => `${column}: now choose its feature, or Escape`,
      untie: "Untie",
      letGo: "Leave as it is",
      sum: (counts: Sum) => {
        const parts = [
          counts.byName > 0 ? `${f.integer(counts.byName)} found by name` : "",
          counts.byOther > 0 ? `${f.integer(counts.byOther)} by another sign` : "",
          counts.byHand > 0 ? `${f.integer(counts.byHand)} joined by you` : "",
          counts.missing > 0 ? `${f.integer(counts.missing)} not found, filled in` : "",
        ].filter((part) => part !== "");
        const extra =
          counts.extra > 0
            ? ` ${f.counted(counts.extra, "column is", "columns are")} kept unchanged.`
            : "";
        const leftOut =
          counts.leftOut.length > 0
            ? ` Left out, as none of the values is known: ${f.list(counts.leftOut)}.`
            : "";
        return `${parts.join(", ")}.${leftOut}${extra}`;
      },
      pairLabel: "The chosen pair",
      isColumn: "is your column",
      columnFor: (feature: string) => `Column for ${feature}`,
      fill: "— none: filled in",
      unusable: (type: string) => ` (${type}: cannot be used)`,
      span: (least: string, most: string, unit: string) =>
        `${least === most ? least : `${least} to ${most}`}${unit && ` ${unit}`}`,
      picture: (feature: string) => `${feature}: your values, and what is usual`,
      value: "value",
      moreValues: (count: number) => `and ${f.counted(count, "value", "values")} more`,
      valuesTitle: "Which of your values is which",
      valueIs: (value: string) => `${value} is`,
      yes: "yes",
      no: "no",
      noneOfThese: "— none of these",
      noValues:
        "This column’s values are read as numbers. Make it a category in Data to join them one by one.",
      onlyFrequent: (count: number) =>
        `The ${f.integer(count)} most frequent are listed; others are known by their spelling.`,
      implausible:
        "Your values look different from what is usual here: check units and meaning, or choose another column.",
      otherValues: "None of your most frequent values is known here: join them below.",
      leftOut: (column: string) =>
        `“${column}” is called so, but none of its values is known here. It is left out, and each model fills this in from your other columns, until you join its values below.`,
      plausible: "Values are plausible.",
      because: {
        same_name: "Found by its name.",
        similar_name: "Found by a similar name.",
        alias: "Found by another name for it.",
        similar_meaning: "The words probably mean the same, and the values are alike.",
        similar_values: "Perhaps: the values are alike, the name says nothing.",
        same_values: "Found by its values, which are the same.",
        named_value: "Found by a value: one is called like a value of the other.",
        whole: "Its cells are texts.",
        by_hand: "Joined by you.",
        other_values: "Left out: none of the values is known here.",
        none: "Not found: each model fills it in from your other columns. If you have it under another name, choose that column.",
      } satisfies Record<MatchReason, string>,
      reasons,
    },
    related: related(f),
    whole: whole(f),
  };
}

/** What is said where one column holds all that is looked at: texts, or pictures. */
function whole(f: Format) {
  return {
    lead: {
      text: "Its models read one column as a whole; the others are kept unchanged.",
      image: "Its models read pictures by how they look; names of files and folders play no part.",
    },
    ofColumn: { text: (column: string) => `texts in “${column}”`, image: () => "pictures" },
    none: "no column chosen",
    whichColumn: "The column with the texts",
    noColumn: "— none",
    whatTold: {
      text: "What should be told about the texts?",
      image: "What should be told about the pictures?",
    },
    whatToldWhy:
      "Several kinds of models read such texts, and only you know what you want to know. Choose one; you can change it later.",
    tag: { text: "reads your texts", image: "reads your pictures" },
    first: {
      text: "The first of them, as they stay on this device",
      image: "Some of your pictures",
    },
    empty: (count: number) => `${f.integer(count)} empty`,
    unknown: (count: number) =>
      `${f.integer(count)} without a word that is known: not described, but predicted`,
    language: (name: string) => `mostly in ${name}`,
    noLanguage: "too short to tell the language",
    notEnglish:
      "These texts do not look English, and this kind of data knows English words only. Choose one for texts in any language, if there is one.",
  };
}

/** How many features were found how, and how many columns play no part. */
interface Sum {
  readonly byName: number;
  readonly byOther: number;
  readonly byHand: number;
  readonly missing: number;
  readonly extra: number;
  /** Columns of which no value is known. */
  readonly leftOut: readonly string[];
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
    title: (count: number): string =>
      count === 1 ? "A related kind of data" : "Related kinds of data",
    lead: "Nothing here fits your columns by name, but some seem to mean the same. Predictions made this way are less certain: check the pairs before you rely on them.",
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
      "Related to your table, and no fit: its models answer only as well as these pairs are right. You can change each of them.",
  };
}
