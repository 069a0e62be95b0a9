/** @file onnxruntime's native build, a tool of 290 MB that `npm ci` leaves out. */

import { mkdirSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import type * as Runtime from "onnxruntime-web/wasm";

const NAME = "onnxruntime-node";
const WASM = "onnxruntime-web";
// Its install script would fetch CUDA libraries.
const INSTALL = `npm install --no-save --ignore-scripts ${NAME}@1.30`;
const require = createRequire(import.meta.url);

/** The native build, which has the same interface; null where it is not installed. */
export const nativeRuntime: typeof Runtime | null = isInstalled()
  ? (require(NAME) as typeof Runtime)
  : null;

/** One sentence for those who miss it. */
export const HOW_TO_COMPARE = `To compare with the native build of onnxruntime, run: ${INSTALL}`;

/** Let an exported script in this folder find onnxruntime. */
export function installRuntime(folder: string): void {
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  symlinkSync(join(import.meta.dirname, "../node_modules", WASM), join(modules, WASM));
}

function isInstalled(): boolean {
  try {
    return Boolean(require.resolve(NAME));
  } catch {
    return false;
  }
}
