import wasmUrl from "onnxruntime-web/ort-wasm-simd-threaded.wasm?url";

import { AppError } from "../../contracts/outcome";
import { concatenate } from "../../engine/ground/bytes";
import type { Call } from "../../contracts/workers/call";

/** The ONNX engine's WASM, fetched when the first model is about to run. Its bytes stay out of the page. */
export async function fetchOrtWasm(): Promise<Blob> {
  return (await fetchWasm()).blob();
}

/** The same, to be handed over. Progress counts bytes where the server tells how many there are. */
export async function fetchOrtBytes({ signal, onProgress }: Call = {}): Promise<Uint8Array> {
  const response = await fetchWasm(signal);
  const total = Number(response.headers.get("content-length") ?? 0);
  const isPlain = !response.headers.has("content-encoding");
  const parts: Uint8Array[] = [];
  let done = 0;
  try {
    const reader = response.body!.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      parts.push(read.value);
      done += read.value.length;
      if (isPlain && total > 0) onProgress?.({ stage: "download", done, total });
    }
  } catch (cause) {
    throw failed(signal, cause);
  }
  return concatenate(parts);
}

async function fetchWasm(signal?: AbortSignal): Promise<Response> {
  try {
    const response = await fetch(wasmUrl, { signal: signal ?? null });
    if (response.ok) return response;
  } catch (cause) {
    throw failed(signal, cause);
  }
  throw failed();
}

function failed(signal?: AbortSignal, cause?: unknown): AppError {
  signal?.throwIfAborted();
  return new AppError("network_failed", "the model engine could not be fetched", {}, { cause });
}
