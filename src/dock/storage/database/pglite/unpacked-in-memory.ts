import { MemoryFS } from "@electric-sql/pglite";

import { unpackFolder } from "./packed-folder";

/** What of PGlite's module is needed here: the types it names for it are no part of the package. */
interface Files {
  readonly WASM_PREFIX: string;
  readonly FS: {
    mkdirTree(path: string, mode: number): void;
    writeFile(path: string, bytes: Uint8Array, options: { readonly canOwn: boolean }): void;
    truncate(path: string, size: number): void;
  };
}

/** In memory: files are parts of what was read until they grow. */
export class UnpackedInMemory extends MemoryFS {
  readonly #packed: Buffer;

  constructor(packed: Buffer) {
    super();
    this.#packed = packed;
  }

  override initialSyncFs(): Promise<void> {
    const { FS: files, WASM_PREFIX: prefix } = this.pg!.Module as unknown as Files;
    const root = `${prefix}/data`;
    files.mkdirTree(root, 0o700);
    for (const { path, size, bytes } of unpackFolder(this.#packed)) {
      const to = `${root}/${path}`;
      if (size === null) {
        files.mkdirTree(to, 0o700);
        continue;
      }
      files.writeFile(to, bytes, { canOwn: true });
      if (size > bytes.length) files.truncate(to, size);
    }
    return Promise.resolve();
  }
}
