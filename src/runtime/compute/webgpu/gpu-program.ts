import type { OwnedDevice } from "../../device";

/** The params of every row kernel in wgsl.ts, in the order of its struct. */
export interface RowParams {
  readonly rows: number;
  readonly points: number;
  readonly cols: number;
  readonly first: number;
  readonly perGroup: number;
  readonly slot: number;
  readonly gamma: number;
}

export interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  /** The uniform struct, bound first. */
  readonly params: ArrayBuffer;
  /** Bound after it, in order. */
  readonly buffers: readonly GPUBuffer[];
  readonly groups: readonly [x: number, y?: number];
}

/** Compiles shaders once, and runs dispatches in order. */
export class GpuPrograms {
  readonly owner: OwnedDevice;
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(owner: OwnedDevice) {
    this.owner = owner;
  }

  /** @throws DeviceFailure if the shader is not accepted. */
  async compile(code: string): Promise<GPUComputePipeline> {
    let pipeline = this.#pipelines.get(code);
    if (!pipeline) {
      const { device } = this.owner;
      pipeline = this.owner.create("validation", () =>
        device.createComputePipelineAsync({
          layout: "auto",
          compute: { module: device.createShaderModule({ code }), entryPoint: "main" },
        }),
      );
      this.#pipelines.set(code, pipeline);
    }
    return pipeline;
  }

  /** Buffers that the device says it cannot hold make this throw, and leave none behind. */
  async allocate(sizes: readonly number[], extraUsage = 0): Promise<GPUBuffer[]> {
    const { device } = this.owner;
    const usage =
      GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC | extraUsage;
    return this.owner.create("out-of-memory", () =>
      sizes.map((size) => device.createBuffer({ size: Math.ceil(size / 4) * 4, usage })),
    );
  }

  /** Submit dispatches together; they run one after the other. */
  submit(dispatches: readonly Dispatch[]): void {
    const { device } = this.owner;
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    const uniforms = dispatches.map(({ pipeline, params, buffers, groups }) => {
      const uniform = device.createBuffer({
        size: Math.max(16, params.byteLength),
        usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      });
      device.queue.writeBuffer(uniform, 0, params);
      pass.setPipeline(pipeline);
      pass.setBindGroup(
        0,
        device.createBindGroup({
          layout: pipeline.getBindGroupLayout(0),
          entries: [uniform, ...buffers].map((buffer, binding) => ({
            binding,
            resource: { buffer },
          })),
        }),
      );
      pass.dispatchWorkgroups(groups[0], groups[1] ?? 1);
      return uniform;
    });
    pass.end();
    device.queue.submit([encoder.finish()]);
    uniforms.forEach((uniform) => uniform.destroy());
  }

  /** Wait until everything submitted is done. */
  async finish(): Promise<void> {
    await this.owner.settle(this.owner.device.queue.onSubmittedWorkDone());
  }

  /** A copy of the first `bytes` bytes of a buffer. */
  async read(buffer: GPUBuffer, bytes: number): Promise<ArrayBuffer> {
    const { device } = this.owner;
    const staging = device.createBuffer({
      size: bytes,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
    try {
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(buffer, 0, staging, 0, bytes);
      device.queue.submit([encoder.finish()]);
      await this.owner.settle(staging.mapAsync(GPUMapMode.READ));
      return staging.getMappedRange().slice(0);
    } finally {
      staging.destroy();
    }
  }
}

/** The bytes of the struct `Params` in wgsl.ts. */
export function rowParams(p: RowParams): ArrayBuffer {
  const bytes = new ArrayBuffer(32);
  new Uint32Array(bytes).set([p.rows, p.points, p.cols, p.first, p.perGroup, p.slot]);
  new Float32Array(bytes)[6] = p.gamma;
  return bytes;
}
