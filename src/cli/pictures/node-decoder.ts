import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { EngineError } from "../../engine/ground/errors";
import type { DecodedPicture, PictureDecoder } from "../../engine/kinds/image/read/picture-decoder";
import type { PictureFormat } from "../../engine/kinds/image/read/picture-head";

/** Pixels as they are stored: shape [height, width, 4]. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

type Decode = (bytes: Uint8Array) => Promise<Pixels>;

/** Each library is loaded with the first picture that needs it. Those of WebAssembly are what browsers have, compiled. */
const decoders: Record<PictureFormat, Decode | null> = {
  async jpeg(bytes) {
    const { default: decode, init } = await import("@jsquash/jpeg/decode.js");
    await once("jpeg", async () => init(await wasmOf("@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm")));
    return decode(bufferOf(bytes));
  },
  async webp(bytes) {
    const { default: decode, init } = await import("@jsquash/webp/decode.js");
    await once("webp", async () => init(await wasmOf("@jsquash/webp/codec/dec/webp_dec.wasm")));
    return decode(bufferOf(bytes));
  },
  async png(bytes) {
    const { PNG } = await import("pngjs");
    const isDeep = bytes[24] === 16;
    const file = PNG.sync.read(Buffer.from(bytes), { skipRescale: isDeep });
    // Of 16 bits browsers keep the upper eight.
    const data = isDeep ? Uint8Array.from(file.data, (value) => value >> 8) : file.data;
    return { width: file.width, height: file.height, data };
  },
  async gif(bytes) {
    const { GifReader } = await import("omggif");
    const file = new GifReader(bytes);
    const { width, height } = file;
    const data = new Uint8Array(width * height * 4); // What the frame leaves free shines through.
    file.decodeAndBlitFrameRGBA(0, data);
    return { width, height, data };
  },
  async bmp(bytes) {
    const { decode } = await import("bmp-ts");
    const file = Buffer.from(bytes);
    const { width, height, data } = decode(file, { toRGBA: true });
    if (!hasAlpha(file)) for (let at = 3; at < data.length; at += 4) data[at] = 255;
    return { width, height: Math.abs(height), data };
  },
  avif: null,
};

/** What is said of a picture that no library here reads. */
export const AVIF = "AVIF picture";

/** Decodes pictures by libraries of npm, to the pixels that browsers decode them to. */
export const nodeDecoder: PictureDecoder = {
  async decode(bytes, { format, orientation }): Promise<DecodedPicture> {
    const decode = decoders[format];
    if (!decode) {
      const reason = "only browsers read AVIF";
      throw new EngineError("unsupported_picture", reason, { format: AVIF });
    }
    const { width, height, data } = await decode(bytes);
    return { width, height, orientation, strips: () => [data], close: () => undefined };
  },
};

/** The fourth byte of a BMP's pixels means nothing unless its header, of version 3 or later, has a mask for it. */
function hasAlpha(file: Buffer): boolean {
  return file.readUInt32LE(14) >= 56 && file.readUInt32LE(66) !== 0;
}

const started = new Map<string, Promise<void>>();

async function once(name: string, start: () => Promise<void>): Promise<void> {
  const starting = started.get(name) ?? start();
  started.set(name, starting);
  await starting;
}

/** What a module of Emscripten takes, so that it fetches nothing. */
async function wasmOf(path: string): Promise<{ wasmBinary: ArrayBuffer }> {
  const require = createRequire(import.meta.url);
  return { wasmBinary: bufferOf(await readFile(require.resolve(path))) };
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
