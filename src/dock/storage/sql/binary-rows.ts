/** What a value of a PostgreSQL type is read as. int8 as text: it may be more than a number can say. */
interface ValueOf {
  int4: number;
  int8: string;
  float8: number;
  /** A view of the whole. */
  bytea: Uint8Array;
}

type RowOf<Types extends readonly (keyof ValueOf)[]> = {
  -readonly [Index in keyof Types]: ValueOf[Types[Index]];
};

const SIGNATURE = "PGCOPY\n\xff\r\n\0";

/**
 * Rows of what `Sql.copyOut` gave.
 *
 * @param types - Those of the columns, none of which may be null.
 * @throws Error if it is not of these columns.
 */
export function readBinaryRows<const Types extends readonly (keyof ValueOf)[]>(
  types: Types,
  bytes: Uint8Array,
): RowOf<Types>[] {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (source.toString("latin1", 0, SIGNATURE.length) !== SIGNATURE) {
    throw new Error("these are not rows in binary format");
  }
  let at = SIGNATURE.length + 4; // Of flags there are none that matter.
  at += 4 + source.readInt32BE(at);
  const rows: RowOf<Types>[] = [];
  for (;;) {
    const fields = source.readInt16BE(at);
    at += 2;
    if (fields === -1) return rows;
    if (fields !== types.length) throw new Error(`a row has ${fields} columns`);
    rows.push(
      types.map((type) => {
        const length = source.readInt32BE(at);
        const start = at + 4;
        at = start + length;
        if (length !== (SIZES[type] ?? length) || length < 0) {
          throw new Error(`a value of ${length} bytes is no ${type}`);
        }
        return readers[type](source, start, at);
      }) as RowOf<Types>,
    );
  }
}

const SIZES: { readonly [T in keyof ValueOf]?: number } = { int4: 4, int8: 8, float8: 8 };

const readers: {
  readonly [T in keyof ValueOf]: (source: Buffer, start: number, end: number) => ValueOf[T];
} = {
  int4: (source, start) => source.readInt32BE(start),
  int8: (source, start) => String(source.readBigInt64BE(start)),
  float8: (source, start) => source.readDoubleBE(start),
  bytea: (source, start, end) => source.subarray(start, end),
};
