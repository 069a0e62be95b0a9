import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { expect, test } from "vitest";

import { DeviceFailure, OwnedDevice } from "../../src/runtime/device";
import { openTensors, openTensorsHere, type Tensors } from "../../src/runtime/tensors/tfjs-backend";

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
  expect(await slopes(tf)).toEqual([2, 4]);
  owner.check();
  owner.dispose();
});

test("tfjs computes on what there is here, a software GPU left aside", async () => {
  const tf = await openTensorsHere();
  expect(["cpu", "webgpu"]).toContain(tf.getBackend());
  expect(await slopes(tf)).toEqual([2, 4]);
});

test("a device that is gone is refused", async () => {
  const owner = await openDevice();
  owner.dispose();
  await owner.device.lost;
  await expect(openTensors(owner)).rejects.toBeInstanceOf(DeviceFailure);
});

/** Of the sum of squares at 1 and 2: takes chained operations and gradients. */
async function slopes(tf: Tensors): Promise<number[]> {
  const slope = tf.grad((x) => x.square().sum())(tf.tensor1d([1, 2]));
  return [...(await slope.data())];
}

async function openDevice(): Promise<OwnedDevice> {
  const owner = await OwnedDevice.open(true);
  if (!owner) throw new Error("this browser has no WebGPU adapter, not even a software one");
  return owner;
}
