/** @file The one part of papaparse the engine uses; its full types would let Node's globals into the engine. */

interface ParsedRecords {
  readonly data: string[][];
  readonly errors: readonly { readonly code: string }[];
  readonly meta: {
    /** Characters up to the end of the last complete record. */
    readonly cursor: number;
  };
}

interface RecordParserConfig {
  readonly delimiter: string;
  readonly newline: "\n" | "\r";
  readonly preview?: number;
}

declare const Papa: {
  readonly Parser: new (config: RecordParserConfig) => {
    parse(input: string, baseIndex: number, ignoreLastRow: boolean): ParsedRecords;
  };
};
export default Papa;
