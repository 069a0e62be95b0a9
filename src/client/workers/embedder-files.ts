import { AppError } from "../../contracts/outcome";
import type { Call } from "../../contracts/workers/call";
import { type EmbedderFiles, ORT_WASM } from "../../contracts/workers/embedded";
import { isTextBasis } from "../../engine/kinds/text/open-basis";
import { LOOK } from "../../engine/kinds/image/look";
import { imageFiles } from "../../engine/kinds/image/spaces";
import { textBook, textFiles, type TextSpace } from "../../engine/kinds/text/spaces";
import type { BookPoints } from "../../engine/specification/book/book";
import { decodeBook } from "../../engine/specification/files/book-file";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";
import { fetchChecked } from "./checked-file";
import { fetchLook } from "./look-file";
import { fetchOrtBytes } from "./ort-wasm";

/** By their hashes: they are the same for every table. */
const fetched = new Map<string, Uint8Array<ArrayBuffer>>();

/**
 * What places pictures in any space, checked: some 14 MB, nearly all of it what runs models. Progress counts bytes.
 *
 * @throws AppError as `fetchChecked` does.
 */
export async function fetchPictureEmbedder(call: Call = {}): Promise<EmbedderFiles> {
  const files = await fetchPublic(imageFiles(), call);
  const look = await fetchLook(call);
  return new Map([...files, [LOOK.file.name, look], [ORT_WASM, await fetchOrtBytes(call)]]);
}

/**
 * What places texts in a pinned space, fetched once and checked. Progress counts bytes.
 *
 * @throws AppError as `fetchChecked` does; `unsupported_kind` if this page knows no such space.
 */
export async function fetchEmbedder(
  { name, kind, basis }: EmbeddingSpace,
  call: Call = {},
): Promise<EmbedderFiles> {
  if (kind !== "text" || !isTextBasis(basis)) {
    throw new AppError("unsupported_kind", `"${name}" is of no kind known here`, { form: kind });
  }
  return fetchPublic(textFiles(basis), call);
}

/**
 * The public points of a space of texts, as they come with the page.
 *
 * @throws AppError as `fetchChecked` does.
 */
export async function fetchTextBook(space: TextSpace, call: Call = {}): Promise<BookPoints> {
  const file = textBook(space);
  const files = await fetchPublic([file], call);
  return decodeBook(files.get(file.name)!, space.dimension);
}

async function fetchPublic(
  files: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[],
  call: Call,
): Promise<EmbedderFiles> {
  const missing = files.filter(({ sha256 }) => !fetched.has(sha256));
  const total = missing.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const { name: file, sha256, bytes } of missing) {
    const url = `${import.meta.env.BASE_URL}embedders/${file}`;
    fetched.set(sha256, await fetchChecked({ url, sha256, bytes }, call, { done, total }));
    done += bytes;
  }
  return new Map(files.map(({ name: file, sha256 }) => [file, fetched.get(sha256)!]));
}
