import wasmUrl from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";

import { AppError } from "../../contracts/outcome";

/** The ONNX engine's WASM, fetched when the first model is about to run. Its bytes stay out of the page. */
export async function fetchOrtWasm(): Promise<Blob> {
  try {
    const response = await fetch(wasmUrl);
    if (response.ok) return await response.blob();
  } catch (cause) {
    throw new AppError("network_failed", "the model engine could not be fetched", {}, { cause });
  }
  throw new AppError("network_failed", "the model engine could not be fetched");
}
