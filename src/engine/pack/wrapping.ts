import { EngineError } from "../ground/errors";
import {
  ELEMENTS,
  type ElementType,
  type NewNode,
  type NewTensor,
} from "../learnware/onnx/onnx-codec";

/** Operators that a wrapping may use, and the first opset under which they mean what is meant here. */
const SINCE: Readonly<Record<string, number>> = {
  ...{ ArgMax: 1, Cast: 6, Concat: 4, Constant: 1, Flatten: 1, Gather: 1, Identity: 1, MatMul: 1 },
  ...{ Reshape: 5, Sigmoid: 6, Softmax: 1, Neg: 6, Add: 7, Equal: 7 },
};

/** From which opset on numbers are cast to texts and back. */
const SINCE_TEXTS = 9;

/**
 * Writes nodes that stand before or behind those of another model, in operators whose meaning has not changed since the
 * model's opset. Every call gives the name of a value, which later calls take.
 */
export class Wrapping {
  readonly nodes: NewNode[] = [];
  readonly #opsets: ReadonlyMap<string, number>;
  readonly #taken: Set<string>;
  #last = 0;

  /** @param taken - Names that values of the other model have. */
  constructor(opsets: ReadonlyMap<string, number>, taken: ReadonlySet<string>) {
    this.#opsets = opsets;
    this.#taken = new Set(taken);
  }

  /** The name, or one like it that no value has yet. */
  free(wanted: string): string {
    let name = wanted;
    while (this.#taken.has(name)) name += "_";
    this.#taken.add(name);
    return name;
  }

  /** @throws EngineError `bad_model` if the model is too old to stand beside such an operator. */
  node(
    operator: string,
    inputs: readonly string[],
    attributes: NewNode["attributes"] = {},
    output = this.free(`berth${++this.#last}`),
  ): string {
    const since = SINCE[operator]!;
    const own = this.#opsets.get("")!;
    if (own < since) {
      const reason = `the model is of ONNX opset ${own}, from before ${operator} had its meaning of today; convert it with opset ${Math.max(since, 12)} or newer`;
      throw new EngineError("bad_model", reason);
    }
    this.nodes.push({ operator, domain: "", inputs, outputs: [output], attributes });
    return output;
  }

  tabular(operator: string, input: string, attributes: NewNode["attributes"]): string {
    const output = this.free(`berth${++this.#last}`);
    const inputs = [input];
    this.nodes.push({ operator, domain: "ai.onnx.ml", inputs, outputs: [output], attributes });
    return output;
  }

  constant(tensor: NewTensor): string {
    return this.node("Constant", [], { value: { tensor } });
  }

  integers(values: readonly number[]): string {
    return this.constant({ shape: [values.length], integers: values });
  }

  /** Numbers in single precision. */
  floats(shape: readonly number[], values: readonly number[]): string {
    return this.cast(this.constant({ shape, doubles: Float64Array.from(values) }), "float32");
  }

  cast(value: string, element: ElementType, output?: string): string {
    const to = { integer: ELEMENTS.findIndex((one) => one === element) };
    return this.node("Cast", [value], { to }, output);
  }

  /**
   * Single precision to double, as the numbers were written: 1.2 is then what 1.2 is in double precision, and falls on the same
   * side of a tree's 1.2.
   */
  toDouble(value: string): string {
    const canWrite = this.#opsets.get("")! >= SINCE_TEXTS;
    return this.cast(canWrite ? this.cast(value, "string") : value, "float64");
  }

  /** @param shape - −1 is what is left. */
  reshape(value: string, shape: readonly number[]): string {
    return this.node("Reshape", [value, this.integers(shape)]);
  }

  columns(matrix: string, indices: readonly number[]): string {
    return this.node("Gather", [matrix, this.integers(indices)], { axis: { integer: 1 } });
  }

  sideBySide(matrices: readonly string[], output?: string): string {
    if (matrices.length === 1 && output === undefined) return matrices[0]!;
    return this.node("Concat", matrices, { axis: { integer: 1 } }, output);
  }

  /** Texts as their places among the labels; −1 for any other. */
  labelCodes(value: string, labels: readonly string[]): string {
    const other = { default_int64: { integer: -1 } };
    // The operator was given other names for the same in its second version.
    if (this.#opsets.get("ai.onnx.ml")! < 2) {
      return this.tabular("LabelEncoder", value, { classes_strings: { texts: labels }, ...other });
    }
    const codes = { integers: labels.map((_, i) => i) };
    return this.tabular("LabelEncoder", value, {
      ...{ keys_strings: { texts: labels }, values_int64s: codes },
      ...other,
    });
  }

  /** Missing numbers of [n, d] replaced. */
  filled(matrix: string, value: number): string {
    return this.tabular("Imputer", matrix, {
      imputed_value_floats: { floats: [value] },
      replaced_value_float: { float: NaN },
    });
  }
}
