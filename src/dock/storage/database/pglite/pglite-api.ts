import type { SqlValue } from "../database";

/** What the thread of PGlite is asked; answered in the order in which it came. */
export interface PgliteApi {
  query(sql: string, values: readonly SqlValue[]): QueryAnswer;
  script(sql: string): void;
  /** From binary format. */
  copy(into: string, chunks: readonly Uint8Array<ArrayBuffer>[]): void;
  /** To binary format. */
  copyOut(query: string): Uint8Array<ArrayBuffer>;
  close(): void;
}

interface QueryAnswer {
  readonly rows: Record<string, unknown>[];
  /** Which columns are bytes. */
  readonly bytesColumns: readonly string[];
}
