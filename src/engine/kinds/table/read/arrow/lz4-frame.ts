import { damaged } from "../cells/damaged";

const CALLED = "Arrow file";
const MAGIC = 0x184d2204;
const MOST_BYTES = 1 << 30;

/**
 * Unpack a frame of LZ4 blocks, which may point back into those before.
 * Source: lz4 Frame Format Description 1.6.2 and Block Format Description.
 *
 * @throws EngineError `damaged_file`
 */
export function unpackLz4Frame(frame: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  if (frame.length < 7 || view.getUint32(0, true) !== MAGIC) throw damaged(CALLED, "no LZ4 frame");
  const flags = frame[4]!;
  const hasSize = (flags & 8) !== 0;
  const hasBlockChecksum = (flags & 16) !== 0;
  const out = new Growing();
  let at = 7 + (hasSize ? 8 : 0) + (flags & 1 ? 4 : 0);
  for (;;) {
    if (at + 4 > frame.length) throw damaged(CALLED, "an LZ4 frame ends too early");
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) return out.bytes;
    const length = size & 0x7fffffff;
    if (at + length > frame.length) throw damaged(CALLED, "an LZ4 frame ends too early");
    const block = frame.subarray(at, at + length);
    if (size > 0x7fffffff) out.append(block);
    else unpackBlock(block, out);
    at += length + (hasBlockChecksum ? 4 : 0);
  }
}

function unpackBlock(block: Uint8Array, out: Growing): void {
  let at = 0;
  const more = (short: number): number => {
    let length = short;
    if (short < 15) return length;
    for (;;) {
      const byte = block[at++];
      if (byte === undefined) throw damaged(CALLED, "an LZ4 block ends too early");
      length += byte;
      if (byte < 255) return length;
    }
  };
  while (at < block.length) {
    const token = block[at++]!;
    const literals = more(token >> 4);
    if (at + literals > block.length) throw damaged(CALLED, "an LZ4 block ends too early");
    out.append(block.subarray(at, at + literals));
    at += literals;
    if (at === block.length) return;
    const back = block[at]! + 256 * (block[at + 1] ?? 0);
    at += 2;
    out.repeat(back, more(token & 15) + 4);
  }
}

/** Bytes of which more and more come. */
class Growing {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Again what came `back` bytes ago; what is repeated may overlap what it becomes. */
  repeat(back: number, count: number): void {
    if (back === 0 || back > this.#length)
      throw damaged(CALLED, "an LZ4 block points beyond its start");
    this.#reserve(count);
    for (let i = 0; i < count; i++, this.#length++) {
      this.#bytes[this.#length] = this.#bytes[this.#length - back]!;
    }
  }

  #reserve(count: number): void {
    const wanted = this.#length + count;
    if (wanted > MOST_BYTES) throw damaged(CALLED, "it unpacks to too many bytes");
    if (wanted <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(wanted, 2 * this.#bytes.length));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
