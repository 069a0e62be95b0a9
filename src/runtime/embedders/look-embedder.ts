import type { Embedder } from "../../engine/kinds/embedder";
import { LOOK } from "../../engine/kinds/image/look";
import { writePlanes } from "../../engine/kinds/image/pixels/planes";
import type { Raster } from "../../engine/kinds/image/pixels/raster";
import type { ModelInput } from "../../engine/learnware/model-input";
import { openSession } from "../models/ort-session";

/** An embedder whose memory is to be given back. */
export interface OpenEmbedder<Item> extends Embedder<Item> {
  dispose(): Promise<void>;
}

/** How many pictures are embedded between two words on progress. */
const AT_ONCE = 16;

/**
 * The embedder of pictures in onnxruntime's WASM build, on one thread. Pictures are run one by one: what lies between two
 * layers of one fits the processor's cache, and several at once take twice as long (10.8 ms instead of 5.3 each).
 *
 * @param bytes - The file that `LOOK` tells of.
 * @param wasm - onnxruntime's WASM file; without it the runtime loads its own copy, as it does in Node.
 * @throws EngineError `bad_model` if the runtime cannot load it.
 */
export async function openLook(
  bytes: Uint8Array,
  wasm?: ArrayBuffer,
): Promise<OpenEmbedder<Raster>> {
  const { mark, dimension, graph } = LOOK;
  const session = await openSession(bytes, {
    ...{ input: graph.large.name, output: graph.output },
    ...(wasm && { wasm }),
  });
  const inputs = [graph.large, graph.small].map(({ name, side }) => ({
    ...{ name, side, dims: [1, 3, side, side] },
    data: new Float32Array(3 * side * side),
  }));
  const embedOne = async (picture: Raster): Promise<Float32Array> => {
    for (const { side, data } of inputs) writePlanes(picture, side, side, data);
    return (await session.run(inputs satisfies readonly ModelInput[])).data;
  };
  return {
    mark,
    dimension,
    async *embed(pictures) {
      const data = new Float32Array(pictures.length * dimension);
      for (const [i, picture] of pictures.entries()) {
        if (i % AT_ONCE === 0) yield { stage: "encode", done: i, total: pictures.length };
        data.set(await embedOne(picture), i * dimension);
      }
      return { data, rows: pictures.length, cols: dimension };
    },
    dispose: () => session.release(),
  };
}
