import type { Compute, ComputeName } from "../../engine/specification/kernel/compute";
import { randomFeatures } from "../../engine/specification/kernel/random-features";
import { ReferenceCompute } from "../../engine/specification/kernel/reference-compute";
import type { Matrix } from "../../engine/ground/matrix";
import { normal, seededRandom } from "../../engine/ground/random";
import { OwnedDevice } from "../device";
import type { Breathe } from "../threads/next-task";
import { ParallelCompute, type Threads } from "./parallel/parallel-compute";
import { WasmCompute } from "./wasm/wasm-compute";
import { WebGpuCompute } from "./webgpu/webgpu-compute";

/** Largest difference from the reference that the start-up self-test of a GPU allows. */
const TOLERANCE = 1e-5;

/**
 * The implementation of the kernel sums to use here. `auto`: a hardware GPU that passes its
 * self-test, else WASM, else plain loops. `webgpu` also takes a software adapter; without any
 * adapter it falls back like `auto`.
 *
 * @param breathe - Awaited between slices of work; may throw to stop the job.
 * @param threads - For WASM: without, one thread.
 */
export async function chooseCompute(
  choice: ComputeName | "auto",
  breathe?: Breathe,
  threads?: Threads,
): Promise<Compute> {
  if (choice === "typescript") return new ReferenceCompute();
  if (choice !== "wasm") {
    const gpu = await openGpu(choice === "webgpu", breathe);
    if (gpu) return gpu;
  }
  try {
    return threads
      ? await ParallelCompute.create(threads, breathe)
      : await WasmCompute.create(breathe);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return new ReferenceCompute();
    throw error;
  }
}

/** A GPU that gives right answers, or null. A GPU that fails here is no error: there is always WASM. */
async function openGpu(allowSoftware: boolean, breathe?: Breathe): Promise<Compute | null> {
  let owner: OwnedDevice | null = null;
  try {
    owner = await OwnedDevice.open(allowSoftware);
    if (!owner) return null;
    const compute = new WebGpuCompute(owner, breathe);
    if (await passesSelfTest(compute)) return compute;
  } catch {
    // Drivers fail in more ways than there are names for; any of them means: not this GPU.
  }
  owner?.dispose();
  return null;
}

/** Compare with the reference on a small problem: few columns, then more than one pass can fuse. */
async function passesSelfTest(compute: Compute): Promise<boolean> {
  for (const cols of [3, 70]) {
    const random = seededRandom(cols);
    const x = matrix(90, cols, () => normal(random));
    const z = matrix(7, cols, () => normal(random));
    const gamma = 1 / (2 * cols);
    const features = randomFeatures({ cols, gamma, seed: "self-test", count: 8 });
    const [actual, expected] = await Promise.all(
      [compute, new ReferenceCompute()].map(async (one) => {
        const rows = await one.load(x);
        const { means, pull } = await rows.kernelPull(z, gamma);
        const { index } = await rows.nearest(z);
        const sums = [...(await rows.kernelMeans(z, gamma)), ...means, ...pull.data];
        const sketch = await rows.featureMeans(features);
        rows.dispose();
        return [...sums, ...sketch, ...index];
      }),
    );
    if (!actual!.every((value, i) => Math.abs(value - expected![i]!) <= TOLERANCE)) return false;
  }
  return true;
}

function matrix(rows: number, cols: number, next: () => number): Matrix<Float32Array> {
  return { data: Float32Array.from({ length: rows * cols }, next), rows, cols };
}
