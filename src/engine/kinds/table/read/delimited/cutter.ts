import Papa from "papaparse";

export type LineEnd = "\n" | "\r\n" | "\r";

/** Papaparse's low-level parser: cuts one text into records, without guessing anything. */
export interface RecordCutter {
  /** @param baseIndex - Added to `meta.cursor`. */
  parse(text: string, baseIndex: number, ignoreLastRecord: boolean): CutRecords;
}

interface CutRecords {
  readonly data: string[][];
  readonly errors: readonly { readonly code: string }[];
  readonly meta: {
    /** Characters up to the end of the last complete record. */
    readonly cursor: number;
  };
}

/** @param limit - Records after which to stop. */
export function recordCutter(delimiter: string, lineEnd: LineEnd, limit?: number): RecordCutter {
  const newline = lineEnd === "\r" ? "\r" : "\n";
  return new Papa.Parser({
    delimiter,
    newline,
    ...(limit === undefined ? {} : { preview: limit }),
  });
}
