/**
 * @file The few fields that are read from what an S3 server answers. Its elements have no prefixes,
 * those read here no attributes and no comments, and none lies within another of its name.
 */

import { AppError } from "../../../../contracts/outcome";

/** The name of the outermost element; null of anything that is not XML. */
export function rootOf(xml: string): string | null {
  return /^\s*(?:<\?xml[^>]*\?>\s*)?<([A-Za-z]+)[\s>/]/.exec(xml)?.[1] ?? null;
}

/** What stands within each `<tag>`, as XML. */
export function elementsOf(xml: string, tag: string): string[] {
  return [...xml.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, "gs"))].map(([, inner]) => inner!);
}

/** The text of the first `<tag>`; null if there is none or it is empty. */
export function textOf(xml: string, tag: string): string | null {
  const text = new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? "";
  return text === "" ? null : unescape(text);
}

/**
 * The text of a `<tag>` that has to be there.
 *
 * @throws AppError `internal` if it is not.
 */
export function fieldOf(xml: string, tag: string): string {
  const text = textOf(xml, tag);
  if (text === null) throw new AppError("internal", `the S3 server's answer has no ${tag}`);
  return text;
}

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

function unescape(text: string): string {
  return text.replace(
    /&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi,
    (all, decimal, hex, name: string) => {
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      if (hex !== undefined) return String.fromCodePoint(parseInt(String(hex), 16));
      return named[name] ?? all;
    },
  );
}
