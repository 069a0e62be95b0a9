import { EngineError } from "../ground/errors";
import { wrongKey } from "../ground/wrong-key";
import { SemanticSpecification } from "./manifest";
import { semanticValues } from "./semantic-values";

export interface SemanticDescription {
  readonly name: string;
  /** Markdown. */
  readonly description: string;
  readonly data: (typeof semanticValues.Data)[number];
  readonly task: (typeof semanticValues.Task)[number];
  /** Default ONNX. */
  readonly library?: (typeof semanticValues.Library)[number];
  /** Values that are not in the list become "Others". */
  readonly scenario: readonly string[];
  /** A value that is not in the list becomes "Others". */
  readonly licence: string;
  /** What each input column is, in order; needed for tables. */
  readonly input?: readonly string[];
  /** What each output is: one text for a number, one per class otherwise. */
  readonly output?: readonly string[];
}

/**
 * A semantic specification from a plain description.
 *
 * @throws EngineError `bad_specification` if what comes out would not pass `checkSemantic`.
 */
export function buildSemantic(about: SemanticDescription): SemanticSpecification {
  const scenarios = about.scenario.map((value) => listed(semanticValues.Scenario, value));
  const semantic: SemanticSpecification = {
    Data: { Values: [about.data], Type: "Class" },
    Task: { Values: [about.task], Type: "Class" },
    Library: { Values: [about.library ?? "ONNX"], Type: "Class" },
    Scenario: { Values: scenarios.length > 0 ? [...new Set(scenarios)] : ["Others"], Type: "Tag" },
    License: { Values: [listed(semanticValues.License, about.licence)], Type: "Class" },
    Name: { Values: about.name, Type: "String" },
    Description: { Values: about.description, Type: "String" },
    ...(about.input ? { Input: dimensions(about.input) } : {}),
    ...(about.output ? { Output: dimensions(about.output) } : {}),
  };
  checkSemantic(semantic);
  return semantic;
}

function listed(allowed: readonly string[], value: string): string {
  const wanted = value.trim().toLowerCase();
  return allowed.find((candidate) => candidate.toLowerCase() === wanted) ?? "Others";
}

function dimensions(texts: readonly string[]): NonNullable<SemanticSpecification["Input"]> {
  return { Dimension: texts.length, Description: Object.fromEntries(texts.entries()) };
}

/**
 * Check a semantic specification as the Python package's market does: all seven keys, one allowed
 * value where there is one choice, at least one allowed tag, texts that are not empty, an input for
 * tables, an output for classification (two classes or more) and regression.
 *
 * @param content - Parsed JSON of any kind.
 * @returns The same, typed.
 * @throws EngineError `bad_specification` naming the key.
 */
export function checkSemantic(content: unknown): SemanticSpecification {
  const parsed = SemanticSpecification.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new EngineError("bad_specification", `semantic specification${wrongKey(parsed.error)}`, {
      key: issue?.path.join(".").slice(0, 100) ?? "",
    });
  }
  const semantic = parsed.data;
  for (const key of ["Data", "Task", "Library", "License"] as const) {
    const values = semantic[key].Values;
    if (values.length !== 1) refuse(key, `needs exactly one value, got ${values.length}`);
    checkListed(key, values);
  }
  if (semantic.Scenario.Values.length === 0) refuse("Scenario", "needs at least one value");
  checkListed("Scenario", semantic.Scenario.Values);
  for (const key of ["Name", "Description"] as const) {
    if (semantic[key].Values.length === 0) refuse(key, "must not be empty");
  }
  if (semantic.Data.Values[0] === "Table") checkDimensions("Input", semantic.Input, 1);
  const task = semantic.Task.Values[0];
  if (task === "Regression") checkDimensions("Output", semantic.Output, 1);
  if (task === "Classification") checkDimensions("Output", semantic.Output, 2);
  return semantic;
}

function checkListed(key: keyof typeof semanticValues, values: readonly string[]): void {
  const allowed: readonly string[] = semanticValues[key];
  const wrong = values.find((value) => !allowed.includes(value));
  if (wrong !== undefined) {
    refuse(key, `has the value "${wrong.slice(0, 100)}"; allowed are ${allowed.join(", ")}`);
  }
}

function checkDimensions(
  key: "Input" | "Output",
  section: SemanticSpecification["Input"],
  atLeast: number,
): void {
  if (!section) refuse(key, "is missing");
  if (section.Dimension < atLeast) {
    refuse(key, `needs a Dimension of ${atLeast} or more, got ${section.Dimension}`);
  }
  for (const index of Object.keys(section.Description)) {
    if (!/^\d+$/.test(index) || Number(index) >= section.Dimension) {
      refuse(key, `describes the index "${index}", which is not below ${section.Dimension}`);
    }
  }
}

function refuse(key: string, why: string): never {
  throw new EngineError("bad_specification", `semantic specification: ${key} ${why}`, { key });
}
