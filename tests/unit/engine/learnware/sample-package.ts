import { TABLE_SPECIFICATION } from "../../../../src/engine/learnware/manifest";
import type { NewPackage } from "../../../../src/engine/learnware/package";
import { fitStandardiser } from "../../../../src/engine/learner/linear/standardise";
import { exportOnnx } from "../../../../src/engine/learnware/onnx/onnx-export";
import { tableModel } from "../../../../src/engine/learnware/table-model";
import { buildSemantic } from "../../../../src/engine/learnware/semantic";

/** A linear model of `features` features that answers 0 whatever it is given. */
export function zeroModel(features: number): Uint8Array<ArrayBuffer> {
  return exportOnnx({
    task: "regression",
    features,
    standardiser: fitStandardiser({ data: new Float32Array(features), rows: 1, cols: features }),
    weights: { data: new Float64Array(features), rows: 1, cols: features },
    intercepts: Float64Array.of(0),
  });
}

/** A small regression learnware, complete and correct. */
export function samplePackage(model: Uint8Array = zeroModel(2)): NewPackage {
  return {
    manifest: {
      format: "berth-learnware-2",
      kind: "table",
      name: "Rent by size",
      model: tableModel(["size", "rooms"], {
        ...{ task: "regression", target: "rent", unit: "EUR", labels: [] },
      }),
      space: { id: "homes", version: 1 },
      stat_specifications: [TABLE_SPECIFICATION],
      semantic_specification: { file_name: "semantic_specification.json" },
      metrics: [{ name: "rmse", value: 1, trivial: 2, rows: 10 }],
      source: "made up",
    },
    semantic: buildSemantic({
      name: "Rent by size",
      description: "Predicts a rent.",
      data: "Table",
      task: "Regression",
      scenario: ["Business"],
      licence: "Apache-2.0",
      input: ["size in m²", "rooms"],
      output: ["rent in EUR"],
    }),
    stat: JSON.stringify({ z: [[0, 0]], beta: [1] }),
    model,
  };
}
