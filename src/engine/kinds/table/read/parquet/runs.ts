import { damaged } from "../cells/damaged";

/**
 * Numbers of few bits in the mixture of runs and packed groups that Parquet calls RLE.
 *
 * @param width - Bits of a number, at most 32.
 * @param count - How many are wanted.
 * @throws EngineError `damaged_file` if there are fewer.
 */
export function readRuns(bytes: Uint8Array, width: number, count: number): Uint32Array {
  if (width > 32) throw damaged("Parquet file", `numbers of ${width} bits`);
  const numbers = new Uint32Array(count);
  let at = 0;
  let done = 0;
  while (done < count) {
    let header = 0;
    for (let scale = 1; ; scale *= 128) {
      if (at >= bytes.length || scale > 2 ** 28)
        throw damaged("Parquet file", "a page ends too early");
      const byte = bytes[at++]!;
      header += (byte & 127) * scale;
      if (byte < 128) break;
    }
    const size = Math.floor(header / 2);
    if (header % 2 === 1) {
      const end = Math.min(count, done + 8 * size);
      unpack(bytes, at, width, numbers.subarray(done, end));
      at += size * width;
      done = end;
    } else {
      let value = 0;
      for (let byte = 0; 8 * byte < width; byte++) value += (bytes[at++] ?? 0) * 2 ** (8 * byte);
      const end = Math.min(count, done + size);
      numbers.fill(value, done, end);
      done = end;
    }
  }
  return numbers;
}

function unpack(bytes: Uint8Array, from: number, width: number, numbers: Uint32Array): void {
  if (from + Math.ceil((numbers.length * width) / 8) > bytes.length) {
    throw damaged("Parquet file", "a page ends too early");
  }
  let bit = from * 8;
  for (let i = 0; i < numbers.length; i++) {
    let value = 0;
    for (let got = 0; got < width;) {
      const offset = bit & 7;
      const take = Math.min(8 - offset, width - got);
      value += (((bytes[bit >>> 3] ?? 0) >>> offset) & ((1 << take) - 1)) * 2 ** got;
      got += take;
      bit += take;
    }
    numbers[i] = value;
  }
}
