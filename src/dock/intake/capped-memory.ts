/**
 * @file onnxruntime-web 1.30 lets its heap grow to 4 GB and offers no setting for it, and a thread's
 * resource limits do not count WebAssembly: one model took the dock to 5.6 GB, with the cap to 0.4.
 * To be deleted when `env.wasm` takes a maximum.
 */

const PAGE_BYTES = 65_536;

/** From now on, no WebAssembly memory of this thread that script makes grows beyond this. */
export function capMemory(mostBytes: number): void {
  const mostPages = Math.floor(mostBytes / PAGE_BYTES);
  WebAssembly.Memory = class extends WebAssembly.Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      const { maximum = mostPages } = descriptor;
      super({ ...descriptor, maximum: Math.min(maximum, mostPages) });
    }
  };
}
