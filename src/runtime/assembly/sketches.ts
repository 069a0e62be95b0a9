/**
 * @file Making sketches of weighted points, and scanning sketches of one byte per number.
 * AssemblyScript; compiled by build.js. Pointers are byte offsets; the caller lays out memory.
 */

import { cosine, madd, sine, turn4 } from "./simd";

/**
 * Σⱼ wⱼ·cos and Σⱼ wⱼ·sin of ⟨f, zⱼ⟩ quarter turns for every frequency f: into the floats
 * [blocks][2][8].
 *
 * Frequencies lie in blocks of eight, [block][column][8], in quarter turns per unit. Points lie as
 * [n, d] and their weights as floats; n is a multiple of four; padding has weight 0.
 */
export function sums(
  f: usize, blocks: usize, d: usize, z: usize, w: usize, n: usize, to: usize,
): void {
  const row = d << 2;
  for (let block: usize = 0; block < blocks; block++) {
    const start = f + block * (d << 5);
    const end = start + (d << 5);
    let cp = f32x4.splat(0), cq = cp, sp = cp, sq = cp;
    for (let j: usize = 0; j < n; j += 4) {
      let p0 = f32x4.splat(0), p1 = p0, p2 = p0, p3 = p0;
      let q0 = p0, q1 = p0, q2 = p0, q3 = p0;
      for (let at = start, from = z + j * row; at < end; at += 32, from += 4) {
        const a = v128.load(at);
        const b = v128.load(at, 16);
        let c = v128.load32_splat(from);
        p0 = madd(a, c, p0);
        q0 = madd(b, c, q0);
        c = v128.load32_splat(from + row);
        p1 = madd(a, c, p1);
        q1 = madd(b, c, q1);
        c = v128.load32_splat(from + 2 * row);
        p2 = madd(a, c, p2);
        q2 = madd(b, c, q2);
        c = v128.load32_splat(from + 3 * row);
        p3 = madd(a, c, p3);
        q3 = madd(b, c, q3);
      }
      const weight = w + (j << 2);
      const w0 = v128.load32_splat(weight);
      const w1 = v128.load32_splat(weight, 4);
      const w2 = v128.load32_splat(weight, 8);
      const w3 = v128.load32_splat(weight, 12);
      turn4(p0); cp = madd(w0, cosine, cp); sp = madd(w0, sine, sp);
      turn4(p1); cp = madd(w1, cosine, cp); sp = madd(w1, sine, sp);
      turn4(p2); cp = madd(w2, cosine, cp); sp = madd(w2, sine, sp);
      turn4(p3); cp = madd(w3, cosine, cp); sp = madd(w3, sine, sp);
      turn4(q0); cq = madd(w0, cosine, cq); sq = madd(w0, sine, sq);
      turn4(q1); cq = madd(w1, cosine, cq); sq = madd(w1, sine, sq);
      turn4(q2); cq = madd(w2, cosine, cq); sq = madd(w2, sine, sq);
      turn4(q3); cq = madd(w3, cosine, cq); sq = madd(w3, sine, sq);
    }
    const at = to + (block << 6);
    v128.store(at, cp);
    v128.store(at, cq, 16);
    v128.store(at, sp, 32);
    v128.store(at, sq, 48);
  }
}

@inline
function horizontalSum(v: v128): i32 {
  return (
    i32x4.extract_lane(v, 0) +
    i32x4.extract_lane(v, 1) +
    i32x4.extract_lane(v, 2) +
    i32x4.extract_lane(v, 3)
  );
}

/**
 * The inner product of each of `rows` sketches [rows, count] of bytes with a query [count] of 16
 * bits: into the integers [rows], which must hold it. `count` is a multiple of 16.
 */
export function products(data: usize, rows: usize, count: usize, query: usize, to: usize): void {
  for (let i: usize = 0; i < rows; i++) {
    let s = i32x4.splat(0), t = s;
    const end = data + count;
    for (let from = query; data < end; data += 16, from += 32) {
      s = i32x4.add(s, i32x4.dot_i16x8_s(v128.load8x8_s(data), v128.load(from)));
      t = i32x4.add(t, i32x4.dot_i16x8_s(v128.load8x8_s(data, 8), v128.load(from, 16)));
    }
    store<i32>(to + (i << 2), horizontalSum(i32x4.add(s, t)));
  }
}

/** The inner product of each sketch with itself, as `products`. */
export function squares(data: usize, rows: usize, count: usize, to: usize): void {
  for (let i: usize = 0; i < rows; i++) {
    let s = i32x4.splat(0);
    for (const end = data + count; data < end; data += 8) {
      const v = v128.load8x8_s(data);
      s = i32x4.add(s, i32x4.dot_i16x8_s(v, v));
    }
    store<i32>(to + (i << 2), horizontalSum(s));
  }
}

/** The first byte the caller may use. */
export function heapBase(): usize {
  return __heap_base;
}
