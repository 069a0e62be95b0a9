import type { DecodedPicture, PictureDecoder } from "../../engine/kinds/image/read/picture-decoder";

/** Some browsers limit the area of a canvas, and all take memory for it. */
const MOST_STRIP_PIXELS = 1 << 21;

/**
 * Decodes pictures as the browser does, also in a worker. Turned upright by the browser, put on white, and read in strips,
 * since the picture as a whole may be larger than a canvas can be.
 */
export const browserDecoder: PictureDecoder = {
  async decode(bytes, { format }): Promise<DecodedPicture> {
    const blob = new Blob([Uint8Array.from(bytes)], { type: `image/${format}` });
    const bitmap = await createImageBitmap(blob, {
      colorSpaceConversion: "none",
      imageOrientation: "from-image",
      premultiplyAlpha: "none",
    });
    const { width, height } = bitmap;
    return {
      ...{ width, height, orientation: 1 },
      strips: () => strips(bitmap),
      close: () => bitmap.close(),
    };
  },
};

function* strips(bitmap: ImageBitmap): Generator<Uint8ClampedArray> {
  const { width, height } = bitmap;
  const most = Math.min(height, Math.max(1, Math.floor(MOST_STRIP_PIXELS / width)));
  const canvas = new OffscreenCanvas(width, most);
  const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  if (!context) throw new Error("the browser gives no canvas");
  context.imageSmoothingEnabled = false;
  context.fillStyle = "#fff";
  for (let from = 0; from < height; from += most) {
    context.fillRect(0, 0, width, most);
    context.drawImage(bitmap, 0, -from);
    yield context.getImageData(0, 0, width, Math.min(most, height - from)).data;
  }
}
