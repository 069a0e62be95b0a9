import type { LoadedTable } from "../cells/cell-reader";

/** A file with one text. */
export interface TextFile {
  /** Within its folder, parted by slashes. */
  readonly name: string;
  readonly text: string;
}

const NAMES = ["file", "folder", "text"] as const;

/** Texts of one file each, as a table that tells the name and the folder of each. */
export function tableOfTextFiles(files: readonly TextFile[]): LoadedTable {
  const columns = [
    files.map(({ name }) => name),
    files.map(({ name }) => name.split(/[\\/]/).at(-2) ?? null),
    files.map(({ text }) => (text.trim() === "" ? null : text)),
  ];
  return {
    table: {
      rows: files.length,
      names: NAMES,
      ends: [files.length],
      cells: async (column, from, to) => columns[column]!.slice(from, to),
    },
    isNamed: NAMES.map(() => true),
    hasHeader: true,
    warnings: [],
  };
}
