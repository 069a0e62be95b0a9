import { nextTask } from "./threads/next-task";

const PIECE_BYTES = 1 << 16;
/** Of a member without content. */
const SHORTEST_MEMBER = 18;
/** Bytes by which the head of a member is told. */
const MARK_BYTES = 4;

/**
 * Unpack gzip of one or several members, as concatenated files have. Browsers unpack a single one and take the next for junk, and
 * do not say where one ends; so the input is cut where the head of a member stands behind the length of what came out.
 *
 * @throws From its iteration, if the bytes are not whole gzip members.
 */
export async function* gunzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let member = new Member();
  let carry = new Uint8Array();
  try {
    for await (const piece of pieces(bytes)) {
      const data = new Uint8Array(carry.length + piece.length);
      data.set(carry);
      data.set(piece, carry.length);
      const end = data.length - MARK_BYTES + 1;
      let from = 0;
      for (let at = 0; at < end; at++) {
        if (!isHead(data, at) || member.taken + at - from < SHORTEST_MEMBER) continue;
        yield* member.take(data.subarray(from, at));
        from = at;
        if (!(await member.mayEnd())) continue;
        yield* member.end();
        member = new Member();
      }
      const to = Math.max(from, end);
      yield* member.take(data.subarray(from, to));
      carry = data.slice(to);
    }
    yield* member.take(carry);
    yield* member.end();
  } finally {
    member.abandon();
  }
}

async function* pieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES)
      yield chunk.subarray(at, at + PIECE_BYTES);
  }
}

function isHead(data: Uint8Array, at: number): boolean {
  return data[at] === 0x1f && data[at + 1] === 0x8b && data[at + 2] === 8 && data[at + 3]! < 32;
}

/** One member that is unpacked as it comes. */
class Member {
  /** Bytes so far. */
  taken = 0;
  readonly #stream = new DecompressionStream("gzip");
  readonly #writer = this.#stream.writable.getWriter();
  readonly #unpacked: Uint8Array[] = [];
  readonly #done: Promise<void>;
  #length = 0;
  /** The last four bytes that were taken. */
  #tail = new Uint8Array(4);

  constructor() {
    this.#done = this.#drain();
    this.#done.catch(() => undefined); // Thrown by `end`, or by the writer before.
  }

  async *take(packed: Uint8Array): AsyncGenerator<Uint8Array> {
    if (packed.length === 0) return;
    this.taken += packed.length;
    const last = Uint8Array.of(...this.#tail, ...packed.subarray(-4));
    this.#tail = last.slice(-4);
    await this.#writer.write(packed.slice());
    yield* this.#unpacked.splice(0);
  }

  /** Whether the last bytes are the length of what was unpacked, as those of a whole member are. */
  async mayEnd(): Promise<boolean> {
    await nextTask();
    const length = new DataView(this.#tail.buffer).getUint32(0, true);
    return length === this.#length % 2 ** 32;
  }

  async *end(): AsyncGenerator<Uint8Array> {
    await this.#writer.close();
    await this.#done;
    yield* this.#unpacked.splice(0);
  }

  abandon(): void {
    this.#writer.abort().catch(() => undefined); // It may be over already.
  }

  async #drain(): Promise<void> {
    const reader = this.#stream.readable.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.#unpacked.push(value);
      this.#length += value.length;
    }
  }
}
