/**
 * @file Protocol Buffers as a list of fields, without a schema: what is not understood is kept as it
 * was. No reflection, since that generates code and the page's security policy forbids it.
 */

import { concatenate } from "../../ground/bytes";
import protobuf from "protobufjs/minimal.js";

import { EngineError } from "../../ground/errors";

/** How a field's value is laid out. */
const Wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

export interface Field {
  readonly number: number;
  readonly wire: number;
  /** What follows the tag; for `Wire.bytes` without its length. */
  readonly content: Uint8Array;
  /** Tag and content, as they stood. */
  readonly raw: Uint8Array;
}

/**
 * The fields of one message, in order.
 *
 * @param wanted - Field numbers to return; all if left out. Others are only skipped, which is fast.
 * @throws EngineError `bad_model` if the bytes are not a message.
 */
export function readFields(bytes: Uint8Array, wanted?: ReadonlySet<number>): Field[] {
  const fields: Field[] = [];
  const reader = new protobuf.Reader(bytes);
  try {
    while (reader.pos < reader.len) {
      const start = reader.pos;
      const tag = reader.uint32();
      const number = tag >>> 3;
      const wire = tag & 7;
      if (number === 0) throw new RangeError("field number 0");
      const from = reader.pos;
      let content: Uint8Array;
      if (wire === Wire.bytes) {
        content = reader.bytes();
      } else {
        reader.skipType(wire);
        content = bytes.subarray(from, reader.pos);
      }
      if (!wanted || wanted.has(number)) {
        fields.push({ number, wire, content, raw: bytes.subarray(start, reader.pos) });
      }
    }
  } catch (cause) {
    throw new EngineError("bad_model", "the bytes are not an ONNX model", {}, { cause });
  }
  return fields;
}

/**
 * A nested message. One that is written in several parts is their sequence, as the format demands,
 * so that nothing can hide in a second part.
 *
 * @returns Null if the field is absent.
 */
export function nested(fields: readonly Field[], number: number): Uint8Array | null {
  const parts = repeated(fields, number);
  if (parts.length <= 1) return parts[0] ?? null;
  return concatenate(parts);
}

/** Contents of every field of this number, if length-delimited. */
export function repeated(fields: readonly Field[], number: number): Uint8Array[] {
  return fields
    .filter((field) => field.number === number && field.wire === Wire.bytes)
    .map((field) => field.content);
}

/** The last text of this number, as singular fields are read; empty if absent. */
export function text(fields: readonly Field[], number: number): string {
  const content = repeated(fields, number).at(-1);
  return content ? decodeText(content) : "";
}

/** UTF-8 to text. */
export function decodeText(bytes: Uint8Array): string {
  return protobuf.util.utf8.read(bytes, 0, bytes.length);
}

/** Text to UTF-8. */
export function encodeText(content: string): Uint8Array {
  const bytes = new Uint8Array(protobuf.util.utf8.length(content));
  protobuf.util.utf8.write(content, bytes, 0);
  return bytes;
}

/** All numbers of a repeated varint, packed or not. */
export function integers(fields: readonly Field[], number: number): number[] {
  const found: number[] = [];
  for (const field of fields) {
    if (field.number !== number) continue;
    if (field.wire !== Wire.varint && field.wire !== Wire.bytes) continue;
    const reader = new protobuf.Reader(field.content);
    try {
      while (reader.pos < reader.len) found.push(Number(reader.int64()));
    } catch (cause) {
      throw new EngineError("bad_model", "a number in the model is cut off", {}, { cause });
    }
  }
  return found;
}

/** The last number of a singular varint; 0 if absent. */
export function integer(fields: readonly Field[], number: number): number {
  return integers(fields, number).at(-1) ?? 0;
}

/** Writes one message, field by field. */
export class MessageWriter {
  readonly #writer = new protobuf.Writer();

  bytes(number: number, content: Uint8Array): this {
    this.#writer.uint32((number << 3) | Wire.bytes).bytes(content);
    return this;
  }

  text(number: number, content: string): this {
    return this.bytes(number, encodeText(content));
  }

  message(number: number, message: MessageWriter): this {
    return this.bytes(number, message.finish());
  }

  integer(number: number, value: number): this {
    this.#writer.uint32((number << 3) | Wire.varint).int64(value);
    return this;
  }

  float(number: number, value: number): this {
    this.#writer.uint32((number << 3) | Wire.fixed32).float(value);
    return this;
  }

  packedIntegers(number: number, values: Iterable<number>): this {
    const packed = new protobuf.Writer();
    for (const value of values) packed.int64(value);
    return this.bytes(number, packed.finish());
  }

  packedFloats(number: number, values: ArrayLike<number>): this {
    const packed = new Uint8Array(values.length * 4);
    const view = new DataView(packed.buffer);
    for (let i = 0; i < values.length; i++) view.setFloat32(i * 4, values[i]!, true);
    return this.bytes(number, packed);
  }

  finish(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#writer.finish());
  }
}

/**
 * A message with some of its nested messages changed, everything else byte for byte as it was.
 *
 * @param edit - New content for a field of this number; null takes it away.
 */
export function replaceFields(
  bytes: Uint8Array,
  number: number,
  edit: (content: Uint8Array) => Uint8Array | null,
): Uint8Array<ArrayBuffer> {
  const parts = readFields(bytes).map((field) => {
    if (field.number !== number || field.wire !== Wire.bytes) return field.raw;
    const content = edit(field.content);
    return content ? new MessageWriter().bytes(number, content).finish() : new Uint8Array(0);
  });
  return concatenate(parts);
}
