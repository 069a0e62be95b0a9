import type { CheckId, Finding } from "../../../../engine/verify/check";
import type { Format } from "../../../words/format";

type Details = Readonly<Record<string, string | number>>;
/** Of what the checks themselves find; what reading a file finds has words with all other failures. */
export type FindingWords = Readonly<Partial<Record<Finding, (details: Details) => string>>>;

/** What is said of the checks of a learnware, in English. */
export function english(f: Format) {
  const number = (details: Details, name: string) => f.number(Number(details[name] ?? 0));
  const edges: Readonly<Record<string, string>> = {
    missing: "in which nothing is known",
    huge: "in which everything is huge",
    tiny: "in which everything is far below 0",
  };
  const findings: FindingWords = {
    short_texts: () =>
      "People find it by its name and description: make them at least 5 and 10 characters long.",
    dimensions: (d) =>
      `It says that there are ${number(d, "said")} numbers, but its model has ${number(d, "model")}.`,
    does_not_fit: () => "It fits no kind of data that this server has.",
    unknown_space: (d) =>
      `Its kind of data, ${d["space"] ?? ""}, is not known here, so only the server can try the model.`,
    not_tried: () => "Models of this kind cannot be tried without data.",
    far_points: (d) =>
      `${f.percent(Number(d["percent"] ?? 0) / 100)} of its outline lies where no data are.`,
    odd_weights: (d) =>
      "heaviest" in d
        ? `One point of its outline has ${f.percent(Number(d["heaviest"]))} of all weight.`
        : `The weights of its outline sum to ${number(d, "sum")}, and should to about 1.`,
    wide_radius: (d) =>
      `It says that it covers ${number(d, "times")} times as much as its points lie apart.`,
    copied: (d) =>
      `Its outline is that of ${d["copyOf"] ?? "another model"}, which is somebody else’s. Describe data of your own.`,
    here_already: () => "The same zip is on this server already.",
    rows_lost: (d) => `It answers ${number(d, "asked")} examples with ${number(d, "rows")}.`,
    width: (d) =>
      `It gives ${number(d, "cols")} numbers for each example, and says that it gives ${number(d, "wanted")}.`,
    not_finite: () => "Some of its answers are no finite number.",
    no_probabilities: () =>
      "Its scores are no probabilities: they are not between 0 and 1, or do not sum to 1.",
    constant: () => "It answers all examples alike, whatever they are.",
    changing: (d) =>
      "rows" in d
        ? `It answers an example otherwise among ${number(d, "rows")} of them.`
        : "It answers the same examples otherwise when asked again.",
    class_order: (d) =>
      `Its classes stand in another order than in the model, from number ${number(d, "position")} on.`,
    breaks: (d) => `It breaks on an example ${edges[String(d["edge"])] ?? "of zeros"}.`,
    slow: () => "It takes over 10 seconds for 1000 examples.",
    disagrees: (d) =>
      `It is said to reach ${number(d, "declared")}, and reaches ${number(d, "measured")} on the ${number(d, "rows")} examples that it makes public.`,
  };
  const checks: Readonly<Record<CheckId, string>> = {
    zip: "Opens and is complete",
    manifest: "Says what it is",
    semantic: "Says what it is for",
    model: "Only plain operators",
    specification: "Its outline can be read",
    honesty: "An outline of real data",
    space: "Reads what it says",
    own_rows: "Answers data like its own",
    noise: "Answers noise",
    edges: "Answers odd data",
    batches: "Answers each by itself",
    speed: "Is quick enough",
    sample: "As good as it says",
    island: "Has a place here",
  };
  /** What is said of one that finds nothing. */
  const fine: Readonly<Record<CheckId, string>> = {
    zip: "every file is there, and none leads outside",
    manifest: "learnware.yaml names a model that runs here",
    semantic: "in words and numbers that fit its model",
    model: "no code, no other files, no network",
    specification: "points and weights agree",
    honesty: "its points lie where data can lie",
    space: "what its kind of data has, on its scale",
    own_rows: "finite, different, twice the same",
    noise: "as many answers, and finite ones",
    edges: "missing, zero, huge and tiny",
    batches: "the same among 1, 10 and 1000 examples",
    speed: "for 1000 examples",
    sample: "on the examples that it makes public, if it does",
    island: "and nobody else’s",
  };
  return {
    checks,
    fine,
    findings,
    groups: { package: "The package", model: "The model, run", dock: "On this server" },
    states: { passed: "passed", warned: "worth a look", refused: "refused" },
    wait: "waits",
    seconds: (seconds: number) => `${f.number(Number(seconds.toPrecision(2)))} s`,
  };
}

export type ReportWords = ReturnType<typeof english>;
