const FIRST = 256;
const LARGEST = 65_536;

/** Numbers appended one at a time: memory stays within one chunk of what is held. */
export class GrowingNumbers<T extends Float64Array | Uint16Array> {
  readonly #create: (length: number) => T;
  readonly #full: T[] = [];
  #chunk: T;
  #used = 0;
  #before = 0;

  constructor(create: (length: number) => T) {
    this.#create = create;
    this.#chunk = create(FIRST);
  }

  get length(): number {
    return this.#before + this.#used;
  }

  push(value: number): void {
    if (this.#used === this.#chunk.length) this.#grow();
    this.#chunk[this.#used++] = value;
  }

  /** Append the same value `count` times. */
  fill(value: number, count: number): void {
    for (let i = 0; i < count; i++) this.push(value);
  }

  /** All numbers in one array. The chunks are let go, so this can be called once. */
  finish(): T {
    const all = this.#create(this.length);
    let at = 0;
    for (const chunk of this.#full) {
      all.set(chunk, at);
      at += chunk.length;
    }
    all.set(this.#chunk.subarray(0, this.#used), at);
    this.#full.length = 0;
    this.#chunk = this.#create(0);
    return all;
  }

  #grow(): void {
    this.#full.push(this.#chunk);
    this.#before += this.#chunk.length;
    this.#chunk = this.#create(Math.min(LARGEST, Math.max(FIRST, this.#chunk.length * 2)));
    this.#used = 0;
  }
}
