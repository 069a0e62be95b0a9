/** @file Half of the rows, of which everything is made that leaves. */

import type { Matrix } from "../../ground/matrix";
import { hashRows, type RowHashes } from "./hash-rows";
import { deriveSecret, hashKey, type Secret } from "./secret";

export interface KeyedHalf {
  /** Shape [m, d]: about half of the rows, in an order that theirs has no part in. */
  readonly x: Matrix<Float32Array<ArrayBuffer>>;
  /** Shape [n]: all rows, in such an order. */
  readonly order: Int32Array;
  /** Of these rows alone: for all further choices. */
  readonly secret: Secret;
}

/**
 * Toss a coin for every row, with a secret and all the rows deciding how each of them falls.
 *
 * - The same rows, in whatever order, give the same half in the same order, so that sums over it are the same
 *   to the last bit: nothing is learnt from repeats.
 * - Rows that differ from these in one row, or in a cell of one, give a half that has nothing to do with this one.
 *   Who knows all rows but one cannot try what the last would have to be, since without the secret the same rows are
 *   described in 2ⁿ ways; and with even odds the last has no part in what is seen.
 * - Coins, and not exactly half: how many rows are behind a specification can show in its weights, and from an exact
 *   half it would give away the number of all rows, which is only published rounded.
 *
 * Rows are hashed as they are in single precision, 0 and −0 alike. What all rows are is the sum of their hashes, so
 * their order is of no account; the n-th copy of a row has a coin of its own.
 *
 * @param x - Shape [n, d], finite.
 * @param secret - 32 bytes, of this browser or machine.
 * @throws EngineError `bad_parameter` if the secret has not 32 bytes.
 */
export function keyedHalf(x: Matrix<Float32Array>, secret: Secret): KeyedHalf {
  const hashes = hashRows(wordsOf(x), x.cols, hashKey(deriveSecret(secret, "rows")));
  const own = deriveSecret(secret, "table", x.rows, x.cols, sum(hashes.high), sum(hashes.low));
  const coins = new Coins(hashes, own);
  const chosen = new Int32Array(x.rows);
  let size = 0;
  const { order } = coins;
  for (let first = 0, next = 0; first < order.length; first = next) {
    while (next < order.length && coins.areCopies(order[first]!, order[next]!)) next++;
    const heads = coins.heads(order[first]!, next - first);
    for (let copy = 0; copy < heads; copy++) chosen[size++] = order[first]!;
  }
  return { x: rowsOf(x, chosen.subarray(0, size)), order, secret: own };
}

/** An order of rows, and a coin for each, that follow from their hashes and a secret. */
class Coins {
  readonly #hashes: RowHashes;
  readonly #key: Uint32Array;
  /** Of the first copy of each row: its place in the order, and its coin. */
  readonly #first: RowHashes;
  /** Shape [n]: the rows; copies are next to each other. */
  readonly order: Int32Array;

  constructor(hashes: RowHashes, secret: Secret) {
    this.#hashes = hashes;
    this.#key = hashKey(deriveSecret(secret, "coins"));
    const rows = hashes.high.length;
    const words = new Uint32Array(3 * rows);
    for (let row = 0; row < rows; row++) this.#write(words, row, row, 0);
    this.#first = hashRows(words, 3, this.#key);
    this.order = inOrder(this.#first);
  }

  areCopies(a: number, b: number): boolean {
    const { high, low } = this.#first;
    return high[a] === high[b] && low[a] === low[b];
  }

  /** Of how many copies of a row the coin says yes. */
  heads(row: number, copies: number): number {
    let count = this.#first.low[row]! & 1;
    if (copies === 1) return count;
    const words = new Uint32Array(3 * (copies - 1));
    for (let copy = 1; copy < copies; copy++) this.#write(words, copy - 1, row, copy);
    for (const coin of hashRows(words, 3, this.#key).low) count += coin & 1;
    return count;
  }

  #write(words: Uint32Array, at: number, row: number, copy: number): void {
    words[3 * at] = this.#hashes.high[row]!;
    words[3 * at + 1] = this.#hashes.low[row]!;
    words[3 * at + 2] = copy;
  }
}

/** The rows by ascending hash. */
function inOrder({ high, low }: RowHashes): Int32Array {
  const rows = high.length;
  // Numbers sort far faster than anything that is compared by a function: as much of the hash as fits beside the index.
  const room = 2 ** Math.ceil(Math.log2(rows + 1));
  const drop = Math.max(1, (2 ** 32 * room) / 2 ** 53);
  const packed = new Float64Array(rows);
  for (let row = 0; row < rows; row++) packed[row] = Math.floor(high[row]! / drop) * room + row;
  packed.sort();
  const order = new Int32Array(rows);
  for (let at = 0; at < rows; at++) order[at] = packed[at]! % room;
  const prefix = (at: number) => Math.floor(packed[at]! / room);
  for (let first = 0, next = 0; first < rows; first = next) {
    while (next < rows && prefix(next) === prefix(first)) next++;
    if (next - first === 1) continue;
    order.subarray(first, next).sort((a, b) => high[a]! - high[b]! || low[a]! - low[b]! || a - b);
  }
  return order;
}

/** The bits of the numbers. */
function wordsOf({ data }: Matrix<Float32Array>): Uint32Array {
  return new Uint32Array(data.buffer, data.byteOffset, data.length);
}

function rowsOf(
  { data, cols }: Matrix<Float32Array>,
  chosen: Int32Array,
): Matrix<Float32Array<ArrayBuffer>> {
  const picked = new Float32Array(chosen.length * cols);
  let at = 0;
  for (const row of chosen) {
    for (let k = row * cols; k < (row + 1) * cols; k++) picked[at++] = data[k]! + 0;
  }
  return { data: picked, rows: chosen.length, cols };
}

/** Modulo 2³². */
function sum(words: Uint32Array): number {
  let total = 0;
  for (const word of words) total = (total + word) | 0;
  return total >>> 0;
}
