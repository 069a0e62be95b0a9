import type { ByteTools } from "../engine/kinds/table/read/source";

/** Decoding as browsers, workers and Node offer it. */
export const decoding: ByteTools["decoding"] = (encoding, isStrict) => {
  const decoder = new TextDecoder(encoding, { fatal: isStrict, ignoreBOM: true });
  return { decode: (bytes, more) => decoder.decode(bytes, { stream: more }) };
};
