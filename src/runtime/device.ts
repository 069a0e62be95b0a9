/** @file The one owner of the GPU device: asks for it, raises its limits, and lets no failure of it pass in silence. */

/** A GPU or a helper thread went away or refused work. The rows can be summed again elsewhere. */
export class DeviceFailure extends Error {
  override readonly name = "DeviceFailure";
}

/** What a storage buffer may hold where the adapter's own limit is higher: larger ones fail on some drivers. */
const LARGEST_BUFFER_BYTES = 128 * 2 ** 20;

export class OwnedDevice {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo;
  #failure: DeviceFailure | null = null;
  readonly #failed: Promise<never>;

  private constructor(device: GPUDevice, info: GPUAdapterInfo) {
    this.device = device;
    this.info = info;
    this.#failed = new Promise((_, reject) => {
      const fail = (message: string, cause?: unknown) => {
        this.#failure ??= new DeviceFailure(message, { cause });
        reject(this.#failure);
      };
      void device.lost.then(({ reason, message }) => {
        fail(`the GPU device was lost (${reason}): ${message}`);
      });
      device.addEventListener("uncapturederror", ({ error }) => {
        fail(`the GPU refused work: ${error.message}`, error);
      });
    });
    this.#failed.catch(() => undefined); // Reported by each use, so not an unhandled rejection.
  }

  /**
   * Open the high-performance adapter with the limits it has, not the low defaults.
   *
   * @returns Null when there is no adapter, or only a software one and that is not wanted.
   */
  static async open(allowSoftware: boolean): Promise<OwnedDevice | null> {
    // Node 20 has no navigator, and an insecure origin has no gpu.
    const { navigator } = globalThis as { readonly navigator?: { readonly gpu?: GPU } };
    const adapter = await navigator?.gpu?.requestAdapter({ powerPreference: "high-performance" });
    if (!adapter || (adapter.info.isFallbackAdapter && !allowSoftware)) return null;
    const { limits } = adapter;
    const device = await adapter.requestDevice({
      requiredLimits: {
        maxBufferSize: limits.maxBufferSize,
        maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
        maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
        maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
        maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
        maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      },
    });
    return new OwnedDevice(device, adapter.info);
  }

  /** Most bytes one storage buffer should hold. */
  get largestBufferBytes(): number {
    const { maxStorageBufferBindingSize, maxBufferSize } = this.device.limits;
    return Math.min(maxStorageBufferBindingSize, maxBufferSize, LARGEST_BUFFER_BYTES);
  }

  /** @throws DeviceFailure if the device was lost or refused earlier work. */
  check(): void {
    if (this.#failure) throw this.#failure;
  }

  /**
   * Wait for the GPU's answer.
   *
   * @throws DeviceFailure if the device is lost or refuses work before it comes, or had refused it.
   */
  async settle<T>(answer: Promise<T>): Promise<T> {
    this.check();
    try {
      const value = await Promise.race([answer, this.#failed]);
      this.check();
      return value;
    } catch (cause) {
      this.check();
      throw new DeviceFailure("the GPU did not finish its work", { cause });
    }
  }

  /**
   * Make pipelines or buffers, and hear of it at once if the device does not accept them: an
   * invalid shader otherwise runs as if it were empty and leaves zeros.
   *
   * @throws DeviceFailure if the device refuses.
   */
  async create<T>(filter: GPUErrorFilter, make: () => T | Promise<T>): Promise<T> {
    this.check();
    this.device.pushErrorScope(filter);
    let made: T;
    try {
      made = await make();
    } catch (cause) {
      void this.device.popErrorScope().catch(() => undefined);
      throw new DeviceFailure("the GPU refused a shader or a buffer", { cause });
    }
    const error = await this.settle(this.device.popErrorScope());
    if (error) throw new DeviceFailure(`the GPU refused: ${error.message}`, { cause: error });
    return made;
  }

  dispose(): void {
    this.device.destroy();
  }
}
