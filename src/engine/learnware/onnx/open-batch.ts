import { type OnnxGraph, Tag } from "./onnx-codec";
import { concatenate } from "../../ground/bytes";
import { MessageWriter, readFields, replaceFields } from "./protobuf-fields";

/**
 * Whether a graph takes nothing but tables of exactly one row. Older converters declare
 * that although the operators take any number of rows.
 */
export function takesOneRow({ inputs, tensors }: OnnxGraph): boolean {
  const stored = new Set(tensors.map(({ name }) => name));
  const fed = inputs.filter(({ name }) => !stored.has(name));
  return fed.length > 0 && fed.every(({ shape }) => shape?.length === 2 && shape[0] === 1);
}

/**
 * Leave the number of rows open: the first dimension of every table that goes in is freed, and the
 * shapes that follow from it are dropped, for the runtime to infer.
 *
 * @param bytes - A model for which `takesOneRow` holds.
 */
export function openBatch(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return replaceFields(bytes, Tag.model.graph, (graph) => {
    const freed = replaceFields(graph, Tag.graph.input, (value) => editShape(value, openFirst));
    const inner = replaceFields(freed, Tag.graph.inner, () => null);
    return replaceFields(inner, Tag.graph.output, (value) => editShape(value, () => null));
  });
}

function editShape(value: Uint8Array, edit: (shape: Uint8Array) => Uint8Array | null): Uint8Array {
  return replaceFields(value, Tag.value.type, (type) =>
    replaceFields(type, Tag.type.tensor, (tensor) =>
      replaceFields(tensor, Tag.tensorType.shape, edit),
    ),
  );
}

/** A shape whose first dimension, if it is 1 and has another after it, is open. */
function openFirst(shape: Uint8Array): Uint8Array {
  const [, ...others] = readFields(shape).map(({ raw }) => raw);
  if (others.length !== 1) return shape;
  const open = new MessageWriter().message(Tag.shape.dimension, new MessageWriter()).finish();
  return concatenate([open, ...others]);
}
