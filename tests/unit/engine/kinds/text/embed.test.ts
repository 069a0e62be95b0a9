import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { ENGLISH } from "../../../../../src/engine/kinds/text/embed/english";
import { letterEmbedder } from "../../../../../src/engine/kinds/text/embed/letter-grams";
import type { TextEmbedder } from "../../../../../src/engine/kinds/text/embed/text-embedder";
import {
  decodeWordVectors,
  encodeWordVectors,
  rankShares,
  wordEmbedder,
} from "../../../../../src/engine/kinds/text/embed/word-vectors";

const file = new Uint8Array(
  readFileSync(join(import.meta.dirname, "../../../../../public/embedders/english-1.bin")),
);
const english = wordEmbedder(decodeWordVectors(file), ENGLISH);

function vectorOf(embedder: TextEmbedder, text: string): Float32Array {
  const into = new Float32Array(embedder.length);
  embedder.embed(text, into);
  return into;
}

function alike(embedder: TextEmbedder, a: string, b: string): number {
  const [one, other] = [vectorOf(embedder, a), vectorOf(embedder, b)];
  return one.reduce((sum, part, k) => sum + part * other[k]!, 0);
}

describe("English word vectors", () => {
  it("know what words mean, whatever the case and the marks between", () => {
    const about = "The doctor gave the patient a new medicine.";
    expect(alike(english, about, "a nurse treats illness in hospital")).toBeGreaterThan(
      alike(english, about, "the motorcycle has a loud engine") + 0.2,
    );
    expect(alike(english, "Red CARS, fast!", "red cars fast")).toBeCloseTo(1, 6);
  });

  it("have vectors of length 1, and nothing of texts in which they know no word", () => {
    const vector = vectorOf(english, "rain in spain");
    expect(vector.reduce((sum, part) => sum + part * part, 0)).toBeCloseTo(1, 6);
    expect(english.embed("qxzv 今天天气很好", new Float32Array(english.length))).toBe(false);
  });

  it("come back from their file, and nothing else does", () => {
    expect(Buffer.compare(encodeWordVectors(decodeWordVectors(file)), file)).toBe(0);
    for (const bytes of [new Uint8Array(3), file.slice(0, -1), file.slice(1)]) {
      expect(() => decodeWordVectors(bytes)).toThrow("no file of word vectors");
    }
  });

  it("count words by their ranks after Zipf", () => {
    const shares = rankShares(3);
    expect(shares[0]! / shares[2]!).toBeCloseTo(3, 12);
    expect(1 / shares[0]!).toBeCloseTo(Math.log(400_000) + 0.5772156649, 5);
  });
});

describe("letter grams", () => {
  it("find texts alike that are written alike, in any language", () => {
    const german = "Die Würde des Menschen ist unantastbar";
    expect(alike(letterEmbedder, german, "die Würde der Menschen war unantastbar")).toBeGreaterThan(
      0.7,
    );
    expect(Math.abs(alike(letterEmbedder, german, "今天天气很好，我们去公园"))).toBeLessThan(0.5);
  });

  it("know nothing of blank texts, and something of any other", () => {
    const known = (text: string) => letterEmbedder.embed(text, new Float32Array(64));
    expect(["", " \n\t"].map(known)).toEqual([false, false]);
    expect(["a", "雨", "\ud800"].map(known)).toEqual([true, true, true]);
  });
});
