/**
 * @file The kernel sums as WGSL. Up to `MOST_FUSED_COLUMNS` columns one fused pass keeps a point and
 * its sums in registers; beyond, a block of rows at a time goes through small tiled matrix passes.
 */

/** Above it shaders of one `let` per column take seconds to compile, and a tile of rows soon outgrows workgroup memory. */
export const MOST_FUSED_COLUMNS = 32;
/** Threads of a workgroup in the fused passes, and rows of a tile. */
export const LANES = 64;
/** Side of the square tiles of the matrix passes. */
export const TILE = 16;

const PARAMS = /* wgsl */ `
struct Params { rows: u32, points: u32, cols: u32, first: u32, perGroup: u32, slot: u32, gamma: f32, pad: u32 };
@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> z: array<f32>;
`;

const each = (d: number, line: (k: number) => string) =>
  Array.from({ length: d }, (_, k) => line(k)).join("\n");

/**
 * The cosine of t quarter turns, and with shift 1 the sine. WGSL promises its own only to 2⁻¹¹. In
 * quarter turns the reduction is exact. Source of the polynomials: Cephes sinf, cosf (S. Moshier).
 */
const TURN = /* wgsl */ `
fn turn(t: f32, shift: f32) -> f32 {
  let n = round(t);
  let r = (t - n) * 1.5707963267948966;
  let s = r * r;
  let sine = r + r * s * (-1.6666654611e-1 + s * (8.3321608736e-3 - s * 1.9515295891e-4));
  let cosine = 1.0 - 0.5 * s + s * s * (4.166664568298827e-2 + s * (-1.388731625493765e-3 + s * 2.443315711809948e-5));
  let quadrant = (n - shift) - 4.0 * floor((n - shift) * 0.25);
  let value = select(cosine, sine, quadrant == 1.0 || quadrant == 3.0);
  return select(value, -value, quadrant == 1.0 || quadrant == 2.0);
}
`;

/** 1 for the second half of the points, the sines; else 0. */
const SHIFT = "let shift = select(0.0, 1.0, 2u * j >= p.points);";

/**
 * What is summed over the rows: the kernel; the kernel and its pull; or random features, whose
 * points are all frequencies twice, in quarter turns: first for the cosines, then for the sines.
 */
export type Summed = "means" | "pull" | "features";

/**
 * One thread per point, tiles of rows in workgroup memory. Writes per group of rows and point:
 * Σ k (or Σ feature), and with `pull` also Σ k · (x − z). One `let` per column is several times faster than a
 * private array on SwiftShader.
 */
export function fusedSums(d: number, summed: Summed): string {
  const pull = summed === "pull";
  const isFeature = summed === "features";
  const width = pull ? d + 1 : 1;
  const pair = (k: number) =>
    isFeature
      ? `s += tile[o + ${k}u] * z${k};`
      : `let e${k} = tile[o + ${k}u] - z${k}; s += e${k} * e${k};`;
  return /* wgsl */ `${PARAMS}${isFeature ? TURN : ""}
@group(0) @binding(3) var<storage, read_write> partials: array<f32>;
var<workgroup> tile: array<f32, ${LANES * d}>;
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) t: u32) {
  let j = group.y * ${LANES}u + t;
  let own = min(j, p.points - 1u) * ${d}u;
  ${each(d, (k) => `let z${k} = z[own + ${k}u];`)}
  ${isFeature ? SHIFT : ""}
  var total = 0.0;
  ${pull ? each(d, (k) => `var g${k} = 0.0;`) : ""}
  let start = p.first + group.x * p.perGroup;
  let end = min(start + p.perGroup, p.rows);
  for (var base = start; base < end; base += ${LANES}u) {
    let count = min(${LANES}u, end - base);
    for (var i = t; i < count * ${d}u; i += ${LANES}u) { tile[i] = x[base * ${d}u + i]; }
    workgroupBarrier();
    var part = 0.0;
    for (var r = 0u; r < count; r++) {
      let o = r * ${d}u;
      var s = 0.0;
      ${each(d, pair)}
      let w = ${isFeature ? "turn(s, shift)" : "exp(-p.gamma * s)"};
      part += w;
      ${pull ? each(d, (k) => `g${k} += w * e${k};`) : ""}
    }
    total += part;
    workgroupBarrier();
  }
  if (j < p.points) {
    let o = ((p.slot + group.x) * p.points + j) * ${width}u;
    partials[o] = total;
    ${pull ? each(d, (k) => `partials[o + ${k + 1}u] = g${k};`) : ""}
  }
}`;
}

/** Adds the partial sums of all groups, in runs of 32 so that rounding does not pile up. */
export const addPartials = /* wgsl */ `
struct Params { groups: u32, width: u32 };
@group(0) @binding(0) var<uniform> p: Params;
@group(0) @binding(1) var<storage, read> partials: array<f32>;
@group(0) @binding(2) var<storage, read_write> sums: array<f32>;
@compute @workgroup_size(${LANES})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let o = id.x;
  if (o >= p.width) { return; }
  var total = 0.0;
  for (var run = 0u; run < p.groups; run += 32u) {
    var part = 0.0;
    for (var g = run; g < min(run + 32u, p.groups); g++) { part += partials[g * p.width + o]; }
    total += part;
  }
  sums[o] = total;
}`;

/** One thread per row, tiles of points in workgroup memory. */
export function fusedNearest(d: number): string {
  return /* wgsl */ `${PARAMS}
@group(0) @binding(3) var<storage, read_write> index: array<u32>;
@group(0) @binding(4) var<storage, read_write> squared: array<f32>;
var<workgroup> tile: array<f32, ${LANES * d}>;
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) t: u32) {
  let i = p.first + group.x * ${LANES}u + t;
  let own = min(i, p.rows - 1u) * ${d}u;
  ${each(d, (k) => `let x${k} = x[own + ${k}u];`)}
  var best = 3.4e38;
  var which = 0u;
  for (var base = 0u; base < p.points; base += ${LANES}u) {
    let count = min(${LANES}u, p.points - base);
    for (var c = t; c < count * ${d}u; c += ${LANES}u) { tile[c] = z[base * ${d}u + c]; }
    workgroupBarrier();
    for (var r = 0u; r < count; r++) {
      let o = r * ${d}u;
      var s = 0.0;
      ${each(d, (k) => `let e${k} = x${k} - tile[o + ${k}u]; s += e${k} * e${k};`)}
      if (s < best) { best = s; which = base + r; }
    }
    workgroupBarrier();
  }
  if (i < p.rows) { index[i] = which; squared[i] = best; }
}`;
}

/**
 * Squared distances, kernel values or features of a block of `perGroup` rows from `first` and all
 * points: [block, points]. Rows past the end get 0.
 */
export function blockPairs(pair: "distance" | "kernel" | "feature"): string {
  const isFeature = pair === "feature";
  const value = { distance: "s", kernel: "exp(-p.gamma * s)", feature: "turn(s, shift)" }[pair];
  return /* wgsl */ `${PARAMS}${isFeature ? TURN : ""}
@group(0) @binding(3) var<storage, read_write> pairs: array<f32>;
var<workgroup> xs: array<f32, ${TILE * TILE}>;
var<workgroup> zs: array<f32, ${TILE * TILE}>;
@compute @workgroup_size(${TILE}, ${TILE})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) t: vec3<u32>) {
  let r = group.x * ${TILE}u + t.y;
  let j = group.y * ${TILE}u + t.x;
  let row = p.first + r;
  let loadJ = group.y * ${TILE}u + t.y;
  var s = 0.0;
  for (var base = 0u; base < p.cols; base += ${TILE}u) {
    let k = base + t.x;
    let o = t.y * ${TILE}u + t.x;
    xs[o] = 0.0;
    zs[o] = 0.0;
    if (k < p.cols && row < p.rows) { xs[o] = x[row * p.cols + k]; }
    if (k < p.cols && loadJ < p.points) { zs[o] = z[loadJ * p.cols + k]; }
    workgroupBarrier();
    for (var c = 0u; c < ${TILE}u; c++) {
      let u = xs[t.y * ${TILE}u + c];
      let v = zs[t.x * ${TILE}u + c];
      s += ${isFeature ? "u * v" : "(u - v) * (u - v)"};
    }
    workgroupBarrier();
  }
  if (r < p.perGroup && j < p.points) {
    ${isFeature ? SHIFT : ""}
    let value = ${value};
    pairs[r * p.points + j] = select(0.0, value, row < p.rows);
  }
}`;
}

/** Adds the kernel values of a block to the sums: one workgroup per point. */
export const blockSums = /* wgsl */ `${PARAMS}
@group(0) @binding(3) var<storage, read> pairs: array<f32>;
@group(0) @binding(4) var<storage, read_write> sums: array<f32>;
var<workgroup> parts: array<f32, ${LANES}>;
@compute @workgroup_size(${LANES})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) t: u32) {
  // Bound like the other passes, so named here: a binding that is not would be left out.
  _ = &x;
  _ = &z;
  let j = group.x;
  var s = 0.0;
  for (var r = t; r < p.perGroup; r += ${LANES}u) { s += pairs[r * p.points + j]; }
  parts[t] = s;
  workgroupBarrier();
  for (var half = ${LANES / 2}u; half > 0u; half /= 2u) {
    if (t < half) { parts[t] += parts[t + half]; }
    workgroupBarrier();
  }
  if (t == 0u) { sums[j] += parts[0]; }
}`;

/** Adds Σ k · (x − z) of a block to the pull [points, cols]: one thread per number. */
export const blockPull = /* wgsl */ `${PARAMS}
@group(0) @binding(3) var<storage, read> pairs: array<f32>;
@group(0) @binding(4) var<storage, read_write> pull: array<f32>;
var<workgroup> xs: array<f32, ${TILE * TILE}>;
var<workgroup> ws: array<f32, ${TILE * TILE}>;
@compute @workgroup_size(${TILE}, ${TILE})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) t: vec3<u32>) {
  let k = group.x * ${TILE}u + t.x;
  let j = group.y * ${TILE}u + t.y;
  let loadJ = group.y * ${TILE}u + t.x;
  let o = t.y * ${TILE}u + t.x;
  var own = 0.0;
  if (k < p.cols && j < p.points) { own = z[j * p.cols + k]; }
  var s = 0.0;
  for (var base = 0u; base < p.perGroup; base += ${TILE}u) {
    let r = base + t.y;
    xs[o] = 0.0;
    ws[o] = 0.0;
    if (r < p.perGroup && p.first + r < p.rows) {
      if (k < p.cols) { xs[o] = x[(p.first + r) * p.cols + k]; }
      if (loadJ < p.points) { ws[o] = pairs[r * p.points + loadJ]; }
    }
    workgroupBarrier();
    var part = 0.0;
    for (var c = 0u; c < ${TILE}u; c++) {
      part += ws[c * ${TILE}u + t.y] * (xs[c * ${TILE}u + t.x] - own);
    }
    s += part;
    workgroupBarrier();
  }
  if (k < p.cols && j < p.points) { pull[j * p.cols + k] += s; }
}`;

/** The least of each row of a block of squared distances: one thread per row. */
export const blockNearest = /* wgsl */ `${PARAMS}
@group(0) @binding(3) var<storage, read> pairs: array<f32>;
@group(0) @binding(4) var<storage, read_write> index: array<u32>;
@group(0) @binding(5) var<storage, read_write> squared: array<f32>;
@compute @workgroup_size(${LANES})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  // Bound like the other passes, so named here: a binding that is not would be left out.
  _ = &x;
  _ = &z;
  let r = id.x;
  let row = p.first + r;
  if (r >= p.perGroup || row >= p.rows) { return; }
  var best = 3.4e38;
  var which = 0u;
  for (var j = 0u; j < p.points; j++) {
    let s = pairs[r * p.points + j];
    if (s < best) { best = s; which = j; }
  }
  index[row] = which;
  squared[row] = best;
}`;
