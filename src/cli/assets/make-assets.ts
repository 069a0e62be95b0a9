/**
 * @file `npm run assets`: builds what embedders and pinned spaces are made of, from packages named here and, with `--data DIR`, from public
 * data, and compares it with what is committed and recorded. With `--write` it writes the files; records are changed by hand.
 */

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { ENGLISH } from "../../engine/kinds/text/embed/english";
import { decodeWordVectors, wordEmbedder } from "../../engine/kinds/text/embed/word-vectors";
import { TEXT_SPACES } from "../../engine/kinds/text/spaces";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";
import { buildEnglish } from "./english";
import { pinAnyText, pinEnglish, type PinnedFiles } from "./pin-spaces";

const FOLDER = join(import.meta.dirname, "../../../public/embedders");

const { values } = parseArgs({
  options: { data: { type: "string" }, write: { type: "boolean", default: false } },
});

async function main(): Promise<void> {
  const english = await buildEnglish();
  await compare("english-1.bin", english, ENGLISH.sha256);
  await compareSpace(TEXT_SPACES.any, await pinAnyText());
  if (values.data === undefined) {
    console.log("without --data DIR the spaces of public data are not made again");
    return;
  }
  const embedder = wordEmbedder(decodeWordVectors(english), ENGLISH);
  const newsgroups = join(values.data, "text/newsgroups20_mini.csv.gz");
  await compareSpace(TEXT_SPACES.english, await pinEnglish(newsgroups, embedder));
}

async function compareSpace(space: EmbeddingSpace, files: PinnedFiles): Promise<void> {
  await compare(`${space.id}.projection.npy`, files.projection, space.projection);
  await compare(`${space.id}.book.npy`, files.book, space.book?.sha256);
  if (files.gamma !== space.kernel.gamma) {
    console.log(`${space.id}: gamma is ${files.gamma}, NOT ${space.kernel.gamma} as recorded`);
    process.exitCode = 1;
  }
}

async function compare(
  file: string,
  built: Uint8Array<ArrayBuffer>,
  recorded: string | undefined,
): Promise<void> {
  const path = join(FOLDER, file);
  if (values.write) {
    await mkdir(FOLDER, { recursive: true });
    await writeFile(path, built);
  }
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
