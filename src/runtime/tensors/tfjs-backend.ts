/** @file tfjs in the browser: its core and one backend, loaded only when they are asked for. */

import { OwnedDevice } from "../device";

/** The part of the library that callers may use: everything but its backends. */
export type Tensors = typeof import("@tensorflow/tfjs-core");

/**
 * tfjs, computing on the device that the fused kernels use. Left to itself it would open a second
 * one, with low limits, and lose errors: a shader that fails there leaves zeros in silence.
 *
 * @throws DeviceFailure if the device was lost or refused work.
 */
export async function openTensors(owner: OwnedDevice): Promise<Tensors> {
  owner.check();
  const [tf, { WebGPUBackend }] = await Promise.all([
    loadCore(),
    import("@tensorflow/tfjs-backend-webgpu"),
  ]);
  tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", () => new WebGPUBackend(owner.device, owner.info));
  await tf.setBackend("webgpu");
  owner.check();
  return tf;
}

/** tfjs on a hardware GPU where there is one that it can use, else in plain JavaScript. */
export async function openTensorsHere(): Promise<Tensors> {
  let owner: OwnedDevice | null = null;
  try {
    owner = await OwnedDevice.open(false);
    if (owner) return await openTensors(owner);
  } catch {
    // Drivers fail in more ways than there are names for; any of them means: not this GPU.
    owner?.dispose();
  }
  return openPlainTensors();
}

/** tfjs in plain JavaScript, for where there is no GPU. */
async function openPlainTensors(): Promise<Tensors> {
  const [tf] = await Promise.all([loadCore(), import("@tensorflow/tfjs-backend-cpu")]);
  await tf.setBackend("cpu");
  return tf;
}

async function loadCore(): Promise<Tensors> {
  // First, because it sets the flags that the others read while they load.
  const tf = await import("@tensorflow/tfjs-core");
  await Promise.all([
    import("@tensorflow/tfjs-core/dist/register_all_gradients"),
    import("@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops"),
  ]);
  return tf;
}
