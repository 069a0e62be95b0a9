/** @file The sketch φ of a kernel mean: a few hundred numbers whose inner products approximate those of kernel means. */

import { EngineError } from "../../ground/errors";
import { type Matrix, zeros } from "../../ground/matrix";
import { checkPoints } from "./check-points";
import { checkGamma } from "./gaussian";

/** The frequencies of a sketch. Two sketches can be compared only if all four settings agree. */
export interface RandomFeatures {
  /** ω, shape [count / 2, cols]: one frequency per row, in radians per input unit. */
  readonly frequencies: Matrix<Float64Array>;
  /** Numbers in a sketch: a cosine and a sine for every frequency. */
  readonly count: number;
  /** Dimension of the points. */
  readonly cols: number;
  /** Kernel width, in 1 / (input unit)². */
  readonly gamma: number;
  readonly seed: string;
}

export interface RandomFeatureOptions {
  /** Dimension of the points, ≥ 1. */
  readonly cols: number;
  /** Kernel width, in 1 / (input unit)²; finite and > 0. */
  readonly gamma: number;
  /** Any well-formed text. */
  readonly seed: string;
  /** Numbers in a sketch, even and ≥ 2; by default 512. */
  readonly count?: number;
}

const DEFAULT_COUNT = 512;

/**
 * Orthogonal random features of the Gaussian kernel exp(−gamma · ‖x − y‖²): with
 * φ(x) = (cos ω₀·x, …, cos ω_{h−1}·x, sin ω₀·x, …, sin ω_{h−1}·x) / √h, where h = count / 2,
 * the mean of ⟨φ(x), φ(y)⟩ over seeds is the kernel.
 *
 * The frequencies follow from the settings alone, in any language (d = cols):
 *
 * 1. hash: FNV-1a, 32 bits, over the UTF-8 bytes of the seed (offset 2166136261, prime 16777619).
 * 2. state: sᵢ = mix(hash + (i + 1) · 0x9e3779b9 mod 2³²) for i = 0 … 3, where mix(v) is
 *    v ^= v >> 16; v *= 0x85ebca6b; v ^= v >> 13; v *= 0xc2b2ae35; v ^= v >> 16, all mod 2³².
 * 3. bits: xoshiro128** on (s₀, s₁, s₂, s₃). One draw answers rotl(s₁ · 5, 7) · 9, then
 *    t = s₁ << 9; s₂ ^= s₀; s₃ ^= s₁; s₁ ^= s₂; s₀ ^= s₃; s₂ ^= t; s₃ = rotl(s₃, 11).
 * 4. uniforms: u = (bits + ½) / 2³², one draw each.
 * 5. normals: from two uniforms u, v in that order, first √(−2 ln u) · cos 2πv, then
 *    √(−2 ln u) · sin 2πv. No normal is thrown away: the second may belong to the next frequency.
 * 6. frequency i takes the next d normals as g. Frequencies are orthogonal in blocks of d: i
 *    belongs to block ⌊i / d⌋. With q = g, for every earlier frequency j of the block in order
 *    q −= ⟨q, q_j⟩ · q_j (modified Gram–Schmidt), then q_i = q / ‖q‖.
 *    ω_i = √(2 · gamma) · ‖g‖ · q_i. The length of g is independent of its direction, so ω_i is
 *    normal with variance 2 · gamma in every coordinate.
 *
 * Only the rounding of ln, cos and sin may differ: numbers agree to 1e-9 between languages.
 * Cost is O(count · min(count, d) · d).
 *
 * Sources: Rahimi, Recht, "Random Features for Large-Scale Kernel Machines", NIPS 2007; Yu, Suresh,
 * Choromanski, Holtmann-Rice, Kumar, "Orthogonal Random Features", NIPS 2016, section 3; Blackman,
 * Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 47 (2021).
 *
 * @throws EngineError `bad_parameter` if gamma, cols or count is out of range.
 */
export function randomFeatures({
  cols,
  gamma,
  seed,
  count = DEFAULT_COUNT,
}: RandomFeatureOptions): RandomFeatures {
  checkGamma(gamma);
  if (!(Number.isInteger(cols) && cols >= 1)) {
    throw new EngineError("bad_parameter", `cols must be a whole number ≥ 1, got ${cols}`);
  }
  if (!(Number.isInteger(count / 2) && count >= 2)) {
    throw new EngineError("bad_parameter", `count must be even and ≥ 2, got ${count}`);
  }
  const next = normals(xoshiro128(fnv1a(seed)));
  const directions = zeros(count / 2, cols).data;
  const lengths = new Float64Array(count / 2);
  for (let i = 0; i < lengths.length; i++) {
    const q = directions.subarray(i * cols, (i + 1) * cols);
    for (let k = 0; k < cols; k++) q[k] = next();
    lengths[i] = Math.sqrt(dot(q, q));
    for (let j = i - (i % cols); j < i; j++) {
      const earlier = directions.subarray(j * cols, (j + 1) * cols);
      const share = dot(q, earlier);
      for (let k = 0; k < cols; k++) q[k]! -= share * earlier[k]!;
    }
    const rest = Math.sqrt(dot(q, q));
    for (let k = 0; k < cols; k++) q[k]! /= rest;
  }
  const scale = Math.sqrt(2 * gamma);
  const data = directions.map((q, at) => scale * lengths[Math.floor(at / cols)]! * q);
  return { frequencies: { data, rows: count / 2, cols }, count, cols, gamma, seed };
}

/**
 * The sketch of weighted points: φ(a) = Σᵢ weights[i] · φ(points[i]), in double precision.
 * ⟨φ(a), φ(b)⟩ ≈ ⟨a, b⟩, and ‖φ(a) − φ(b)‖² ≈ MMD²(a, b), of which it is an unbiased estimate over
 * seeds.
 *
 * Cost is O(n · d · count).
 *
 * Source: Rahimi, Recht, "Random Features for Large-Scale Kernel Machines", NIPS 2007, algorithm 1.
 *
 * @param points - Shape [n, d], finite.
 * @param weights - Shape [n], any sign; null for 1/n each.
 * @returns Shape [count]: the cosines of all frequencies, then the sines. Its norm is at most Σ|weights|.
 * @throws EngineError `shape_mismatch` if d is not that of the features, or weights disagree.
 */
export function sketchOf(
  points: Matrix,
  weights: Float64Array | null,
  { frequencies, count, cols }: RandomFeatures,
): Float64Array {
  checkPoints(points, cols);
  if (weights && weights.length !== points.rows) {
    throw new EngineError("shape_mismatch", `${points.rows} points but ${weights.length} weights`);
  }
  const half = count / 2;
  const omega = frequencies.data;
  const sketch = new Float64Array(count);
  const point = new Float64Array(cols);
  for (let i = 0; i < points.rows; i++) {
    for (let k = 0; k < cols; k++) point[k] = points.data[i * cols + k]!;
    const weight = weights ? weights[i]! : 1;
    for (let j = 0, at = 0; j < half; j++) {
      let phase = 0;
      for (let k = 0; k < cols; k++, at++) phase += omega[at]! * point[k]!;
      sketch[j]! += weight * Math.cos(phase);
      sketch[half + j]! += weight * Math.sin(phase);
    }
  }
  const total = Math.sqrt(half) * (weights ? 1 : points.rows);
  return sketch.map((sum) => sum / total);
}

/**
 * FNV-1a, 32 bits, over the UTF-8 bytes of a text: for names and seeds, never against an attacker.
 *
 * @param text - Well-formed.
 */
export function fnv1a(text: string): number {
  let hash = 2166136261;
  for (const [unit, hex] of encodeURIComponent(text).matchAll(/%(..)|./g)) {
    const byte = hex === undefined ? unit.charCodeAt(0) : parseInt(hex, 16);
    hash = Math.imul(hash ^ byte, 16777619);
  }
  return hash >>> 0;
}

/** Uniform numbers in (0, 1). */
function xoshiro128(hash: number): () => number {
  const seeded = (i: number) => {
    let v = (hash + Math.imul(i + 1, 0x9e3779b9)) | 0;
    v = Math.imul(v ^ (v >>> 16), 0x85ebca6b);
    v = Math.imul(v ^ (v >>> 13), 0xc2b2ae35);
    return v ^ (v >>> 16);
  };
  let [s0, s1, s2, s3] = [seeded(0), seeded(1), seeded(2), seeded(3)];
  return () => {
    const bits = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9);
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = rotateLeft(s3, 11);
    return ((bits >>> 0) + 0.5) / 4294967296;
  };
}

function rotateLeft(v: number, by: number): number {
  return (v << by) | (v >>> (32 - by));
}

/** Standard normal numbers, two by two (Box–Muller). */
function normals(uniform: () => number): () => number {
  let waiting: number | null = null;
  return () => {
    if (waiting !== null) {
      const value = waiting;
      waiting = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(uniform()));
    const angle = 2 * Math.PI * uniform();
    waiting = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let k = 0; k < a.length; k++) total += a[k]! * b[k]!;
  return total;
}
