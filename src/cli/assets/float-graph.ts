import { GraphBuilder } from "../../engine/export/graph/graph-builder";
import type { AttributeValue } from "../../engine/learnware/onnx/onnx-codec";
import { encodeStored } from "../../engine/learnware/onnx/stored-tensor";

/** Writes a graph in single precision, with stored constants. */
export class FloatGraph extends GraphBuilder {
  /** @param shape - Empty for a single number. */
  floats(values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.#store("float32", Float32Array.from(values), shape);
  }

  float(value: number): string {
    return this.floats([value], []);
  }

  integers(values: readonly number[]): string {
    return this.#store("int64", BigInt64Array.from(values, BigInt), [values.length]);
  }

  /** A constant kept in half precision, in which every number is exact. */
  halves(raw: Uint8Array, shape: readonly number[]): string {
    const stored = this.#store("float16", raw, shape);
    return this.toFloat(stored);
  }

  conv(inputs: readonly string[], more: Readonly<Record<string, AttributeValue>> = {}): string {
    return this.node("Conv", inputs, more);
  }

  /** Means over these axes. */
  mean(value: string, axes: readonly number[], keepdims = true): string {
    const attributes = { axes: { integers: axes }, keepdims: { integer: Number(keepdims) } };
    return this.node("ReduceMean", [value], attributes);
  }

  flat(value: string): string {
    return this.node("Flatten", [value], { axis: { integer: 1 } });
  }

  #store(
    element: "float32" | "float16" | "int64",
    values: ArrayBufferView,
    shape: readonly number[],
  ) {
    const name = this.newName();
    const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.tensors.push(encodeStored({ name, element, shape, raw }));
    return name;
  }
}
