import type { Tensors } from "./tfjs-backend";

/** tfjs in plain JavaScript, outside the page. Whole, because its core's build for Node lacks the gradients. */
export async function openWholeTensors(): Promise<Tensors> {
  const tf = await import("@tensorflow/tfjs");
  tf.enableProdMode(); // It would recommend another library.
  await tf.setBackend("cpu");
  return tf;
}
