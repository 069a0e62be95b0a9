/** A still picture and how long it is shown. */
export interface Frame {
  readonly webp: Buffer;
  readonly milliseconds: number;
}

const OF_PICTURE = new Set(["ALPH", "VP8 ", "VP8L"]);

/**
 * One WebP that shows stills of the same size in turn, over and over: their chunks as they are, in the container that
 * https://developers.google.com/speed/webp/docs/riff_container describes.
 */
export function animateWebp(frames: readonly Frame[], width: number, height: number): Buffer {
  const size = [uint24(width - 1), uint24(height - 1)];
  const header = chunk("VP8X", [Buffer.from([0b10, 0, 0, 0]), ...size]);
  const anim = chunk("ANIM", [Buffer.from([255, 255, 255, 255, 0, 0])]);
  const shown = frames.map(({ webp, milliseconds }) =>
    chunk("ANMF", [
      uint24(0),
      uint24(0),
      ...size,
      uint24(milliseconds),
      Buffer.from([0b10]),
      pictureOf(webp),
    ]),
  );
  return chunk("RIFF", [Buffer.from("WEBP"), header, anim, ...shown]);
}

function pictureOf(webp: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 12; at < webp.length;) {
    const length = webp.readUInt32LE(at + 4);
    const end = at + 8 + length + (length % 2);
    if (OF_PICTURE.has(webp.toString("latin1", at, at + 4))) parts.push(webp.subarray(at, end));
    at = end;
  }
  return Buffer.concat(parts);
}

function chunk(name: string, contents: readonly Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  const head = Buffer.alloc(8);
  head.write(name, "latin1");
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

function uint24(value: number): Buffer {
  const bytes = Buffer.alloc(3);
  bytes.writeUIntLE(value, 0, 3);
  return bytes;
}
