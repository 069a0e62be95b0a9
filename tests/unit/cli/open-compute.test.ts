import { expect, test } from "vitest";

import { openCompute } from "../../../src/cli/threads/open-compute";
import type { Compute } from "../../../src/engine/specification/kernel/compute";
import { normal, seededRandom } from "../../../src/engine/ground/random";
import { WasmCompute } from "../../../src/runtime/compute/wasm/wasm-compute";

test("the threads of the command line sum a large table as one thread does", async () => {
  const random = seededRandom(3);
  const x = Float32Array.from({ length: 600_000 }, () => normal(random));
  const z = { data: x.slice(0, 200), rows: 20, cols: 10 };
  const answers = async (compute: Compute) => {
    const rows = await compute.load({ data: x, rows: 60_000, cols: 10 });
    const answer = { ...(await rows.kernelPull(z, 0.05)), nearest: await rows.nearest(z) };
    rows.dispose();
    compute.dispose();
    return answer;
  };
  const [many, one] = [
    await answers(await openCompute()),
    await answers(await WasmCompute.create()),
  ];
  expect(many.nearest).toEqual(one.nearest);
  // Where shares end, sums in single precision are cut elsewhere.
  many.means.forEach((mean, j) => expect(mean).toBeCloseTo(one.means[j]!, 7));
  many.pull.data.forEach((mean, j) => expect(mean).toBeCloseTo(one.pull.data[j]!, 7));
});
