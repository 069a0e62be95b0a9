import type { Matrix } from "../ground/matrix";
import type { CandidateSpec } from "../specification/candidate-spec";
import type { ModelInput } from "./model-input";
import type { RunnableModel } from "./runnable-model";

/** A learnware that can be run. */
export interface RunnableLearnware {
  readonly id: string;
  readonly about: RunnableModel;
  /** Null if its training data were not described. */
  readonly spec: CandidateSpec | null;
  /** ≥ 0: how much it is to count, if that is settled; null if the rows are to tell. All are, or none. */
  readonly share: number | null;
  /**
   * @param inputs - What the model takes of n rows, as the kind of data makes it.
   * @returns Shape [n, outputs].
   * @throws EngineError if the model is at fault.
   */
  readonly run: (inputs: readonly ModelInput[]) => Promise<Matrix>;
}
