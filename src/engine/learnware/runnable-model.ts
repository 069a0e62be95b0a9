import { EngineError } from "../ground/errors";
import { plainText } from "../ground/plain-text";
import type { Task } from "../ground/task";
import type { Manifest } from "./manifest";
import type { InputForm } from "./model-forms";

/** What has to be known of a model to run it on a user's data. */
export interface RunnableModel {
  readonly task: Task;
  /** What is predicted. */
  readonly target: string;
  readonly unit?: string;
  /** Features of the space in the model's own order; none of other kinds than tables. */
  readonly features: readonly string[];
  /** What a model of images takes. */
  readonly form?: Extract<InputForm, { type: "image" | "embedding" }>;
  /** Class names in the order of the output's columns; empty for regression. */
  readonly labels: readonly string[];
  /** Names in the ONNX graph. */
  readonly input: string;
  readonly output: string;
}

/** What models of each kind take. */
const FORMS: Readonly<Record<Manifest["kind"], readonly InputForm["type"][]>> = {
  image: ["image", "embedding"],
  table: ["features"],
  text: ["text"],
};

/**
 * The model of a learnware, if Berth can run it: from the features of a table, from texts or from images to one number, or to
 * a score of each class.
 *
 * @throws EngineError `unsupported_kind` for any other.
 */
export function runnableModel({ kind, model }: Pick<Manifest, "kind" | "model">): RunnableModel {
  const { input, output, task, target, unit } = model;
  if (!FORMS[kind].includes(input.type)) {
    throw unsupported(`models that take an input of the form "${input.type}"`, input.type);
  }
  const about = {
    ...{
      task,
      target: plainText(target),
      features: input.type === "features" ? input.features : [],
      input: input.name,
      output: output.name,
    },
    ...(unit !== undefined && { unit: plainText(unit) }),
    ...((input.type === "image" || input.type === "embedding") && { form: input }),
  };
  if (output.type === "scores") return { ...about, labels: output.labels.map(plainText) };
  if (output.type === "numbers" && output.names.length === 1) return { ...about, labels: [] };
  throw unsupported(
    output.type === "numbers"
      ? `models that give ${output.names.length} numbers`
      : `models that give an output of the form "${output.type}"`,
    output.type,
  );
}

function unsupported(what: string, form: string): EngineError {
  return new EngineError("unsupported_kind", `Berth cannot run ${what} yet`, { form });
}
