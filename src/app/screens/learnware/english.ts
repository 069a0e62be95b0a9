import type { Format } from "../../words/format";
import type { Caution } from "./cautions";

/** What is said about one model, in English. */
export function english(f: Format) {
  const rows = (count: number) => f.counted(count, "row", "rows");
  const cautions: Record<Caution, string> = {
    unmeasured: "No error was published for it. Try it on rows whose answer you know.",
    worse: "On rows that it had not seen it was no better than always giving the same answer.",
    weak: "It takes away less than a fifth of the error of always giving the same answer.",
    few_measured: "Its error was measured on few rows, so it may be off by chance.",
    few_rows: "It learnt from few rows.",
    no_licence: "Its licence is not stated. Ask its maker before you use it for more than a trial.",
  };
  return {
    title: "Model",
    models: "Models",
    where: "You are here",
    loading: "Fetching the model’s card",
    gone: "Back to all models",
    predicts: (target: string, unit: string | undefined) =>
      unit === undefined ? `Predicts ${target}.` : `Predicts ${target} in ${unit}.`,
    cautionsTitle: "Before you rely on it",
    cautions,
    figures: "In figures",
    metric: {
      rmse: "Error on rows it had not seen (RMSE)",
      r2: "Of the variation it explains",
      accuracy: "Right on rows it had not seen",
      log_loss: "Log loss on rows it had not seen",
    },
    trivial: {
      rmse: (value: string) => `${value} by always answering the average`,
      r2: (value: string) => `${value} by always answering the average`,
      accuracy: (value: string) => `${value} by always answering the most frequent`,
      log_loss: (value: string) => `${value} by knowing only the frequencies`,
    },
    on: (count: number) => `on ${rows(count)}`,
    bar: (share: string) => `${share} of the error of always giving the same answer`,
    declared: "Said by its maker, and not checked by the server",
    measured: "Measured on your rows",
    measuredNot: "Nothing yet. Try it on a table with known answers, and this browser measures it.",
    noMetrics: "No figures were published",
    byServer: (count: number) =>
      `Measured by the server on ${rows(count)} that its maker made public`,
    metricOn: {
      rmse: "Error on these rows (RMSE)",
      r2: "Of the variation it explains on these rows",
      accuracy: "Right on these rows",
      log_loss: "Log loss on these rows",
    },
    learntFrom: "Learnt from",
    rows,
    points: "Summary",
    pointCount: (count: number) => f.counted(count, "point", "points"),
    download: "Download",
    features: "What it reads, and where it learnt",
    featuresNote: "the middle 90 % of its summary, on the usual range",
    range: (low: string, high: string, unit: string | null) =>
      `${low === high ? low : `${low} to ${high}`}${unit === null ? "" : ` ${unit}`}`,
    band: (name: string, range: string, median: string) =>
      `${name}: ${range}, half of it below ${median}`,
    yes: (share: string) => `yes in ${share}`,
    value: (value: string, share: string) => `${value} ${share}`,
    output: "What it gives",
    number: (target: string, unit: string | undefined) =>
      unit === undefined ? `${target}: a number` : `${target}: a number, in ${unit}`,
    shares: (target: string, count: number) =>
      `${target}: how likely each of ${f.counted(count, "class", "classes")} is`,
    moreLabels: (count: number) => `and ${f.integer(count)} more`,
    tryIt: "Try it on my data",
    tryOn: (file: string) => `Predict ${file} with it`,
    otherKind: (kind: "text" | "image"): string =>
      kind === "text"
        ? "It reads texts: one in each row of a table, line of a file, or file of a folder."
        : "It reads pictures: one in each file of a folder.",
    save: "Download the model",
    saving: "Downloading …",
    plane: "The shape of what it learnt",
    planeNote: (count: number) =>
      `${f.counted(count, "point", "points")} that outline its rows, the larger the more rows. Near on the picture is near in the data, roughly: many features are pressed onto two. None of the points is a row.`,
    kin: "Learnt from similar data",
    kinLead: "Compared by their summaries, not by name.",
    kinNone: "No other model of this kind of data.",
    findKin: (count: number) => `Compare with ${f.integer(count)} models`,
    about: "Where it is from",
    source: "Source",
    licence: "Licence",
    licenceOf: (licence: string): string => (licence === "Others" ? "not stated" : licence),
    island: "Kind of data",
    version: "Version of that kind",
    format: "Format",
    formatOf: (inputs: number, outputs: number) =>
      inputs === 0
        ? `ONNX, ${f.integer(outputs)} out`
        : `ONNX, ${f.integer(inputs)} in, ${f.integer(outputs)} out`,
    sha: "SHA-256",
    inside: "What is inside",
    insideLead: (bytes: string) =>
      `The package (${bytes}) is fetched, its hash compared, and its graph read. Nothing is run.`,
    look: "Fetch, check and draw it",
    looking: "Fetching and checking",
    checks: "Checked in this browser",
    checkHash: "It is the package that the card names (SHA-256).",
    checkOperators: "All its operators are known and compute only.",
    checkInside: "All its numbers are inside the file.",
    graph: "The model as a graph",
    nodes: (count: number, bytes: string) => `${f.counted(count, "node", "nodes")}, ${bytes}`,
    operators: "Operators",
    times: (operator: string, count: number) =>
      count === 1 ? operator : `${operator} × ${f.integer(count)}`,
    rest: (count: number) => f.counted(count, "more node", "more nodes"),
    input: (name: string) => `in: ${name}`,
    outputNode: (name: string) => `out: ${name}`,
    use: "Use it elsewhere",
    useLead: "The values are the middle of what it learnt from: put yours in their place.",
    useFirst: "Its file has to be looked into first, for the names in it.",
    languages: { python: "Python", javascript: "JavaScript", curl: "cURL" },
  };
}

export type LearnwareWords = ReturnType<typeof english>;
