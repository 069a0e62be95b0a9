import type { AdamOptimizer, Scalar, Tensor, Tensor2D, Variable } from "@tensorflow/tfjs-core";

import type { LinearLayer } from "../../engine/kinds/table/fill/alignment";
import type { Matrix } from "../../engine/ground/matrix";
import { type Random, seededRandom } from "../../engine/ground/random";
import type { Tensors } from "./tfjs-backend";

export interface NetworkOptions {
  /** Widths of the hidden layers. */
  readonly hidden: readonly number[];
  /** Share of hidden units left out in each epoch. */
  readonly dropout: number;
  /** Whether hidden layers are normalised over the points. */
  readonly batchNorm: boolean;
  /** What the mean squared correction costs beside the squared MMD. */
  readonly restraint: number;
  /** What a mean squared error on the learnware's own points costs, where these are known in the user's space. */
  readonly fidelity: number;
  /** Whether it begins by answering 0. */
  readonly startsAtZero: boolean;
  /** Indices of the outputs that it answers, 0 being said for the others; null: all. */
  readonly answers: readonly number[] | null;
  readonly seed: number;
}

/** The user's m points and the learnware's k, with their weights. */
export interface Sides {
  /** Shapes [m, in], [m, 1] and, mapped by the start, [m, d]. */
  readonly points: Tensor2D;
  readonly weights: Tensor2D;
  readonly start: Tensor2D;
  /** Shapes [k, d] and [k, 1]. */
  readonly target: Tensor2D;
  readonly targetWeights: Tensor2D;
  /** Shapes [k, in] and, mapped by the start, [k, d]: the learnware's points as the user would have them. */
  readonly seen: { readonly points: Tensor2D; readonly start: Tensor2D } | null;
  /** Kernel width, and the inner product of the learnware's points with themselves. */
  readonly gamma: number;
  readonly targetSelf: number;
}

interface Layer {
  /** Shapes [in, out] and [out]. */
  readonly weights: Variable;
  readonly bias: Variable;
  readonly norm: Norm | null;
}

/** Batch normalisation: what is learned, and the running mean and variance that replace a batch's afterwards. */
interface Norm {
  readonly gain: Variable;
  readonly shift: Variable;
  readonly mean: Variable;
  readonly variance: Variable;
}

const NORM_EPSILON = 1e-5;
const NORM_MOMENTUM = 0.1;

/** A network of linear layers with ReLU between them, and the loss it is trained by. */
export class AlignmentNetwork {
  readonly #tf: Tensors;
  readonly #options: NetworkOptions;
  readonly #layers: readonly Layer[];
  /** Shape [out]: 1 for the outputs that are answered. */
  readonly #mask: Tensor;
  #epoch = 0;

  constructor(tf: Tensors, inputs: number, outputs: number, options: NetworkOptions) {
    this.#tf = tf;
    this.#options = options;
    const widths = [inputs, ...options.hidden, outputs];
    const random = seededRandom(options.seed);
    const mask = new Float32Array(outputs).fill(options.answers ? 0 : 1);
    options.answers?.forEach((col) => (mask[col] = 1));
    this.#mask = tf.tensor1d(mask);
    this.#layers = widths.slice(1).map((width, i) => {
      const isLast = i === widths.length - 2;
      const bound = isLast && options.startsAtZero ? 0 : 1 / Math.sqrt(widths[i]!);
      return {
        weights: this.#variable(this.#uniform([widths[i]!, width], bound, random)),
        bias: this.#variable(this.#uniform([width], bound, random)),
        norm: options.batchNorm && !isLast ? this.#norm(width) : null,
      };
    });
  }

  /** One step of the optimizer; what the loss was before it. */
  async improve(optimizer: AdamOptimizer, sides: Sides): Promise<number> {
    const learned = this.#layers.flatMap(({ weights, bias, norm }) =>
      norm ? [weights, bias, norm.gain, norm.shift] : [weights, bias],
    );
    const loss = optimizer.minimize(() => this.#loss(sides), true, learned)!;
    this.#epoch++;
    const [value] = await loss.data();
    loss.dispose();
    return value!;
  }

  /** The layers as they are used: with the normalisation put into them. */
  async read(): Promise<LinearLayer[]> {
    const layers: LinearLayer[] = [];
    for (const { weights, bias, norm } of this.#layers) {
      const [rows, cols] = weights.shape as [number, number];
      const matrix = { data: Float64Array.from(await weights.data()), rows, cols };
      const layer = { weights: matrix, bias: Float64Array.from(await bias.data()) };
      layers.push(norm ? await fold(layer, norm) : layer);
    }
    const mask = await this.#mask.data();
    const last = layers.pop()!;
    return [...layers, masked(last, mask)];
  }

  dispose(): void {
    this.#mask.dispose();
    for (const { weights, bias, norm } of this.#layers) {
      this.#tf.dispose([weights, bias]);
      if (norm) this.#tf.dispose([norm.gain, norm.shift, norm.mean, norm.variance]);
    }
  }

  #loss(sides: Sides): Scalar {
    const tf = this.#tf;
    const { points, weights, start, target, targetWeights, gamma, targetSelf } = sides;
    const correction = this.#forward(points);
    const aligned = start.add<Tensor2D>(correction);
    const kernel = (a: Tensor2D, b: Tensor2D) => {
      const squares = (x: Tensor2D) => x.square().sum<Tensor2D>(1, true);
      const products = tf.matMul(a, b, false, true).mul(2);
      const distances = squares(a).add(squares(b).transpose()).sub(products);
      // Of large numbers the difference may round to less than 0.
      return tf.exp(tf.relu(distances).mul<Tensor2D>(-gamma));
    };
    const own = weights.mul(kernel(aligned, aligned).matMul(weights)).sum();
    const cross = weights.mul(kernel(aligned, target).matMul(targetWeights)).sum();
    const mmd = own.sub(cross.mul(2)).add(targetSelf);
    const { restraint } = this.#options;
    const held = restraint > 0 ? mmd.add(correction.square().mean().mul(restraint)) : mmd;
    return held.add<Scalar>(this.#infidelity(sides));
  }

  /** How far the learnware's own points are from where they belong, in the outputs that are answered. */
  #infidelity({ seen, target, targetWeights }: Sides): Tensor | number {
    const { fidelity } = this.#options;
    if (!seen || fidelity === 0) return 0;
    const errors = seen.start.add(this.#forward(seen.points)).sub(target).mul(this.#mask);
    const shares = targetWeights.abs();
    return errors.square().mul(shares).sum().div(shares.sum()).mul(fidelity);
  }

  #forward(points: Tensor2D): Tensor2D {
    const tf = this.#tf;
    const { dropout, seed } = this.#options;
    let hidden = points;
    this.#layers.forEach(({ weights, bias, norm }, i) => {
      hidden = tf.matMul(hidden, weights).add<Tensor2D>(bias);
      if (i === this.#layers.length - 1) return;
      if (norm) hidden = this.#normalise(hidden, norm);
      hidden = tf.relu(hidden);
      const drawn = (seed + 1) * 1_000_003 + this.#epoch * this.#layers.length + i;
      if (dropout > 0) hidden = tf.dropout(hidden, dropout, undefined, drawn) as Tensor2D;
    });
    return hidden.mul(this.#mask);
  }

  #normalise(hidden: Tensor2D, { gain, shift, mean, variance }: Norm): Tensor2D {
    const tf = this.#tf;
    const batch = tf.moments(hidden, 0);
    const count = hidden.shape[0];
    const unbiased = batch.variance.mul(count / Math.max(1, count - 1));
    mean.assign(mean.mul(1 - NORM_MOMENTUM).add(batch.mean.mul(NORM_MOMENTUM)));
    variance.assign(variance.mul(1 - NORM_MOMENTUM).add(unbiased.mul(NORM_MOMENTUM)));
    const scale = tf.rsqrt(batch.variance.add(NORM_EPSILON)).mul(gain);
    return hidden.sub(batch.mean).mul(scale).add<Tensor2D>(shift);
  }

  #norm(width: number): Norm {
    const tf = this.#tf;
    return {
      gain: this.#variable(tf.ones([width])),
      shift: this.#variable(tf.zeros([width])),
      mean: this.#variable(tf.zeros([width])),
      variance: this.#variable(tf.ones([width])),
    };
  }

  /** Takes the tensor over. */
  #variable(initial: Tensor): Variable {
    const variable = this.#tf.variable(initial);
    initial.dispose();
    return variable;
  }

  #uniform(shape: [number] | [number, number], bound: number, random: Random) {
    const size = shape.reduce<number>((product, length) => product * length, 1);
    const values = Float32Array.from({ length: size }, () => bound * (2 * random() - 1));
    return this.#tf.tensor(values, shape);
  }
}

function masked({ weights, bias }: LinearLayer, mask: ArrayLike<number>): LinearLayer {
  const data = weights.data.map((weight, at) => weight * mask[at % weights.cols]!);
  return { weights: { ...weights, data }, bias: bias.map((b, j) => b * mask[j]!) };
}

async function fold(
  { weights, bias }: LinearLayer,
  { gain, shift, mean, variance }: Norm,
): Promise<LinearLayer> {
  const [gains, shifts, means, variances] = await Promise.all(
    [gain, shift, mean, variance].map((variable) => variable.data()),
  );
  const scale = Float64Array.from(gains!, (g, j) => g / Math.sqrt(variances![j]! + NORM_EPSILON));
  const data = weights.data.map((weight, at) => weight * scale[at % weights.cols]!);
  const folded: Matrix<Float64Array> = { ...weights, data };
  return {
    weights: folded,
    bias: bias.map((b, j) => (b - means![j]!) * scale[j]! + shifts![j]!),
  };
}
