/** @file One pass of kernel means on the GPU beside a plain matrix product on the same device. */

import type { Matrix } from "../../src/engine/ground/matrix";
import { seededRandom } from "../../src/engine/ground/random";
import type { OwnedDevice } from "../../src/runtime/device";
import { GpuPrograms } from "../../src/runtime/compute/webgpu/gpu-program";
import { WasmCompute } from "../../src/runtime/compute/wasm/wasm-compute";
import { WebGpuCompute } from "../../src/runtime/compute/webgpu/webgpu-compute";
import { openNodeGpu } from "./node-gpu";
import { type Figure, median } from "./report";
import { madeUpTable } from "./spec-tables";

/** What Node has to compute on. A software adapter is never measured. */
export type GpuKind = "none" | "software" | "hardware";

/** Rows of the pass, and side of the square product: of a GPU, and to see that it all runs. */
const SIZES = { hardware: { rows: 1_000_000, side: 4096 }, software: { rows: 3000, side: 128 } };
const COLS = 50;
const POINTS = 100;
const GAMMA = 0.01;
/** Times that each is done, after as many that warm up. */
const REPEATS = 5;
const TILE = 16;
/** Largest error of means in single precision, and of a product of numbers below 1 for its length. */
const TOLERANCE = 1e-5;

/** The product of two square matrices in tiles of workgroup memory, as in every textbook. */
const MATMUL = /* wgsl */ `
@group(0) @binding(0) var<uniform> side: vec4<u32>;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
@group(0) @binding(3) var<storage, read_write> product: array<f32>;
var<workgroup> left: array<f32, ${TILE * TILE}>;
var<workgroup> right: array<f32, ${TILE * TILE}>;
@compute @workgroup_size(${TILE}, ${TILE})
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(local_invocation_id) t: vec3<u32>) {
  let n = side.x;
  let own = t.y * ${TILE}u + t.x;
  var sum = 0.0;
  for (var base = 0u; base < n; base += ${TILE}u) {
    left[own] = a[id.y * n + base + t.x];
    right[own] = b[(base + t.y) * n + id.x];
    workgroupBarrier();
    for (var k = 0u; k < ${TILE}u; k++) { sum += left[t.y * ${TILE}u + k] * right[k * ${TILE}u + t.x]; }
    workgroupBarrier();
  }
  product[id.y * n + id.x] = sum;
}`;

/** Throughput of both, where Node has a GPU; otherwise a line says how it could have one. */
export async function benchGpu(
  allowSoftware: boolean,
): Promise<{ readonly kind: GpuKind; readonly figures: readonly Figure[] }> {
  const { owner, reason } = await openNodeGpu(allowSoftware);
  if (!owner) {
    console.log(`no webgpu rows: ${reason}`);
    return { kind: "none", figures: [] };
  }
  const { vendor, architecture, description, isFallbackAdapter } = owner.info;
  const kind = isFallbackAdapter ? "software" : "hardware";
  console.log(`webgpu: ${[vendor, architecture, description].join(" ")} (${kind})`);
  try {
    const pass = await kernelPass(owner, SIZES[kind].rows);
    const product = await matrixProduct(owner, SIZES[kind].side);
    if (kind === "software") {
      console.log("webgpu: both passes are right; a software adapter's times say nothing of a GPU");
      return { kind, figures: [] };
    }
    const figure = (metric: string, unit: string, value: number, baseline?: number): Figure => ({
      suite: "spec",
      case: `gpu/means-n${SIZES[kind].rows}-d${COLS}-m${POINTS}`,
      metric,
      unit,
      value,
      ...(baseline !== undefined && { baseline }),
    });
    return {
      kind,
      figures: [
        figure("seconds", "s", pass.seconds),
        figure("gflops", "GFLOP/s", pass.gflops, product.gflops),
        figure("percent_of_matmul", "%", (100 * pass.gflops) / product.gflops),
      ],
    };
  } finally {
    owner.dispose();
  }
}

interface Throughput {
  /** Median of the repeats, from the call to the answer. */
  readonly seconds: number;
  readonly gflops: number;
}

/** Counts a subtraction, a multiplication and an addition per number and point, not the exponential. */
async function kernelPass(owner: OwnedDevice, n: number): Promise<Throughput> {
  const x = madeUpTable(n, COLS);
  const z: Matrix = { data: x.data.slice(0, POINTS * COLS), rows: POINTS, cols: COLS };
  const rows = await new WebGpuCompute(owner).load(x);
  const means = await rows.kernelMeans(z, GAMMA);
  const expected = await (await (await WasmCompute.create()).load(x)).kernelMeans(z, GAMMA);
  if (!means.every((mean, j) => Math.abs(mean - expected[j]!) <= TOLERANCE)) {
    throw new Error("the GPU's kernel means are not those of WASM");
  }
  const seconds = await middleOf(() => rows.kernelMeans(z, GAMMA));
  rows.dispose();
  return { seconds, gflops: (3 * n * POINTS * COLS) / seconds / 1e9 };
}

async function matrixProduct(owner: OwnedDevice, side: number): Promise<Throughput> {
  const programs = new GpuPrograms(owner);
  const pipeline = await programs.compile(MATMUL);
  const random = seededRandom(1);
  const [a, b] = [0, 1].map(() => Float32Array.from({ length: side * side }, random));
  const buffers = await programs.allocate([a!, b!, a!].map(({ byteLength }) => byteLength));
  owner.device.queue.writeBuffer(buffers[0]!, 0, a!);
  owner.device.queue.writeBuffer(buffers[1]!, 0, b!);
  const params = new Uint32Array([side, 0, 0, 0]).buffer;
  const groups = [side / TILE, side / TILE] as const;
  const seconds = await middleOf(async () => {
    programs.submit([{ pipeline, params, buffers, groups }]);
    await programs.finish();
  });
  const product = new Float32Array(await programs.read(buffers[2]!, 4 * side * side));
  let last = 0;
  for (let k = 0; k < side; k++) last += a![(side - 1) * side + k]! * b![(k + 1) * side - 1]!;
  if (!(Math.abs(product.at(-1)! - last) <= TOLERANCE * side)) {
    throw new Error("the GPU's matrix product is wrong");
  }
  buffers.forEach((buffer) => buffer.destroy());
  return { seconds, gflops: (2 * side ** 3) / seconds / 1e9 };
}

async function middleOf(work: () => Promise<unknown>): Promise<number> {
  const seconds: number[] = [];
  for (let repeat = 0; repeat < 2 * REPEATS; repeat++) {
    const start = performance.now();
    await work();
    seconds.push((performance.now() - start) / 1000);
  }
  return median(seconds.slice(REPEATS));
}
