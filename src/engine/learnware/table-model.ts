import type { Manifest } from "./manifest";
import { GRAPH_NAMES } from "./onnx/onnx-export";
import type { RunnableModel } from "./runnable-model";

/** What a manifest says of a model that Berth exported: from features of a table to a number, or to probabilities. */
export function tableModel(
  features: readonly string[],
  {
    task,
    target,
    unit,
    labels,
  }: Pick<RunnableModel, "task" | "target" | "labels"> & { readonly unit?: string | undefined },
): Manifest["model"] {
  return {
    format: "onnx",
    file_name: "model.onnx",
    input: { type: "features", name: GRAPH_NAMES.input, features: [...features] },
    output:
      task === "regression"
        ? { type: "numbers", name: GRAPH_NAMES.values, names: [target] }
        : { type: "scores", name: GRAPH_NAMES.probabilities, labels: [...labels] },
    task,
    target,
    ...(unit !== undefined && { unit }),
  };
}
