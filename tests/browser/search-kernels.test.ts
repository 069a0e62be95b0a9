/** @file The search kernels once more where the fused builds run, which Node 20 refuses. */

import "../unit/runtime/pairs.test";
import "../unit/runtime/sketch-scan.test";
import "../unit/runtime/sketcher.test";
