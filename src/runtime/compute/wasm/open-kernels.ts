/** @file What the users of compiled kernels share: opening a module and laying out its memory. */

const PAGE_BYTES = 65536;
/** Rows lie in blocks of eight, so that one load takes the same column of four rows. */
export const BLOCK = 8;

/** What every compiled kernel exports beside its functions. */
export interface KernelMemory {
  readonly memory: WebAssembly.Memory;
  /** The first byte that may be used. */
  heapBase(): number;
}

/**
 * The fused build of a module where this engine takes it, else the plain one.
 *
 * @throws WebAssembly.CompileError where SIMD or WebAssembly is not to be had.
 */
export async function compileKernels(
  plainBase64: string,
  fusedBase64: string,
): Promise<WebAssembly.Module> {
  const fused = bytesOf(fusedBase64);
  return WebAssembly.compile(WebAssembly.validate(fused) ? fused : bytesOf(plainBase64));
}

/** An instance of a compiled module, with a memory of its own. */
export async function openKernels<T extends KernelMemory>(module: WebAssembly.Module): Promise<T> {
  const { exports } = await WebAssembly.instantiate(module);
  return exports as unknown as T;
}

/**
 * Makes the memory at least so long; views of it that were taken before are void.
 *
 * @throws RangeError when it cannot grow so far.
 */
export function growTo(memory: WebAssembly.Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing <= 0) return;
  try {
    memory.grow(Math.ceil(missing / PAGE_BYTES));
  } catch (cause) {
    throw new RangeError(`WebAssembly memory cannot grow to ${bytes} bytes`, { cause });
  }
}

/** The next offset at which a vector may lie. */
export function align(offset: number): number {
  return Math.ceil(offset / 16) * 16;
}

/**
 * Lays rows out as [block][column][8].
 *
 * @param from - Shape [rows, cols].
 * @param to - Shape [⌈rows / 8⌉, cols, 8].
 * @param padding - What the rows that fill up the last block are made of.
 */
export function packBlocks(
  from: Float32Array | Float64Array,
  cols: number,
  to: Float32Array,
  padding: number,
): void {
  to.fill(padding);
  const rows = from.length / cols;
  for (let row = 0; row < rows; row++) {
    const start = (row - (row % BLOCK)) * cols + (row % BLOCK);
    for (let k = 0; k < cols; k++) to[start + k * BLOCK] = from[row * cols + k]!;
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}
