const META = /(<meta name="berth-docks" content=")[^"]*"/;

/**
 * A file of the built page, with the docks of other origins that the page may ask written into it. The service worker
 * keeps the page and its policy, so its own bytes have to change with them.
 *
 * @param path - Below the page.
 * @param docks - Origins.
 */
export function tellDocks(
  path: string,
  bytes: Buffer<ArrayBuffer>,
  docks: readonly string[],
): Buffer<ArrayBuffer> {
  if (docks.length === 0) return bytes;
  const told = docks.join(" ");
  if (path === "index.html") return Buffer.from(bytes.toString().replace(META, `$1${told}"`));
  if (path === "sw.js") return Buffer.concat([bytes, Buffer.from(`\n// May ask ${told}\n`)]);
  return bytes;
}
