/** @file The GPU in Node, through the npm package `webgpu` (Dawn), which is not among our dependencies. */

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

import { OwnedDevice } from "../../src/runtime/device";

const PACKAGE = "webgpu";

interface DawnNode {
  /** The constants and classes of WebGPU. */
  readonly globals: object;
  create(options: readonly string[]): GPU;
}

/** A GPU, or why there is none. */
export interface NodeGpu {
  readonly owner: OwnedDevice | null;
  readonly reason: string;
}

/**
 * Open the GPU, if the package is installed here or in a folder of NODE_PATH.
 *
 * @param allowSoftware - Whether a software adapter will do, which is no GPU to measure.
 */
export async function openNodeGpu(allowSoftware: boolean): Promise<NodeGpu> {
  let path: string;
  try {
    path = createRequire(import.meta.url).resolve(PACKAGE);
  } catch {
    const reason = `install the package once by "npm install --no-save ${PACKAGE}" (132 MB)`;
    return { owner: null, reason };
  }
  const dawn = (await import(pathToFileURL(path).href)) as DawnNode;
  Object.assign(globalThis, dawn.globals);
  const value = { gpu: dawn.create([]) };
  Object.defineProperty(globalThis, "navigator", { value, configurable: true });
  const owner = await OwnedDevice.open(allowSoftware);
  return { owner, reason: owner ? "" : "no adapter was found, or only a software one" };
}
