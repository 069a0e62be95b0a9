/** A text as it is meant: what XML has no sign for is written by its number, such as `_x000D_`. */
export function plainText(written: string): string {
  if (!written.includes("_x")) return written;
  return written.replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
}
