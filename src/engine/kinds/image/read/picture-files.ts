/** A file that may hold a picture, read when its turn comes. */
export interface PictureFile {
  /** Its path below what was chosen. */
  readonly name: string;
  /** @throws EngineError if it cannot be read. */
  read(): Promise<Uint8Array>;
}

/** What systems add to folders and archives. */
const ASIDE = /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i;

/** Whether a file is one that a person put there. */
export function isMeant(name: string): boolean {
  return !ASIDE.test(name);
}

/**
 * The folder that each file lies in, which may be its label.
 *
 * @returns Shape [n], empty of files that lie in none; null if that tells nothing, because there are not two folders.
 */
export function foldersOf(names: readonly string[]): readonly string[] | null {
  const folders = names.map((name) => name.split("/").at(-2) ?? "");
  return new Set(folders.filter((folder) => folder !== "")).size > 1 ? folders : null;
}
