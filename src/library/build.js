// Makes `lib/` of the library: JavaScript for Node and browsers, and its types. `npm pack` calls it.
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = join(here, "../..");
const lib = join(root, "lib");

fs.rmSync(lib, { recursive: true, force: true });
await build({
  entryPoints: ["engine", "client"].map((name) => join(here, `${name}.ts`)),
  outdir: lib,
  chunkNames: "parts/[hash]",
  bundle: true,
  splitting: true, // File formats load when they are first needed.
  packages: "external",
  format: "esm",
  platform: "neutral",
  target: "es2022",
  tsconfigRaw: { compilerOptions: { target: "ES2022", verbatimModuleSyntax: true } },
  logLevel: "warning",
});
const compiler = join(root, "node_modules/typescript-7/bin/tsc");
const types = join(lib, "types");
const { status } = spawnSync(
  process.execPath,
  // prettier-ignore
  [compiler, "-p", here, "--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--rootDir", join(root, "src"), "--outDir", types],
  { stdio: "inherit" },
);
if (status !== 0) process.exit(1);
// Node's own way of finding types wants the endings of files.
for (const path of fs.readdirSync(types, { recursive: true, encoding: "utf8" })) {
  if (!path.endsWith(".d.ts")) continue;
  const file = join(types, path);
  const text = fs.readFileSync(file, "utf8");
  fs.writeFileSync(file, text.replace(/(["'])(\.\.?\/[^"']*)\1/g, (_, mark, name) => `${mark}${named(file, name)}${mark}`)); // prettier-ignore
}

function named(file, name) {
  const place = join(file, "..", name);
  return fs.existsSync(`${place}.d.ts`) ? `${name}.js` : `${name}/index.js`;
}
