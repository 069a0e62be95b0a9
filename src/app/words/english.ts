import type { MatchReason } from "../../engine/kinds/table/match/match";
import type { Progress } from "../../engine/ground/progress";
import type { ColumnType } from "../../engine/kinds/table/columns/column";
import type { TableWarning } from "../../engine/kinds/table/columns/profile";
import type { Closeness } from "../screens/predict/choose/offers";
import { englishNarrow } from "./english-narrow";
import { englishPrivacy } from "./english-privacy";
import { englishRelated } from "./english-related";
import { englishReuse } from "./english-reuse";
import type { Format } from "./format";

/** Every word on the screen, in English. `Words` is what another language must say as well. */
export function english(f: Format) {
  const rows = (count: number) => f.counted(count, "row", "rows");
  const columns = (count: number) => f.counted(count, "column", "columns");
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
  const types: Record<ColumnType, string> = {
    number: "number",
    integer: "whole number",
    boolean: "yes / no",
    category: "category",
    date: "date",
    text: "text",
    identifier: "identifier",
    constant: "constant",
  };
  const warnings: Record<TableWarning["code"], (w: TableWarning, where: string) => string> = {
    one_column: () =>
      "Only one column was found. If that is wrong, the file may use an unusual separator.",
    ragged_rows: ({ count }, where) =>
      `${rows(count)} had more or fewer cells than the header${where}. Missing cells were left empty; surplus ones were ignored.`,
    all_missing: ({ column }) => `The column “${column ?? ""}” is empty.`,
    infinite_values: ({ column, count }) =>
      `${f.counted(count, "value is", "values are")} infinite in “${column ?? ""}”; treated as missing.`,
    unreadable_numbers: ({ column, count }, where) =>
      `${f.counted(count, "value", "values")} in “${column ?? ""}” could not be read as a number${where}; treated as missing.`,
    duplicate_names: ({ count }) =>
      `${f.counted(count, "column name occurs", "column names occur")} more than once; a number was added to tell them apart.`,
    blank_names: ({ count }) => `${columns(count)} had no name and got a numbered one.`,
    replaced_characters: ({ count }) =>
      `${f.counted(count, "character", "characters")} could not be decoded. The file may have been saved in a damaged or mixed encoding.`,
  };
  const reasons: Record<MatchReason, string> = {
    same_name: "same name",
    similar_name: "similar name",
    alias: "another name for it",
    similar_meaning: "probably means the same",
    similar_values: "perhaps: the values are alike, the name says nothing",
    by_hand: "chosen by you",
    none: "not found: each model fills it in from your other columns",
  };
  const closenesses: Record<Closeness, string> = {
    very_close: "very close",
    close: "close",
    some: "some resemblance",
    far: "far away",
  };

  return {
    name: "Berth",
    skip: "Skip to the content",
    language: "Language",
    themeTo: (dark: boolean): string =>
      dark ? "Switch to the dark theme" : "Switch to the light theme",
    steps: {
      label: "Steps",
      table: "Data",
      profile: "Columns",
      mapping: "Match",
      find: "Find",
      choose: "Choose",
      predictions: "Predictions",
    },
    cancel: "Cancel",
    retry: "Try again",
    copy: "Copy",
    copied: "Copied",
    progress: (percent: number) => `${f.integer(percent)} %`,
    remaining: (seconds: number) =>
      seconds < 60
        ? `about ${f.counted(seconds, "second", "seconds")} left`
        : `about ${f.counted(Math.round(seconds / 60), "minute", "minutes")} left`,
    page: (page: number, pages: number) => `Page ${f.integer(page)} of ${f.integer(pages)}`,
    previous: "Previous",
    next: "Next",
    filter: "Filter by name",
    noneOfThatName: "No column has a name like that.",
    stages,
    types,
    rows,
    columns,
    learnwares,
    start: {
      title: "Predictions for your table, without handing it over",
      lead: "Drop a table. Berth finds trained models that learnt from data like yours, runs them in this tab, and gives you the table back with predictions.",
      drop: "Drop a table here",
      or: "or click to choose a file",
      formats: "CSV, TSV or text, also gzip-compressed. You can paste a table too.",
      dropNow: "Drop it anywhere",
      paste: "Paste a table as text",
      pasteLabel: "Rows of text, one line each, the first with the column names",
      pasteUse: "Use this text",
      pastedName: "pasted.csv",
      samples: "No file at hand? Try a sample",
      synthetic: "made-up data",
      another: "Use another file",
      reading: (file: string) => `Reading ${file}`,
      current: (file: string) => `Your table: ${file}`,
      staysAndLeaves: "What stays and what leaves",
      stays: "What stays in this tab",
      staysItems: [
        "Your file, its name and every row",
        "Column names, and how you matched them",
        "Models come here and run here; predictions are made here",
      ],
      leaves: "What is sent to the dock",
      leavesItems: [
        "As you choose: an outline of made-up points, one hidden in noise, or nothing about your table",
        "With an outline, a row count rounded down to two figures",
        "Words and filters that you search by, if you enter any",
        "Which learnwares you download",
      ],
      fetchesItems: [
        "Nothing about your table, and no words that you search by: this dock is plain files, and every search is made in this tab",
        "Which descriptions and models you download",
      ],
      honest:
        "An outline is not nothing: it tells roughly where your data lie. It is checked before it is sent, so that no point coincides with a row or stands for fewer than five, and you can see it byte for byte first.",
    },
    profile: {
      title: "Your table",
      size: (r: number, c: number) => `${rows(r)} × ${columns(c)}`,
      dialect: (encoding: string, delimiter: string, decimal: string) =>
        `${encoding}, separated by ${delimiter}, decimal ${decimal}`,
      delimiters: { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", " ": "spaces" },
      decimals: { ".": "point", ",": "comma" },
      header: "The first row holds the column names",
      warnings: "Worth a look",
      warningTexts: warnings,
      inRows: (list: string) => ` (for example row ${list})`,
      columnsTitle: "Columns",
      typeOf: (column: string) => `Type of ${column}`,
      detected: (type: string) => `detected as ${type}`,
      missing: (share: string) => `${share} missing`,
      complete: "complete",
      distinct: (count: number, exact: boolean) =>
        `${exact ? "" : "≥ "}${f.integer(count)} different`,
      range: (least: string, most: string) => `${least} to ${most}`,
      mean: (mean: string) => `mean ${mean}`,
      histogram: (column: string) => `Distribution of ${column}`,
      topValues: (column: string) => `Most frequent values of ${column}`,
      preview: (count: number) => `First ${rows(count)} as written in the file`,
      previewLabel: "First rows of your table",
      moreColumns: (count: number) =>
        `${f.counted(count, "more column", "more columns")} not shown`,
    },
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
    find: {
      title: "Find learnwares",
      lead: "Berth describes your rows, looks for learnwares that learnt from rows like them, and compares those with yours here. You decide what may leave for that.",
      button: "Find learnwares",
      again: "Find again",
      lookFirst: "Let me look before anything is sent",
      describing: "Describing your rows",
      asking: "Asking the dock",
      comparing: "Comparing candidates with your rows",
      nothingSent: "Nothing was sent.",
      leaves: (sent: boolean): string => (sent ? "What was sent" : "What would be sent"),
      leavesLine: (bytes: string, points: number, numbers: number) =>
        `${bytes}: ${f.counted(points, "point", "points")} of ${f.counted(numbers, "number", "numbers")} each, with a weight`,
      body: "The whole message, to the byte",
      send: "Send it",
      safe: (points: number, fewest: number) =>
        `${points === 1 ? "The point" : `Each of the ${f.integer(points)} points`} stands for at least ${f.integer(fewest)} of your rows; none coincides with a row.`,
      dropped: (count: number) =>
        `${f.counted(count, "point was", "points were")} left out to make sure of that.`,
      selfCheck: "Check it yourself",
      selfCheckSteps: [
        "Open your browser’s developer tools (F12, or ⌥⌘I on a Mac) and choose Network.",
        "Press “Find again”. One request named “search” appears: its body is the text above.",
        "The requests after it only fetch: candidates’ specifications, then the models you choose.",
      ],
      nothingMatched:
        "No column is matched to a feature yet. Choose at least one in the step before.",
      islandChanged:
        "The dock has put this island on a new scale since the page was opened, so your rows were described again.",
      emptied: "Something before this step changed, so learnwares need to be looked for again.",
    },
    privacy: englishPrivacy(f),
    narrow: englishNarrow(f),
    related: englishRelated(f),
    reuse: englishReuse(f),
    choose: {
      title: "Learnwares that fit",
      lead: "Measured on this machine with your rows (10,000 of them at most).",
      options: "Learnwares to choose from",
      mixture: (count: number) => `Best combination: ${learnwares(count)}`,
      mixtureLead: "Their weighted average resembles your data more than any of them alone.",
      predicts: (target: string) => `Predicts ${target}`,
      inUnit: (unit: string) => `in ${unit}`,
      labels: (labels: string) => `as one of ${labels}`,
      features: (matched: number, total: number) =>
        matched === total
          ? `You have all its ${f.counted(total, "feature", "features")}`
          : `You have ${f.integer(matched)} of its ${f.counted(total, "feature", "features")}`,
      distance: (words: string, similarity: string) =>
        `What it learnt from is ${words} to your data (${similarity} alike)`,
      distanceSome: (similarity: string) =>
        `What it learnt from bears some resemblance to your data (${similarity} alike)`,
      distanceFar: (similarity: string) =>
        `What it learnt from is far from your data (${similarity} alike)`,
      closenesses,
      coverage: (share: string) => `${share} of your rows lie where it has learnt`,
      quality: "On rows it had not seen",
      rmse: (value: string, trivial: string) =>
        `its error is typically ${value}; always answering the average gives ${trivial}`,
      r2: (value: string) =>
        `it explains ${value} of the variation; always answering the average explains none`,
      accuracy: (value: string, trivial: string) =>
        `right in ${value}; always answering the most frequent gives ${trivial}`,
      logLoss: (value: string, trivial: string) =>
        `log loss ${value} (lower is better); knowing only the frequencies gives ${trivial}`,
      noMetrics: "no held-back figures were published",
      learntFrom: (count: number) => `learnt from ${rows(count)}`,
      licence: (licence: string) => `licence ${licence}`,
      size: (bytes: string) => `${bytes} to download`,
      source: (source: string) => `from ${source}`,
      more: (count: number, left: number) =>
        `Show ${f.integer(count)} more${left > count ? ` of ${f.integer(left)}` : ""}`,
      nothing: "Nothing here fits your data",
      nothingWhy: (similarity: string, coverage: string) =>
        `Berth recommends a learnware when it is at least ${similarity} alike and covers at least ${coverage} of your rows. None does, so predictions would be guesses made far from anything the models have seen.`,
      target: (target: string) =>
        `Your table already has a column “${target}”. Predictions are put beside it, so you can compare.`,
      nothingAtAll:
        "The dock has no learnware for this island and target, so there is nothing to compare.",
      nothingPasses:
        "No learnware of this island has the words and properties that you asked for, so there is nothing to compare.",
      nothingTodo:
        "Check units and matched columns in the step “Match”, or come back when the dock has grown.",
      sameAs: (name: string) =>
        `Nearly the same as “${name}”: it learnt from data like that one’s, and answers alike.`,
      notRecommended: (count: number) => `Not recommended: ${learnwares(count)}`,
      notAdvised:
        "This is not recommended for your data: its predictions may be far off, however sure they look.",
      run: "Predict with this",
      downloading: "Downloading the model",
      predicting: "Predicting",
      starting: "Starting the model",
    },
    predictions: {
      title: "Predictions",
      summary: (least: string, median: string, most: string, unit: string) =>
        `From ${least} to ${most}${unit && ` ${unit}`}, half of them below ${median}`,
      histogram: (target: string) => `Distribution of predicted ${target}`,
      none: "The model gave no usable number for any row.",
      preview: (shown: number) => `First ${rows(shown)}, predictions on the left`,
      probability: "probability",
      row: "row",
      download: (count: number) => `Download ${rows(count)} with predictions`,
      writing: "Writing the file",
      saved: (name: string, count: number) => `Saved ${rows(count)} as ${name}.`,
      caution:
        "Predictions are estimates by a model trained on other people’s data. Judge them by the figures above before you rely on them.",
    },
    footer: {
      label: "About this tab",
      compute: "Computing with",
      computes: { webgpu: "WebGPU", wasm: "WASM", typescript: "plain JavaScript" },
      notYet: "chosen at the first search",
      isolated: (yes: boolean): string =>
        yes ? "Cross-origin isolated" : "Not cross-origin isolated",
      isolatedWhy: (yes: boolean): string =>
        yes
          ? "no other site shares this tab’s memory"
          : "the server did not ask the browser for it",
      clear: "Clear all local data",
      cleared: "Downloaded models, settings and the record of ε were removed from this browser.",
    },
  };
}

export type Words = ReturnType<typeof english>;
