/**
 * @file One weighted point set against another: the sum of their kernels and which points have a
 * neighbour, in one pass over their distances. AssemblyScript; compiled by build.js. Pointers are
 * byte offsets; the caller lays out memory.
 *
 * The points of the one lie in blocks of eight, [block][column][8], its weights as doubles. The
 * others lie as [n, d], their weights as floats, padded to a multiple of four. Padding has weight 0
 * and is far from everything (WasmPairs uses ±1e15).
 */

import { LOG2_E, madd, power4 } from "./simd";

/** v times the number at `weight`, added to what the block gathers so far. */
@inline
function weigh(sum: v128, v: v128, weight: usize): v128 {
  return madd(v, v128.load32_splat(weight), sum);
}

@inline
function lowHalf(v: v128): v128 {
  return f64x2.promote_low_f32x4(v);
}

@inline
function highHalf(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<u64>(v, v, 1, 1));
}

/**
 * Answers Σᵢⱼ uᵢ·wⱼ·exp(−gamma·‖xᵢ − zⱼ‖²), and sets bit i % 8 of byte ⌊i / 8⌋ of `covered` where
 * a z lies within √reach of xᵢ. Sums of four are in single precision, all others in double.
 */
export function compare(
  x: usize, u: usize, blocks: usize, d: usize, z: usize, w: usize, n: usize,
  gamma: f32, reach: f32, covered: usize,
): f64 {
  const g = f32x4.splat(-gamma * LOG2_E);
  const limit = f32x4.splat(reach);
  const row = d << 2;
  let total = f64x2.splat(0);
  for (let block: usize = 0; block < blocks; block++) {
    const start = x + block * (d << 5);
    const end = start + (d << 5);
    let nearP = f32x4.splat(f32.MAX_VALUE), nearQ = nearP;
    let t0 = f64x2.splat(0), t1 = t0, t2 = t0, t3 = t0;
    for (let j: usize = 0; j < n; j += 4) {
      let p0 = f32x4.splat(0), p1 = p0, p2 = p0, p3 = p0;
      let q0 = p0, q1 = p0, q2 = p0, q3 = p0;
      for (let at = start, from = z + j * row; at < end; at += 32, from += 4) {
        const a = v128.load(at);
        const b = v128.load(at, 16);
        let c = v128.load32_splat(from);
        let e = f32x4.sub(a, c);
        let f = f32x4.sub(b, c);
        p0 = madd(e, e, p0);
        q0 = madd(f, f, q0);
        c = v128.load32_splat(from + row);
        e = f32x4.sub(a, c);
        f = f32x4.sub(b, c);
        p1 = madd(e, e, p1);
        q1 = madd(f, f, q1);
        c = v128.load32_splat(from + 2 * row);
        e = f32x4.sub(a, c);
        f = f32x4.sub(b, c);
        p2 = madd(e, e, p2);
        q2 = madd(f, f, q2);
        c = v128.load32_splat(from + 3 * row);
        e = f32x4.sub(a, c);
        f = f32x4.sub(b, c);
        p3 = madd(e, e, p3);
        q3 = madd(f, f, q3);
      }
      nearP = f32x4.min(nearP, f32x4.min(f32x4.min(p0, p1), f32x4.min(p2, p3)));
      nearQ = f32x4.min(nearQ, f32x4.min(f32x4.min(q0, q1), f32x4.min(q2, q3)));
      const weight = w + (j << 2);
      let s = f32x4.mul(power4(f32x4.mul(p0, g)), v128.load32_splat(weight));
      s = weigh(s, power4(f32x4.mul(p1, g)), weight + 4);
      s = weigh(s, power4(f32x4.mul(p2, g)), weight + 8);
      s = weigh(s, power4(f32x4.mul(p3, g)), weight + 12);
      t0 = f64x2.add(t0, lowHalf(s));
      t1 = f64x2.add(t1, highHalf(s));
      s = f32x4.mul(power4(f32x4.mul(q0, g)), v128.load32_splat(weight));
      s = weigh(s, power4(f32x4.mul(q1, g)), weight + 4);
      s = weigh(s, power4(f32x4.mul(q2, g)), weight + 8);
      s = weigh(s, power4(f32x4.mul(q3, g)), weight + 12);
      t2 = f64x2.add(t2, lowHalf(s));
      t3 = f64x2.add(t3, highHalf(s));
    }
    const own = u + (block << 6);
    total = f64x2.add(total, f64x2.mul(t0, v128.load(own)));
    total = f64x2.add(total, f64x2.mul(t1, v128.load(own, 16)));
    total = f64x2.add(total, f64x2.mul(t2, v128.load(own, 32)));
    total = f64x2.add(total, f64x2.mul(t3, v128.load(own, 48)));
    const hits = i32x4.bitmask(f32x4.le(nearP, limit)) | (i32x4.bitmask(f32x4.le(nearQ, limit)) << 4);
    store<u8>(covered + block, hits);
  }
  return f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
}

/** The first byte the caller may use. */
export function heapBase(): usize {
  return __heap_base;
}
