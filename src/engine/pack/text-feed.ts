import { EngineError } from "../ground/errors";
import type { OnnxValue } from "../learnware/onnx/onnx-codec";
import type { Feed, Portion } from "./adapt-plan";

/**
 * How texts go into a model: one in each row, as [N], [N, 1] or the only one.
 *
 * @throws EngineError `bad_model` if the input takes no texts, or several of each row.
 */
export function textFeed({ name, element, shape }: OnnxValue, portion: Portion): Feed {
  const sizes = (portion === "example" ? shape : shape?.slice(1)) ?? [];
  if (element === "string" && sizes.every((size) => size === null || size === 1)) {
    return { input: name, element, shape: sizes.map(() => 1), parts: null };
  }
  const lies = shape?.map((size) => size ?? "?").join(", ") ?? "?";
  const reason = `the input "${name}" [${lies}] takes ${element === "string" ? "several texts" : "numbers"}: a model of texts takes one text of each row, as [N] or [N, 1] strings`;
  throw new EngineError("bad_model", reason);
}
