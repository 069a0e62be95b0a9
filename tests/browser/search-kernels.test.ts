/** @file The search kernels once more where the fused builds run, which Node 20 refuses. */

import "../unit/runtime/compute/wasm/pairs.test";
import "../unit/runtime/compute/wasm/sketch-scan.test";
import "../unit/runtime/compute/wasm/sketcher.test";
