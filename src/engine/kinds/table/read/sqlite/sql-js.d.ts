/** The build that holds its WebAssembly within: nothing is fetched to start it. What of it is used here. */
declare module "sql.js/dist/sql-wasm-inline.js" {
  export type SqlValue = number | bigint | string | Uint8Array | null;

  interface Statement {
    step(): boolean;
    get(values: null, settings: { readonly useBigInt: true }): SqlValue[];
    getColumnNames(): string[];
    free(): boolean;
  }

  export interface Database {
    exec(query: string): { readonly values: SqlValue[][] }[];
    prepare(query: string): Statement;
    run(query: string): unknown;
    export(): Uint8Array;
    close(): void;
  }

  const initSqlJs: () => Promise<{ readonly Database: new (bytes?: Uint8Array) => Database }>;
  export default initSqlJs;
}
