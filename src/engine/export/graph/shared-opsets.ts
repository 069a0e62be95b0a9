import { EngineError } from "../../ground/errors";
import { OPSETS } from "../../learnware/onnx/onnx-codec";
import type { EmbeddedModel } from "./embed-model";

/** Standard operators whose nodes mean the same in every opset from 9 to 22. */
const LASTING = new Set(
  `Abs Add And Ceil Concat Constant ConstantOfShape Cos Div Equal Erf Exp Expand Flatten Floor Gather Gemm
   Greater GreaterOrEqual Identity IsNaN Less LessOrEqual Log MatMul Max Mean Min Mul Neg Not Or Pow
   Reciprocal Relu Reshape Shape Sigmoid Sign Sin Sqrt Sub Sum Tanh Transpose Where Xor`.split(
    /\s+/,
  ),
);
/** Of the tabular domain all operators have kept their meaning until 3; from 5 on tree operators are others. */
const LASTING_TABULAR = 3;
const EARLIEST = 9;

/**
 * One version per domain under which the nodes of several models, and those that Berth writes, mean what they did.
 *
 * @throws EngineError `not_exportable` with `operator` for the first one that would mean something else.
 */
export function sharedOpsets(models: readonly EmbeddedModel[]): Map<string, number> {
  const shared = new Map(OPSETS);
  for (const { opsets } of models) {
    for (const [domain, version] of opsets) {
      shared.set(domain, Math.max(version, shared.get(domain) ?? 0));
    }
  }
  for (const { opsets, operators } of models) {
    for (const { operator, domain } of operators) {
      const [own, now] = [opsets.get(domain) ?? 0, shared.get(domain) ?? 0];
      if (own === now) continue;
      const lasts =
        domain === "ai.onnx.ml" ? now <= LASTING_TABULAR : own >= EARLIEST && LASTING.has(operator);
      if (lasts) continue;
      throw new EngineError(
        "not_exportable",
        `operator ${operator} of opset ${own} cannot stand in one model with opset ${now}`,
        { operator },
      );
    }
  }
  return shared;
}
