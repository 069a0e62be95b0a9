import type { Matrix } from "../ground/matrix";

/** What a model is fed through one of its inputs. */
export interface ModelInput {
  /** Of the input in the model's graph. */
  readonly name: string;
  /** The first is the number of rows. */
  readonly dims: readonly number[];
  /** As many values as `dims` say, the last dimension changing fastest. */
  readonly data: Float32Array | readonly string[];
}

/** @param rows - Shape [n, d]. */
export function matrixInput(name: string, { data, rows, cols }: Matrix<Float32Array>): ModelInput {
  return { name, dims: [rows, cols], data };
}

/**
 * Inputs cut into so many parts of about as many rows, each with data of its own.
 *
 * @param inputs - One or more, all of n rows.
 * @param parts - From 1 to n.
 */
export function splitInputs(inputs: readonly ModelInput[], parts: number): ModelInput[][] {
  const rows = inputs[0]?.dims[0] ?? 0;
  const start = (part: number) => Math.floor((part * rows) / parts);
  return Array.from({ length: parts }, (_, p) =>
    inputs.map(({ name, dims, data }) => {
      const [from, to] = [start(p), start(p + 1)];
      const size = dims.slice(1).reduce((product, length) => product * length, 1);
      return {
        name,
        dims: [to - from, ...dims.slice(1)],
        data: data.slice(from * size, to * size),
      };
    }),
  );
}
