/** @file Functions of four numbers at once, in single precision, that all kernels share. AssemblyScript. */

export const LOG2_E: f32 = 1.44269504088896341;
/** Below it 2^t is answered as 0, so that no denormal number is ever made. */
const LOWEST: f32 = -125.0;
/** 1.5 · 2²³: added to a number it leaves the nearest whole number in the last bits. */
const ROUNDER: f32 = 12582912.0;

/** a · b + c: in one instruction, rounded once, where the module may use it. */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** 2^t for t ≤ 0, to about 2e-7 relative. Source of the polynomial: Cephes exp2f (S. Moshier). */
@inline
export function power4(t: v128): v128 {
  const inRange = f32x4.ge(t, f32x4.splat(LOWEST));
  const rounded = f32x4.add(t, f32x4.splat(ROUNDER));
  const r = f32x4.sub(t, f32x4.sub(rounded, f32x4.splat(ROUNDER)));
  let p = madd(f32x4.splat(1.535336188319500e-4), r, f32x4.splat(1.339887440266574e-3));
  p = madd(p, r, f32x4.splat(9.618437357674640e-3));
  p = madd(p, r, f32x4.splat(5.550332471162809e-2));
  p = madd(p, r, f32x4.splat(2.402264791363012e-1));
  p = madd(p, r, f32x4.splat(6.931472028550421e-1));
  p = madd(p, r, f32x4.splat(1.0));
  return v128.and(i32x4.add(p, i32x4.shl(rounded, 23)), inRange);
}

export let cosine: v128 = f32x4.splat(0);
export let sine: v128 = f32x4.splat(0);

/**
 * Cosine and sine of t quarter turns, to about 1e-7, into the globals. In quarter turns the
 * reduction to one octant is exact. Source of the polynomials: Cephes sinf, cosf (S. Moshier).
 */
@inline
export function turn4(t: v128): void {
  const n = f32x4.nearest(t);
  const r = f32x4.mul(f32x4.sub(t, n), f32x4.splat(1.57079632679489662));
  const s = f32x4.mul(r, r);
  let p = f32x4.splat(-1.9515295891e-4);
  p = madd(p, s, f32x4.splat(8.3321608736e-3));
  p = madd(p, s, f32x4.splat(-1.6666654611e-1));
  const sn = madd(f32x4.mul(p, s), r, r);
  p = f32x4.splat(2.443315711809948e-5);
  p = madd(p, s, f32x4.splat(-1.388731625493765e-3));
  p = madd(p, s, f32x4.splat(4.166664568298827e-2));
  p = madd(p, s, f32x4.splat(-0.5));
  const cs = madd(p, s, f32x4.splat(1));
  const quadrant = i32x4.trunc_sat_f32x4_s(n);
  const isOdd = i32x4.ne(v128.and(quadrant, i32x4.splat(1)), i32x4.splat(0));
  const one = i32x4.splat(1), two = i32x4.splat(2);
  const flipCosine = i32x4.shl(v128.and(i32x4.add(quadrant, one), two), 30);
  const flipSine = i32x4.shl(v128.and(quadrant, two), 30);
  cosine = v128.xor(v128.bitselect(sn, cs, isOdd), flipCosine);
  sine = v128.xor(v128.bitselect(cs, sn, isOdd), flipSine);
}
