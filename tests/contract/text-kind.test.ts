import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { finish } from "../../src/engine/ground/finish";
import { seededRandom } from "../../src/engine/ground/random";
import { letterEmbedder } from "../../src/engine/kinds/text/embed/letter-grams";
import { TEXT_SPACES } from "../../src/engine/kinds/text/spaces";
import { placeTexts, type TextData } from "../../src/engine/kinds/text/text-data";
import { textKind } from "../../src/engine/kinds/text/text-kind";
import { decodeProjection } from "../../src/engine/specification/embedding/projection-file";
import { dataKindSuite } from "./data-kind.suite";

const EMBEDDERS = join(import.meta.dirname, "../../public/embedders");
const WORDS = "the a river bridge house cold rain walks over under near our green old".split(" ");
const bases = [
  {
    basis: "any",
    embedder: letterEmbedder,
    projection: decodeProjection(
      new Uint8Array(readFileSync(join(EMBEDDERS, "text-any.projection.npy"))),
      [TEXT_SPACES.any.dimension, letterEmbedder.length],
    ),
  },
];

function textsOf(seed: number): string[] {
  const random = seededRandom(seed);
  const word = () => WORDS[Math.floor(random() * WORDS.length)]!;
  return Array.from({ length: 240 }, () => Array.from({ length: 12 }, word).join(" "));
}

const made = new Map<number, TextData>();
for (const seed of [1, 2]) made.set(seed, await finish(placeTexts(textsOf(seed), bases)));

dataKindSuite({
  kind: textKind,
  space: TEXT_SPACES.any,
  otherSpace: TEXT_SPACES.english,
  dataOf: (seed) => made.get(seed)!,
  profile: { bases: ["any"] },
  about: { input: "text", features: [] },
  foreign: { input: "X", features: ["price"] },
});

test("texts are fed as words in lower case with one blank between", async () => {
  const data = await finish(placeTexts(["  The OLD-bridge,\tnear\nÅrhus! "], bases));
  const rows = textKind.rows(
    data,
    { space: TEXT_SPACES.any, placed: [] },
    { from: 0, to: 1 },
    undefined,
  );
  expect(rows.fed.texts).toEqual(["the old bridge near århus"]);
});

test("a text without anything known is told apart, and lies at a finite place", async () => {
  const data = await finish(placeTexts(["", " \n", "a river"], bases));
  const { known, points } = data.places.get("any")!;
  expect([...known]).toEqual([0, 0, 1]);
  expect(points.data.every(Number.isFinite)).toBe(true);
});
