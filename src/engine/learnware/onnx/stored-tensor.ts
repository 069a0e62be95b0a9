import { ELEMENTS, Tag } from "./onnx-codec";
import { MessageWriter } from "./protobuf-fields";

/** A constant of a graph, with its numbers as they lie in the file: little-endian, the last dimension changing fastest. */
export interface StoredTensor {
  readonly name: string;
  readonly element: "float32" | "float16" | "int64";
  /** Empty for a single number. */
  readonly shape: readonly number[];
  readonly raw: Uint8Array;
}

/** The tensor as bytes, as `NewModel.tensors` takes it. */
export function encodeStored({ name, element, shape, raw }: StoredTensor): Uint8Array<ArrayBuffer> {
  return new MessageWriter()
    .packedIntegers(Tag.tensor.dims, shape)
    .integer(Tag.tensor.element, ELEMENTS.indexOf(element))
    .text(Tag.tensor.name, name)
    .bytes(Tag.tensor.raw, raw)
    .finish();
}
