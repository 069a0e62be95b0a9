import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import type { BrowserContext } from "@playwright/test";

const dist = join(import.meta.dirname, "../../dist");

/**
 * Sizes of the scripts of the built app that a context fetches from now on, compressed; those of workers as well. They are
 * read from where they were built: a browser does not give what a worker fetched.
 */
export function countScripts(context: BrowserContext): { sizes(): number[] } {
  const paths = new Set<string>();
  context.on("response", (response) => {
    const isScript = response.headers()["content-type"]?.includes("javascript") ?? false;
    if (isScript) paths.add(new URL(response.url()).pathname);
  });
  return {
    sizes: () => [...paths].map((path) => gzipSync(readFileSync(join(dist, path))).length),
  };
}
