/** @file Weights on a book as they are kept and sent: 16 bits each, in parts of the largest. */

import { EngineError } from "../../ground/errors";

const LARGEST = 0xffff;

/**
 * Weights as whole parts of the largest of them, little-endian: off by at most 8e-6 of it each. Small ones become 0.
 *
 * @param weights - Shape [m], ≥ 0, finite, some > 0.
 * @returns 2m bytes.
 */
export function packShares(weights: Float64Array): Uint8Array<ArrayBuffer> {
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const isUsable = (weight: number) => weight >= 0 && weight <= largest;
  if (!(largest > 0 && Number.isFinite(largest) && weights.every(isUsable))) {
    throw new EngineError("bad_parameter", "weights on a book must be finite, ≥ 0, and not all 0");
  }
  const view = new DataView(new ArrayBuffer(2 * weights.length));
  weights.forEach((weight, j) => {
    view.setUint16(2 * j, Math.round((weight / largest) * LARGEST), true);
  });
  return new Uint8Array(view.buffer);
}

/**
 * The weights that were packed, their sum 1 again.
 *
 * @param bytes - 2m of them, at any offset.
 * @throws EngineError `bad_specification` if all are 0, or a byte is left over.
 */
export function unpackShares(bytes: Uint8Array): Float64Array {
  const weights = new Float64Array(bytes.length >> 1); // Plain loops: a dock unpacks hundreds for each search.
  let total = 0;
  for (let j = 0; j < weights.length; j++) {
    const part = bytes[2 * j]! | (bytes[2 * j + 1]! << 8);
    weights[j] = part;
    total += part;
  }
  if (bytes.length % 2 > 0 || !(total > 0)) {
    throw new EngineError("bad_specification", "weights on a book must be whole and not all 0");
  }
  for (let j = 0; j < weights.length; j++) weights[j]! /= total;
  return weights;
}
