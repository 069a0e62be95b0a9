import { openAsBlob } from "node:fs";
import { readdir, stat } from "node:fs/promises";

import { EngineError } from "../engine/ground/errors";
import { KindName } from "../engine/ground/kind-name";
import { isMeant } from "../engine/kinds/image/read/picture-files";
import { filesOfZip } from "../runtime/pictures/original-files";
import { oneOf } from "./options";

const PICTURE = /\.(avif|bmp|gif|jpe?g|png|webp)$/i;
const TEXT = /\.txt$/i;

interface Told {
  readonly kind?: string | undefined;
  /** The column with texts. */
  readonly text?: string | undefined;
}

/**
 * The kind that is told, or else that of what lies at a path: a folder is of pictures or of texts, whichever are more; a picture and a
 * zip of pictures are of pictures; everything else is a table.
 *
 * @throws EngineError `bad_parameter` if a folder holds neither, or there is no such kind; `too_many_files` of a zip.
 */
export async function detectKind(path: string, { kind, text }: Told): Promise<KindName> {
  if (kind !== undefined) return oneOf("--kind", kind, KindName.options);
  if (text !== undefined) return "text";
  if (path === "-") return "table";
  const names = await namesIn(path);
  if (!names) return PICTURE.test(path) ? said("image") : "table";
  const pictures = names.filter((name) => PICTURE.test(name)).length;
  const texts = names.filter((name) => TEXT.test(name)).length;
  const isFolder = (await stat(path)).isDirectory();
  if (pictures > 0 && pictures >= texts) return said("image");
  if (!isFolder) return "table";
  if (texts > 0) return said("text");
  const message = `${path} is a folder without pictures or .txt files: give a table (a file), a folder or zip of pictures, or a folder of .txt files`;
  throw new EngineError("bad_parameter", message);
}

/** Of a folder or zip; null of any other file, or of one that cannot be read as what its name says. */
async function namesIn(path: string): Promise<readonly string[] | null> {
  if ((await stat(path)).isDirectory()) {
    const entries = await readdir(path, { recursive: true });
    return entries.map((name) => name.replaceAll("\\", "/")).filter(isMeant);
  }
  if (!/\.zip$/i.test(path)) return null;
  const files = await openAsBlob(path).then(filesOfZip).catch(ifBroken);
  return files?.map(({ name }) => name) ?? null;
}

/** Whoever reads the table in it tells what is wrong. */
function ifBroken(error: unknown): null {
  if (error instanceof EngineError && error.code !== "too_many_files") return null;
  throw error;
}

function said(kind: KindName): KindName {
  console.error(`read as ${kind === "image" ? "pictures" : "texts"}: --kind ${kind}`);
  return kind;
}
