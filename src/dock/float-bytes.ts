/** @file Single-precision numbers as the store keeps them: four bytes each, little-endian. */

/** @throws RangeError if the bytes are not a whole number of floats. */
export function floatsOf(bytes: Uint8Array): Float32Array {
  if (bytes.length % 4 !== 0) throw new RangeError(`${bytes.length} bytes are no floats`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

export function bytesOf(numbers: Float32Array | Float64Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * numbers.length);
  const view = new DataView(bytes.buffer);
  numbers.forEach((number, i) => view.setFloat32(4 * i, number, true));
  return bytes;
}
