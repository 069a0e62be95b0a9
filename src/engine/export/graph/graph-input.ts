import { EngineError } from "../../ground/errors";
import type { Space } from "../../kinds/table/space/space";
import { TEXTS } from "../../kinds/text/train/text-graph";
import type { CandidateSpec } from "../../specification/candidate-spec";
import type { GraphBuilder } from "./graph-builder";
import type { InputLayout } from "./input-layout";
import { type RowWeights, writeRowWeights } from "./row-weights-graph";

/** What the graph of a way of reuse takes. */
export interface GraphInput {
  /** What a model gets that takes these features. */
  columnsOf(features: readonly string[]): string;
  /** The user's own columns. @throws EngineError `not_exportable` if there are none. */
  own(): string;
  /** Weights by what each row looks like. @throws EngineError `not_exportable` if a graph cannot tell. */
  rowWeights(
    specs: readonly CandidateSpec[],
    usual: Float64Array,
    shares: Float64Array,
  ): RowWeights;
}

export function tableInput(builder: GraphBuilder, layout: InputLayout, space: Space): GraphInput {
  return {
    columnsOf: (features) => layout.columnsOf(features),
    own: () => layout.own(),
    rowWeights: (...of) => writeRowWeights(builder, layout, space, ...of),
  };
}

/** Texts are what every model takes, as they are. */
export const textInput: GraphInput = {
  columnsOf: () => TEXTS,
  own: () => refuse("this way learns from what the texts mean to Berth"),
  rowWeights: () => refuse("this way weighs each text by what it means to Berth"),
};

function refuse(why: string): never {
  const message = `${why}, which one model file cannot tell: take another way, such as average, vote or prune`;
  throw new EngineError("not_exportable", message, { reason: "kind" });
}
