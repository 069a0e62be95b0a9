import { benchPage } from "./predict-page";
import { benchTrees } from "./predict-speed";
import { benchStream } from "./predict-stream";
import type { Figure } from "./report";

/**
 * How fast models run, beside onnxruntime's native build where that is installed, and what tables of many
 * rows take from the command line.
 *
 * @param inPage - Measure in the built page instead.
 */
export async function benchPredict(inPage: boolean): Promise<Figure[]> {
  return inPage ? benchPage() : [...(await benchTrees()), ...(await benchStream())];
}
