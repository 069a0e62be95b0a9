import { type Dirent, readdirSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";

import { EngineError } from "../../engine/ground/errors";
import type { Encoding } from "../../engine/kinds/table/columns/profile";
import { decodeText } from "../../engine/kinds/table/read/lines/decode-text";
import { byteTools } from "../../runtime/byte-tools";

/** Files that are open at once: a system lends some thousand at most. */
const AT_ONCE = 64;

/**
 * A file of text, in whatever encoding it is written, without a byte order mark.
 *
 * @param told - The encoding, if the user says it.
 * @throws EngineError `binary_file` naming the file if it is none; `bad_encoding` if it is in UTF-32.
 */
async function readTextFile(path: string, told?: Encoding): Promise<string> {
  const bytes = await readFile(path);
  try {
    return decodeText(bytes, byteTools, told).text;
  } catch (error) {
    if (!(error instanceof EngineError) || error.code !== "binary_file") throw error;
    const message = `${path} is no text but looks like binary data: take it out, or say its --encoding`;
    throw new EngineError("binary_file", message, error.details, { cause: error });
  }
}

/**
 * The `.txt` files in a folder and those within it, by name. What is called so and is no file is left out, which is said.
 *
 * @throws EngineError `bad_parameter` if there is none; as `readTextFile` does.
 */
export async function textFilesIn(
  folder: string,
  told?: Encoding,
): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const called = entries.filter(({ name }) => /\.txt$/i.test(name));
  const names = called
    .filter((one) => one.isFile() || isFileBehind(one))
    .map((one) => relative(folder, pathOf(one)))
    .sort();
  if (names.length === 0) {
    throw new EngineError("bad_parameter", `there is no .txt file in ${folder}`);
  }
  if (names.length < called.length) {
    console.error(`left out, being no files: ${called.length - names.length}`);
  }
  const files: { name: string; text: string }[] = [];
  for (let from = 0; from < names.length; from += AT_ONCE) {
    const some = names.slice(from, from + AT_ONCE).map(async (name) => {
      const text = await readTextFile(join(folder, name), told);
      return { name, text };
    });
    files.push(...(await Promise.all(some)));
  }
  return files;
}

function pathOf({ parentPath, name }: Dirent): string {
  return join(parentPath, name);
}

/** Links may lead nowhere. */
function isFileBehind(one: Dirent): boolean {
  if (!one.isSymbolicLink()) return false;
  return statSync(pathOf(one), { throwIfNoEntry: false })?.isFile() ?? false;
}
