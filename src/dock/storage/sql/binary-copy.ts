/** @file PostgreSQL's COPY BINARY format, version 1 of the PGCOPY signature. */

import { setImmediate } from "node:timers/promises";

/** The column types that can be copied, and what their values are here. */
interface ValueOf {
  int4: number;
  /** Decimal digits reach beyond 2⁵³. */
  int8: number | string;
  float8: number;
  text: string;
  bytea: Uint8Array;
  vector: Float32Array;
  /** Rounded to half precision, ties to even. */
  halfvec: Float32Array;
}

type CopyType = keyof ValueOf;

type CopyRow<Types extends readonly CopyType[]> = {
  readonly [Index in keyof Types]: ValueOf[Types[Index]] | null;
};

const CHUNK_BYTES = 256 * 1024;

/**
 * Rows in the format that `Sql.copy` takes, in chunks of about 256 KiB.
 *
 * @param types - Those of the columns, in the order in which they are copied into.
 */
export async function* binaryCopy<const Types extends readonly CopyType[]>(
  types: Types,
  rows: Iterable<CopyRow<Types>> | AsyncIterable<CopyRow<Types>>,
): AsyncGenerator<Uint8Array, void> {
  const out = new ByteWriter();
  out.bytes(Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"));
  out.int4(0); // No flags
  out.int4(0); // and no header extension.
  for await (const row of rows) {
    out.int2(types.length);
    types.forEach((type, i) => writeField(out, type, row[i] ?? null));
    if (out.length < CHUNK_BYTES) continue;
    yield out.take();
    await setImmediate(); // Let requests be answered between two chunks.
  }
  out.int2(-1);
  yield out.take();
}

function writeField<T extends CopyType>(out: ByteWriter, type: T, value: ValueOf[T] | null): void {
  if (value === null) out.int4(-1);
  else writers[type](out, value);
}

/** Each writes a value's length and then the value as PostgreSQL's `<type>recv` reads it. */
const writers: { [T in CopyType]: (out: ByteWriter, value: ValueOf[T]) => void } = {
  int4(out, value) {
    out.int4(4);
    out.int4(value);
  },
  int8(out, value) {
    out.int4(8);
    out.int8(BigInt(value));
  },
  float8(out, value) {
    out.int4(8);
    out.float8(value);
  },
  text(out, value) {
    const bytes = Buffer.from(value, "utf8");
    out.int4(bytes.length);
    out.bytes(bytes);
  },
  bytea(out, value) {
    out.int4(value.length);
    out.bytes(value);
  },
  vector(out, value) {
    out.int4(4 + 4 * value.length);
    out.int2(value.length);
    out.int2(0);
    out.float4s(value);
  },
  halfvec(out, value) {
    out.int4(4 + 2 * value.length);
    out.int2(value.length);
    out.int2(0);
    out.float2s(value);
  },
};

/** Bytes in network order, in a buffer that grows. */
class ByteWriter {
  #buffer = new Uint8Array(CHUNK_BYTES);
  #view = new DataView(this.#buffer.buffer);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What was written since the last time; the caller's to keep. */
  take(): Uint8Array {
    const taken = this.#buffer.subarray(0, this.#length);
    this.#use(new Uint8Array(CHUNK_BYTES));
    this.#length = 0;
    return taken;
  }

  int2(value: number): void {
    const start = this.#claim(2);
    this.#view.setInt16(start, value);
  }

  int4(value: number): void {
    const start = this.#claim(4);
    this.#view.setInt32(start, value);
  }

  int8(value: bigint): void {
    const start = this.#claim(8);
    this.#view.setBigInt64(start, value);
  }

  float8(value: number): void {
    const start = this.#claim(8);
    this.#view.setFloat64(start, value);
  }

  bytes(value: Uint8Array): void {
    const start = this.#claim(value.length);
    this.#buffer.set(value, start);
  }

  float4s(values: Float32Array): void {
    const start = this.#claim(4 * values.length);
    for (let i = 0; i < values.length; i++) this.#view.setFloat32(start + 4 * i, values[i]!);
  }

  float2s(values: Float32Array): void {
    const start = this.#claim(2 * values.length);
    for (let i = 0; i < values.length; i++) {
      this.#view.setUint16(start + 2 * i, halfPrecisionBits(values[i]!));
    }
  }

  /** Makes room for so many more bytes, maybe in another buffer, and says where it starts. */
  #claim(count: number): number {
    const start = this.#length;
    this.#length += count;
    if (this.#length > this.#buffer.length) {
      const old = this.#buffer;
      this.#use(new Uint8Array(2 * this.#length));
      this.#buffer.set(old.subarray(0, start));
    }
    return start;
  }

  #use(buffer: Uint8Array<ArrayBuffer>): void {
    this.#buffer = buffer;
    this.#view = new DataView(buffer.buffer);
  }
}

const single = new Float32Array(1);
const singleBits = new Uint32Array(single.buffer);

/** The IEEE 754 binary16 nearest to a binary32, ties to even; what is too large becomes infinite. */
function halfPrecisionBits(value: number): number {
  single[0] = value;
  const bits = singleBits[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return 0x7e00; // Not a number
  if (magnitude >= 0x47800000) return sign | 0x7c00; // From 2¹⁶ on
  if (magnitude < 0x38800000) {
    // Below 2⁻¹⁴ halves lie 2⁻²⁴ apart, as singles do at 0.5: the addition rounds.
    single[0] = Math.abs(value) + 0.5;
    return sign | (singleBits[0]! - 0x3f000000);
  }
  // 13 bits fewer, and an exponent that starts 112 lower; a carry into the exponent is right.
  const odd = (magnitude >>> 13) & 1;
  return sign | ((magnitude - 0x38000000 + 0xfff + odd) >>> 13);
}
