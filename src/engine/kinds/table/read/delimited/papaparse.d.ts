/** @file The one part of papaparse the engine uses; its own types would let Node's globals into the engine. */

declare const Papa: {
  readonly Parser: new (config: {
    readonly delimiter: string;
    readonly newline: "\n" | "\r";
    readonly preview?: number;
  }) => import("./cutter").RecordCutter;
};
export default Papa;
