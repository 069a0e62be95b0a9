import { finish } from "../../../../src/engine/ground/finish";
import type { ReuseTask, Reused, Reuser } from "../../../../src/engine/reuse/reuser";
import type { RowBlock } from "../../../../src/engine/reuse/rows/row-block";

/** Fit a reuser and ask it about a block. */
export async function reuse(reuser: Reuser, task: ReuseTask, block: RowBlock): Promise<Reused> {
  return (await finish(reuser.fit(task))).predict(block);
}
