import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = fileURLToPath(import.meta.url);
/** Within the package, so that bundles find its dependencies. */
const folder = join(dirname(here), "../../../../node_modules/.cache/berth");
/** Older bundles are removed when another is made: by then, no program of old sources loads more of them. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/**
 * A TypeScript file and all that it imports of ours, as JavaScript: starting it takes a fifth of the time that compiling
 * file by file does. Made anew as soon as a byte of these sources is not what it was.
 *
 * @param {URL} entry
 * @returns {Promise<string>} The URL of the bundle.
 */
export async function bundle(entry) {
  const path = fileURLToPath(entry);
  const list = join(folder, `${digest([path])}.json`); // Of the sources of the last bundle.
  const sources = fs.existsSync(list) ? JSON.parse(fs.readFileSync(list, "utf8")) : [];
  if (sources.length > 0 && sources.every((source) => fs.existsSync(source))) {
    const made = placeOf(path, new Map(sources.map((source) => [source, fs.readFileSync(source)])));
    if (fs.existsSync(made)) return pathToFileURL(made).href;
  }
  return pathToFileURL(await make(path, list)).href;
}

/** Where the bundle of these sources lies: named by all that it is made of, this file included. */
function placeOf(entry, sources) {
  const parts = [fs.readFileSync(here), ...[...sources].flat()];
  return join(folder, digest(parts), `${basename(entry, extname(entry))}.mjs`);
}

async function make(entry, list) {
  fs.mkdirSync(folder, { recursive: true });
  const draft = fs.mkdtempSync(join(folder, "draft-"));
  const { build } = await import("esbuild");
  const sources = new Map();
  await build({
    entryPoints: [entry],
    outdir: draft,
    outExtension: { ".js": ".mjs" },
    entryNames: "[name]",
    chunkNames: "[hash]",
    bundle: true,
    splitting: true, // A command loads what it needs.
    packages: "external",
    format: "esm",
    platform: "node",
    target: "node20",
    sourcemap: "linked",
    tsconfigRaw: { compilerOptions: { target: "ES2022", verbatimModuleSyntax: true } },
    logLevel: "silent",
    plugins: [
      {
        name: "sources",
        setup({ onLoad, onResolve }) {
          // What starts other bundles finds this file where it is.
          const self = { path: pathToFileURL(here).href, external: true };
          onResolve({ filter: /\/threads\/node\/bundle\.js$/ }, () => self);
          onLoad({ filter: /./ }, ({ path }) => {
            const text = fs.readFileSync(path, "utf8");
            sources.set(path, text);
            return { contents: inPlace(text, path), loader: extname(path).slice(1) };
          });
        },
      },
    ],
  });
  const ordered = new Map([...sources].sort(([a], [b]) => (a < b ? -1 : 1)));
  const place = placeOf(entry, ordered);
  forgetOld();
  try {
    fs.renameSync(draft, dirname(place));
  } catch (error) {
    if (!fs.existsSync(place)) throw error;
    fs.rmSync(draft, { recursive: true }); // Another has made the same meanwhile.
  }
  fs.writeFileSync(`${draft}.json`, JSON.stringify([...ordered.keys()]));
  fs.renameSync(`${draft}.json`, list);
  return place;
}

/** Files beside a source are found from where the source is. */
function inPlace(text, path) {
  return text
    .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href))
    .replaceAll("import.meta.dirname", JSON.stringify(dirname(path)));
}

function forgetOld() {
  for (const name of fs.readdirSync(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = fs.statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Infinity };
    if (Date.now() - mtimeMs > KEPT_MS) fs.rmSync(path, { recursive: true, force: true });
  }
}

function digest(parts) {
  const hash = createHash("sha256");
  // Each by its length first: no two lists of parts are one text.
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest("hex").slice(0, 32);
}
