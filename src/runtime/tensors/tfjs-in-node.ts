import type { Tensors } from "./tfjs-backend";

/** tfjs in plain JavaScript. Whole, because its core's build for Node lacks the gradients. */
export async function openTensorsInNode(): Promise<Tensors> {
  const tf = await import("@tensorflow/tfjs");
  tf.enableProdMode(); // It would recommend another library.
  await tf.setBackend("cpu");
  return tf;
}
