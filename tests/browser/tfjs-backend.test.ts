import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { expect, test } from "vitest";

import { DeviceFailure, OwnedDevice } from "../../src/runtime/device";
import { openTensors } from "../../src/runtime/tensors/tfjs-backend";

test("tfjs computes on our device, and gives its memory back", async () => {
  const owner = await openDevice();
  const tf = await openTensors(owner);
  expect(tf.getBackend()).toBe("webgpu");
  expect((tf.backend() as unknown as Pick<WebGPUBackend, "device">).device).toBe(owner.device);

  const before = tf.memory().numTensors;
  const product = tf.tidy(() =>
    tf.matMul(
      tf.tensor2d([
        [1, 2],
        [3, 4],
      ]),
      tf.tensor2d([
        [0, 1],
        [1, 0],
      ]),
    ),
  );
  expect([...(await product.data())]).toEqual([2, 1, 4, 3]);
  product.dispose();
  expect(tf.memory().numTensors).toBe(before);
  owner.check();
  owner.dispose();
});

test("a device that is gone is refused", async () => {
  const owner = await openDevice();
  owner.dispose();
  await owner.device.lost;
  await expect(openTensors(owner)).rejects.toBeInstanceOf(DeviceFailure);
});

async function openDevice(): Promise<OwnedDevice> {
  const owner = await OwnedDevice.open(true);
  if (!owner) throw new Error("this browser has no WebGPU adapter, not even a software one");
  return owner;
}
