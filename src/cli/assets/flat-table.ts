/**
 * One table of a FlatBuffer, of which fields are read by their number in the schema; what a table leaves out has its
 * default. https://flatbuffers.dev/internals
 */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;
  readonly #fields: number;

  private constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
    this.#fields = at - view.getInt32(at, true);
  }

  /** The outermost table. */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return new FlatTable(view, view.getUint32(0, true));
  }

  byte(field: number): number {
    const at = this.#find(field);
    return at === null ? 0 : this.#view.getInt8(at);
  }

  integer(field: number): number {
    const at = this.#find(field);
    return at === null ? 0 : this.#view.getInt32(at, true);
  }

  table(field: number): FlatTable | null {
    const at = this.#find(field);
    return at === null ? null : new FlatTable(this.#view, this.#follow(at));
  }

  tables(field: number): FlatTable[] {
    return this.#items(field, 4, (at) => new FlatTable(this.#view, this.#follow(at)));
  }

  integers(field: number): number[] {
    return this.#items(field, 4, (at) => this.#view.getInt32(at, true));
  }

  bytes(field: number): Uint8Array {
    const at = this.#find(field);
    if (at === null) return new Uint8Array(0);
    const start = this.#follow(at);
    const { buffer, byteOffset } = this.#view;
    return new Uint8Array(buffer, byteOffset + start + 4, this.#view.getUint32(start, true));
  }

  text(field: number): string {
    return Buffer.from(this.bytes(field)).toString("utf8");
  }

  /** Where a field lies; null if it is left out. */
  #find(field: number): number | null {
    const entry = 4 + 2 * field;
    if (entry >= this.#view.getUint16(this.#fields, true)) return null;
    const offset = this.#view.getUint16(this.#fields + entry, true);
    return offset === 0 ? null : this.#at + offset;
  }

  #follow(at: number): number {
    return at + this.#view.getUint32(at, true);
  }

  #items<T>(field: number, size: number, read: (at: number) => T): T[] {
    const at = this.#find(field);
    if (at === null) return [];
    const start = this.#follow(at);
    const length = this.#view.getUint32(start, true);
    return Array.from({ length }, (_, i) => read(start + 4 + size * i));
  }
}
