import { expect, test } from "vitest";

import { seededRandom } from "../../../../../src/engine/ground/random";
import { hashRows } from "../../../../../src/engine/specification/keyed/hash-rows";

test("hashes as the paper says, word by word", () => {
  const random = seededRandom(1);
  const word = () => Math.floor(random() * 2 ** 32) || 1;
  for (const cols of [1, 3, 20]) {
    const words = Uint32Array.from({ length: 5 * cols }, word);
    const key = Uint32Array.from({ length: 4 }, word);
    const { high, low } = hashRows(words, cols, key);
    for (let row = 0; row < 5; row++) {
      const expected = plainly(words.subarray(row * cols, (row + 1) * cols), key);
      expect([low[row], high[row]]).toEqual(expected);
    }
  }
});

test("one bit of a row, or of the key, changes half of the bits", () => {
  const random = seededRandom(2);
  const words = Uint32Array.from({ length: 400 }, () => Math.floor(random() * 2 ** 32));
  const key = Uint32Array.of(1, 2, 3, 4);
  const before = hashRows(words, 4, key);
  for (let bit = 0; bit < 128; bit++) {
    const flip = (numbers: Uint32Array) =>
      numbers.map((value, at) => (at % 4 === bit >> 5 ? value ^ (1 << (bit & 31)) : value));
    for (const after of [hashRows(flip(words), 4, key), hashRows(words, 4, flip(key))]) {
      let changed = 0;
      for (let row = 0; row < 100; row++) {
        changed +=
          ones(before.high[row]! ^ after.high[row]!) + ones(before.low[row]! ^ after.low[row]!);
      }
      // Of 6400 bits, standard deviation 40.
      expect(Math.abs(changed - 3200)).toBeLessThan(200);
    }
  }
});

/** HalfSipHash-1-3 with 64 bits of output, in the order of its description, with a key of 128 bits. */
function plainly(words: Uint32Array, key: Uint32Array): [number, number] {
  const v = [key[0]!, key[1]! ^ 0xee, key[2]! ^ 0x6c796765, key[3]! ^ 0x74656462];
  const rotate = (i: number, by: number) => (v[i] = (v[i]! << by) | (v[i]! >>> (32 - by)));
  const add = (to: number, from: number) => (v[to] = (v[to]! + v[from]!) | 0);
  const xor = (to: number, from: number) => (v[to] = v[to]! ^ v[from]!);
  const round = () => {
    for (const [a, b, first, second] of [
      [0, 1, 5, 16],
      [2, 3, 8, 0],
      [0, 3, 7, 0],
      [2, 1, 13, 16],
    ] as const) {
      add(a, b);
      rotate(b, first);
      xor(b, a);
      if (second > 0) rotate(a, second);
    }
  };
  for (const word of [...words, (4 * words.length) << 24]) {
    v[3] = v[3]! ^ word;
    round();
    v[0] = v[0]! ^ word;
  }
  v[2] = v[2]! ^ 0xee;
  for (let i = 0; i < 3; i++) round();
  const low = (v[1]! ^ v[3]!) >>> 0;
  v[1] = v[1]! ^ 0xdd;
  for (let i = 0; i < 3; i++) round();
  return [low, (v[1] ^ v[3]!) >>> 0];
}

function ones(word: number): number {
  return (word >>> 0).toString(2).replaceAll("0", "").length;
}
