import { SaxesParser } from "saxes";

const PIECE_BYTES = 1 << 18;

/** What is told of XML as it is gone through; names are without prefix. */
export interface XmlListener {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

/** Go through XML in pieces. Yields how many bytes are done. @throws What the parser throws at bad XML. */
export function* eachTag(
  bytes: Uint8Array,
  decode: (bytes: Uint8Array, more: boolean) => string,
  listener: XmlListener,
): Generator<number, void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => listener.open(localName(name), attributes));
  parser.on("closetag", ({ name }) => listener.close?.(localName(name)));
  parser.on("text", (text) => listener.text?.(text));
  parser.on("cdata", (text) => listener.text?.(text));
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    const end = Math.min(bytes.length, at + PIECE_BYTES);
    parser.write(decode(bytes.subarray(at, end), end < bytes.length));
    yield end;
  }
  parser.close();
}

/** A name without the prefix that its writer chose. */
function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** An attribute, whatever its prefix. */
export function attribute(
  attributes: Readonly<Record<string, string>>,
  name: string,
): string | undefined {
  if (name in attributes) return attributes[name];
  const key = Object.keys(attributes).find((one) => localName(one) === name);
  return key === undefined ? undefined : attributes[key];
}
