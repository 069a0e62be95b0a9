import { EngineError } from "../../engine/ground/errors";
import type { Matrix } from "../../engine/ground/matrix";
import type { Task } from "../../engine/ground/task";
import type { ModelInput } from "../../engine/learnware/model-input";
import { type AdaptedModel, adaptModel } from "../../engine/pack/adapt";
import type { AdaptPlan, Answer, FixedValue } from "../../engine/pack/adapt-plan";
import {
  type AnswerWish,
  type ChosenAnswer,
  chooseClasses,
  chooseNumber,
  givesLabels,
  likelyOutput,
} from "../../engine/pack/choose-answer";
import type { ForeignModel } from "../../engine/pack/foreign-model";

/** Runs a model as clients will: proved to answer each row by itself. */
export type RunModel = (
  bytes: Uint8Array,
  names: Pick<AdaptedModel, "input" | "output">,
  rows: ModelInput,
) => Promise<Matrix<Float32Array>>;

/** What the person says of a model. */
export interface ModelWish {
  readonly wish: AnswerWish;
  /** Inputs that are the same for all rows. */
  readonly fixed: ReadonlyMap<string, FixedValue>;
  readonly run: RunModel;
}

/** One way to put rows in. */
export interface Taking extends Pick<AdaptPlan, "takes" | "feeds" | "portion"> {
  /** Rows by which it is told what the model gives, as the new input takes them. */
  readonly trial: (input: string) => ModelInput;
}

interface AdaptedTo<T extends Taking> {
  readonly model: AdaptedModel;
  readonly chosen: ChosenAnswer;
  readonly taking: T;
}

/**
 * What is written around a model: in the first way in which it can be run on some of the rows.
 *
 * @param classes - Of the rows' answers; none of numbers.
 * @throws EngineError `bad_model` if there is none; `bad_parameter` if what it gives is no answer.
 */
export async function adaptTo<T extends Taking>(
  model: ForeignModel,
  takings: Iterable<T>,
  asked: Task,
  classes: readonly string[],
  { wish, fixed, run }: ModelWish,
): Promise<AdaptedTo<T>> {
  let refusal: unknown = new EngineError("bad_model", "rows cannot be put into the model");
  for (const taking of takings) {
    const write = (answer: Answer) => adaptModel(model, { ...taking, fixed, answer });
    const say = (written: AdaptedModel) => run(written.bytes, written, taking.trial(written.input));
    try {
      const chosen = await answerIn(write, say);
      const written = write(chosen.answer);
      await say(written);
      return { chosen, model: written, taking };
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== "bad_model") throw error;
      refusal = error;
    }
  }
  throw refusal;

  async function answerIn(
    write: (answer: Answer) => AdaptedModel,
    say: (written: AdaptedModel) => Promise<Matrix>,
  ): Promise<ChosenAnswer> {
    const output = likelyOutput(model, wish);
    const { name } = output;
    if (asked === "classification" && givesLabels(output)) {
      return chooseClasses(name, null, model, classes, wish);
    }
    const said = await say(write({ form: "numbers", output: name }));
    return asked === "regression"
      ? chooseNumber(name, said, wish)
      : chooseClasses(name, said, model, classes, wish);
  }
}
