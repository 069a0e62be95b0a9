import { openArchive } from "../../../learnware/zip/unzip";

/** A file that may hold a picture, read when its turn comes. */
export interface PictureFile {
  /** Its path below what was chosen. */
  readonly name: string;
  /** @throws EngineError if it cannot be read. */
  read(): Promise<Uint8Array>;
}

const limits = {
  zipBytes: 2 ** 31 - 1,
  entries: 50_000,
  unpackedBytes: 2 ** 33,
  ratio: 400,
};

/** What systems add to folders and archives. */
const ASIDE = /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i;

/** Whether a file is one that a person put there. */
function isMeant(name: string): boolean {
  return !ASIDE.test(name);
}

/**
 * The files of a zip, in the order of their names.
 *
 * @throws EngineError `package_too_large`, `bad_package`; so does their `read`.
 */
export async function filesOfZip(zip: Uint8Array): Promise<PictureFile[]> {
  const { names, unpack } = await openArchive(zip, limits);
  return names
    .filter(isMeant)
    .sort()
    .map((name) => ({ name, read: () => unpack(name) }));
}

/**
 * The folder that each file lies in, which may be its label.
 *
 * @returns Shape [n]; null if that tells nothing: all lie in one folder, or some in none.
 */
export function foldersOf(names: readonly string[]): readonly string[] | null {
  const folders = names.map((name) => name.split("/").at(-2) ?? null);
  const known = folders.filter((folder) => folder !== null);
  return known.length === names.length && new Set(known).size > 1 ? known : null;
}
