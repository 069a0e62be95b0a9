/**
 * @file The kernel sums over all rows, four rows to a vector, in single precision with block sums
 * in double. AssemblyScript; compiled by build.js. Pointers are byte offsets; the caller lays out memory.
 *
 * Rows lie in blocks of eight: [block][column][8]. Points lie as [m, d]; m is a multiple of four.
 * Padding rows and points must be far from everything (WasmCompute uses ±1e15).
 */

import { cosine, LOG2_E, madd, power4, sine, turn4 } from "./simd";

@inline
function horizontalSum(v: v128): f64 {
  return (
    <f64>f32x4.extract_lane(v, 0) +
    <f64>f32x4.extract_lane(v, 1) +
    <f64>f32x4.extract_lane(v, 2) +
    <f64>f32x4.extract_lane(v, 3)
  );
}

/**
 * Squared distances of one block of eight rows to four points: into the globals a0 … b3
 * (a: first four rows, b: last four).
 */
let a0: v128 = f32x4.splat(0);
let a1: v128 = f32x4.splat(0);
let a2: v128 = f32x4.splat(0);
let a3: v128 = f32x4.splat(0);
let b0: v128 = f32x4.splat(0);
let b1: v128 = f32x4.splat(0);
let b2: v128 = f32x4.splat(0);
let b3: v128 = f32x4.splat(0);

@inline
function distances(x: usize, z: usize, d: usize): void {
  let p0 = f32x4.splat(0), p1 = p0, p2 = p0, p3 = p0;
  let q0 = p0, q1 = p0, q2 = p0, q3 = p0;
  const row = d << 2;
  const end = x + (d << 5);
  for (let at = x, from = z; at < end; at += 32, from += 4) {
    const u = v128.load(at);
    const v = v128.load(at, 16);
    let w = v128.load32_splat(from);
    let e = f32x4.sub(u, w);
    let f = f32x4.sub(v, w);
    p0 = madd(e, e, p0);
    q0 = madd(f, f, q0);
    w = v128.load32_splat(from + row);
    e = f32x4.sub(u, w);
    f = f32x4.sub(v, w);
    p1 = madd(e, e, p1);
    q1 = madd(f, f, q1);
    w = v128.load32_splat(from + 2 * row);
    e = f32x4.sub(u, w);
    f = f32x4.sub(v, w);
    p2 = madd(e, e, p2);
    q2 = madd(f, f, q2);
    w = v128.load32_splat(from + 3 * row);
    e = f32x4.sub(u, w);
    f = f32x4.sub(v, w);
    p3 = madd(e, e, p3);
    q3 = madd(f, f, q3);
  }
  a0 = p0; a1 = p1; a2 = p2; a3 = p3;
  b0 = q0; b1 = q1; b2 = q2; b3 = q3;
}

/** Σ over rows of k(z_j, x), added to the double sums [m]. `tile` blocks are summed in single precision. */
export function kernelSums(
  x: usize, blocks: usize, d: usize, z: usize, m: usize, gamma: f32, sums: usize, tile: usize,
): void {
  const g = f32x4.splat(-gamma * LOG2_E);
  const block = d << 5;
  for (let first: usize = 0; first < blocks; first += tile) {
    const start = x + first * block;
    const end = x + min(first + tile, blocks) * block;
    for (let j: usize = 0; j < m; j += 4) {
      const points = z + ((j * d) << 2);
      let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
      for (let at = start; at < end; at += block) {
        distances(at, points, d);
        s0 = f32x4.add(s0, f32x4.add(power4(f32x4.mul(a0, g)), power4(f32x4.mul(b0, g))));
        s1 = f32x4.add(s1, f32x4.add(power4(f32x4.mul(a1, g)), power4(f32x4.mul(b1, g))));
        s2 = f32x4.add(s2, f32x4.add(power4(f32x4.mul(a2, g)), power4(f32x4.mul(b2, g))));
        s3 = f32x4.add(s3, f32x4.add(power4(f32x4.mul(a3, g)), power4(f32x4.mul(b3, g))));
      }
      const to = sums + (j << 3);
      store<f64>(to, load<f64>(to) + horizontalSum(s0));
      store<f64>(to, load<f64>(to, 8) + horizontalSum(s1), 8);
      store<f64>(to, load<f64>(to, 16) + horizontalSum(s2), 16);
      store<f64>(to, load<f64>(to, 24) + horizontalSum(s3), 24);
    }
  }
}

/**
 * kernelSums, and Σ over rows of k(z_j, x)(x − z_j), added to the double sums [m, d].
 * `scratch` holds [4][d] vectors.
 */
export function kernelPull(
  x: usize, blocks: usize, d: usize, z: usize, m: usize, gamma: f32, sums: usize, pull: usize,
  scratch: usize, tile: usize,
): void {
  const g = f32x4.splat(-gamma * LOG2_E);
  const block = d << 5;
  for (let first: usize = 0; first < blocks; first += tile) {
    const start = x + first * block;
    const end = x + min(first + tile, blocks) * block;
    for (let j: usize = 0; j < m; j += 4) {
      const points = z + ((j * d) << 2);
      let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
      memory.fill(scratch, 0, d << 6);
      for (let at = start; at < end; at += block) {
        distances(at, points, d);
        const u0 = power4(f32x4.mul(a0, g)), v0 = power4(f32x4.mul(b0, g));
        const u1 = power4(f32x4.mul(a1, g)), v1 = power4(f32x4.mul(b1, g));
        const u2 = power4(f32x4.mul(a2, g)), v2 = power4(f32x4.mul(b2, g));
        const u3 = power4(f32x4.mul(a3, g)), v3 = power4(f32x4.mul(b3, g));
        s0 = f32x4.add(s0, f32x4.add(u0, v0));
        s1 = f32x4.add(s1, f32x4.add(u1, v1));
        s2 = f32x4.add(s2, f32x4.add(u2, v2));
        s3 = f32x4.add(s3, f32x4.add(u3, v3));
        const row = d << 2;
        for (let k: usize = 0; k < d; k++) {
          const u = v128.load(at + (k << 5));
          const v = v128.load(at + (k << 5), 16);
          const from = points + (k << 2);
          const to = scratch + (k << 6);
          let w = v128.load32_splat(from);
          let e = madd(u0, f32x4.sub(u, w), v128.load(to));
          v128.store(to, madd(v0, f32x4.sub(v, w), e));
          w = v128.load32_splat(from + row);
          e = madd(u1, f32x4.sub(u, w), v128.load(to, 16));
          v128.store(to, madd(v1, f32x4.sub(v, w), e), 16);
          w = v128.load32_splat(from + 2 * row);
          e = madd(u2, f32x4.sub(u, w), v128.load(to, 32));
          v128.store(to, madd(v2, f32x4.sub(v, w), e), 32);
          w = v128.load32_splat(from + 3 * row);
          e = madd(u3, f32x4.sub(u, w), v128.load(to, 48));
          v128.store(to, madd(v3, f32x4.sub(v, w), e), 48);
        }
      }
      const to = sums + (j << 3);
      store<f64>(to, load<f64>(to) + horizontalSum(s0));
      store<f64>(to, load<f64>(to, 8) + horizontalSum(s1), 8);
      store<f64>(to, load<f64>(to, 16) + horizontalSum(s2), 16);
      store<f64>(to, load<f64>(to, 24) + horizontalSum(s3), 24);
      for (let i: usize = 0; i < 4; i++) {
        for (let k: usize = 0; k < d; k++) {
          const at = pull + (((j + i) * d + k) << 3);
          const part = horizontalSum(v128.load(scratch + (k << 6) + (i << 4)));
          store<f64>(at, load<f64>(at) + part);
        }
      }
    }
  }
}

/** For every row the index of the nearest point [8 · blocks] and the squared distance to it [8 · blocks]. */
export function nearest(
  x: usize, blocks: usize, d: usize, z: usize, m: usize, index: usize, squared: usize,
): void {
  const block = d << 5;
  for (let i: usize = 0; i < blocks; i++) {
    const at = x + i * block;
    let p = f32x4.splat(f32.MAX_VALUE), q = p;
    let pi = i32x4.splat(0), qi = pi;
    for (let j: usize = 0; j < m; j += 4) {
      distances(at, z + ((j * d) << 2), d);
      const id = <i32>j;
      let closer = f32x4.lt(a0, p);
      p = v128.bitselect(a0, p, closer);
      pi = v128.bitselect(i32x4.splat(id), pi, closer);
      closer = f32x4.lt(b0, q);
      q = v128.bitselect(b0, q, closer);
      qi = v128.bitselect(i32x4.splat(id), qi, closer);
      closer = f32x4.lt(a1, p);
      p = v128.bitselect(a1, p, closer);
      pi = v128.bitselect(i32x4.splat(id + 1), pi, closer);
      closer = f32x4.lt(b1, q);
      q = v128.bitselect(b1, q, closer);
      qi = v128.bitselect(i32x4.splat(id + 1), qi, closer);
      closer = f32x4.lt(a2, p);
      p = v128.bitselect(a2, p, closer);
      pi = v128.bitselect(i32x4.splat(id + 2), pi, closer);
      closer = f32x4.lt(b2, q);
      q = v128.bitselect(b2, q, closer);
      qi = v128.bitselect(i32x4.splat(id + 2), qi, closer);
      closer = f32x4.lt(a3, p);
      p = v128.bitselect(a3, p, closer);
      pi = v128.bitselect(i32x4.splat(id + 3), pi, closer);
      closer = f32x4.lt(b3, q);
      q = v128.bitselect(b3, q, closer);
      qi = v128.bitselect(i32x4.splat(id + 3), qi, closer);
    }
    const to = i << 5;
    v128.store(index + to, pi);
    v128.store(index + to, qi, 16);
    v128.store(squared + to, p);
    v128.store(squared + to, q, 16);
  }
}

/** Products of one block of eight rows with four frequencies: into the globals, as `distances`. */
@inline
function products(x: usize, w: usize, d: usize): void {
  let p0 = f32x4.splat(0), p1 = p0, p2 = p0, p3 = p0;
  let q0 = p0, q1 = p0, q2 = p0, q3 = p0;
  const row = d << 2;
  const end = x + (d << 5);
  for (let at = x, from = w; at < end; at += 32, from += 4) {
    const u = v128.load(at);
    const v = v128.load(at, 16);
    let f = v128.load32_splat(from);
    p0 = madd(u, f, p0);
    q0 = madd(v, f, q0);
    f = v128.load32_splat(from + row);
    p1 = madd(u, f, p1);
    q1 = madd(v, f, q1);
    f = v128.load32_splat(from + 2 * row);
    p2 = madd(u, f, p2);
    q2 = madd(v, f, q2);
    f = v128.load32_splat(from + 3 * row);
    p3 = madd(u, f, p3);
    q3 = madd(v, f, q3);
  }
  a0 = p0; a1 = p1; a2 = p2; a3 = p3;
  b0 = q0; b1 = q1; b2 = q2; b3 = q3;
}

/**
 * Σ over rows of the cosine and sine of ⟨w_j, x⟩ quarter turns, added to the double sums
 * [2, m]. `w` lies as points do; there may be no padding rows.
 */
export function featureSums(
  x: usize, blocks: usize, d: usize, w: usize, m: usize, sums: usize, tile: usize,
): void {
  const block = d << 5;
  for (let first: usize = 0; first < blocks; first += tile) {
    const start = x + first * block;
    const end = x + min(first + tile, blocks) * block;
    for (let j: usize = 0; j < m; j += 4) {
      const frequencies = w + ((j * d) << 2);
      let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0;
      let s0 = c0, s1 = c0, s2 = c0, s3 = c0;
      for (let at = start; at < end; at += block) {
        products(at, frequencies, d);
        turn4(a0); c0 = f32x4.add(c0, cosine); s0 = f32x4.add(s0, sine);
        turn4(a1); c1 = f32x4.add(c1, cosine); s1 = f32x4.add(s1, sine);
        turn4(a2); c2 = f32x4.add(c2, cosine); s2 = f32x4.add(s2, sine);
        turn4(a3); c3 = f32x4.add(c3, cosine); s3 = f32x4.add(s3, sine);
        turn4(b0); c0 = f32x4.add(c0, cosine); s0 = f32x4.add(s0, sine);
        turn4(b1); c1 = f32x4.add(c1, cosine); s1 = f32x4.add(s1, sine);
        turn4(b2); c2 = f32x4.add(c2, cosine); s2 = f32x4.add(s2, sine);
        turn4(b3); c3 = f32x4.add(c3, cosine); s3 = f32x4.add(s3, sine);
      }
      let to = sums + (j << 3);
      store<f64>(to, load<f64>(to) + horizontalSum(c0));
      store<f64>(to, load<f64>(to, 8) + horizontalSum(c1), 8);
      store<f64>(to, load<f64>(to, 16) + horizontalSum(c2), 16);
      store<f64>(to, load<f64>(to, 24) + horizontalSum(c3), 24);
      to += m << 3;
      store<f64>(to, load<f64>(to) + horizontalSum(s0));
      store<f64>(to, load<f64>(to, 8) + horizontalSum(s1), 8);
      store<f64>(to, load<f64>(to, 16) + horizontalSum(s2), 16);
      store<f64>(to, load<f64>(to, 24) + horizontalSum(s3), 24);
    }
  }
}

/** The first byte the caller may use. */
export function heapBase(): usize {
  return __heap_base;
}
