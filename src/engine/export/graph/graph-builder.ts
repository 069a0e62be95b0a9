import type { Matrix } from "../../ground/matrix";
import type { NewNode } from "../../learnware/onnx/onnx-codec";
import type { EmbeddedModel } from "./embed-model";

const DOUBLE = 11;
const FLOAT = 1;

/**
 * Writes a graph node by node: every call gives the name of a value, which later calls take. Values are in double
 * precision unless said otherwise, because the pipeline computes so.
 */
export class GraphBuilder {
  readonly nodes: (NewNode | Uint8Array)[] = [];
  readonly tensors: Uint8Array[] = [];
  #last = 0;

  embed({ nodes, tensors }: EmbeddedModel): void {
    this.nodes.push(...nodes);
    this.tensors.push(...tensors);
  }

  /** A node of one output. */
  node(
    operator: string,
    inputs: readonly string[],
    attributes: NewNode["attributes"] = {},
    output = this.newName(),
  ): string {
    this.nodes.push({ operator, domain: "", inputs, outputs: [output], attributes });
    return output;
  }

  newName(): string {
    return `v${++this.#last}`;
  }

  constant({ data, rows, cols }: Matrix): string {
    const tensor = { shape: [rows, cols], doubles: Float64Array.from(data) };
    return this.node("Constant", [], { value: { tensor } });
  }

  /** One number, of shape [1, 1]. */
  number(value: number): string {
    return this.constant({ data: Float64Array.of(value), rows: 1, cols: 1 });
  }

  /** Shape [1, n]. */
  row(values: ArrayLike<number>): string {
    return this.constant({ data: Float64Array.from(values), rows: 1, cols: values.length });
  }

  /** Shape [n, 1]. */
  column(values: ArrayLike<number>): string {
    return this.constant({ data: Float64Array.from(values), rows: values.length, cols: 1 });
  }

  /** Some columns of a matrix of any type. */
  columns(matrix: string, indices: readonly number[]): string {
    const chosen = this.node("Constant", [], { value_ints: { integers: indices } });
    return this.node("Gather", [matrix, chosen], { axis: { integer: 1 } });
  }

  sideBySide(matrices: readonly string[]): string {
    if (matrices.length === 1) return matrices[0]!;
    return this.node("Concat", matrices, { axis: { integer: 1 } });
  }

  sum(matrices: readonly string[]): string {
    return matrices.length === 1 ? matrices[0]! : this.node("Sum", matrices);
  }

  /** The largest of each row: [N, 1]. */
  largest(matrix: string): string {
    const k = this.node("Constant", [], { value_ints: { integers: [1] } });
    const outputs = [this.newName(), this.newName()];
    const attributes = { axis: { integer: 1 } };
    this.nodes.push({ operator: "TopK", domain: "", inputs: [matrix, k], outputs, attributes });
    return outputs[0]!;
  }

  /** Sums over the columns of [n, k]: [n, 1]. */
  rowSums(matrix: string, k: number): string {
    return this.node("MatMul", [matrix, this.column(new Float64Array(k).fill(1))]);
  }

  toDouble(matrix: string): string {
    return this.node("Cast", [matrix], { to: { integer: DOUBLE } });
  }

  toFloat(matrix: string, output?: string): string {
    return this.node("Cast", [matrix], { to: { integer: FLOAT } }, output);
  }
}
