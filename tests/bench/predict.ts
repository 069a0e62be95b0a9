import { benchTrees } from "./predict-speed";
import type { Figure } from "./report";

/** How fast models run, beside onnxruntime's native build, and what memory predictions take. */
export async function benchPredict(): Promise<Figure[]> {
  return benchTrees();
}
