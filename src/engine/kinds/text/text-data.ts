import type { Matrix } from "../../ground/matrix";
import type { Steps } from "../../ground/progress";
import { project, type Projection } from "../../specification/embedding/projection";
import type { TextEmbedder } from "./embed/text-embedder";

/** Texts, and where they lie in the spaces that there are. */
export interface TextData {
  /** Shape [n]. */
  readonly texts: readonly string[];
  /** By the basis of a space. */
  readonly places: ReadonlyMap<string, PlacedTexts>;
}

interface PlacedTexts {
  /** Shape [n, d]: on the scale of the space; the origin of its embedding where a text has nothing that is known. */
  readonly points: Matrix<Float32Array<ArrayBuffer>>;
  /** Shape [n, e]: as the embedder has them, of length 1, or zero. */
  readonly vectors: Matrix<Float32Array<ArrayBuffer>>;
  /** Shape [n]: 1 where there is something that the embedder knows; only these texts are described. */
  readonly known: Uint8Array;
}

/** What is needed to place texts in a space. */
export interface TextBasis {
  readonly basis: string;
  readonly embedder: TextEmbedder;
  readonly projection: Projection;
}

const AT_ONCE = 256;

/** Place texts in spaces. Yields `encode`. Cost is O(letters) for each. */
export async function* placeTexts(
  texts: readonly string[],
  bases: readonly TextBasis[],
): Steps<TextData> {
  const places = new Map<string, PlacedTexts>();
  const total = texts.length * bases.length;
  for (const [i, { basis, embedder, projection }] of bases.entries()) {
    const { length } = embedder;
    const data = new Float32Array(texts.length * length);
    const known = new Uint8Array(texts.length);
    for (let row = 0; row < texts.length; row++) {
      const into = data.subarray(row * length, (row + 1) * length);
      known[row] = embedder.embed(texts[row]!, into) ? 1 : 0;
      if (row % AT_ONCE === 0) yield { stage: "encode", done: i * texts.length + row, total };
    }
    const vectors = { data, rows: texts.length, cols: length };
    places.set(basis, { points: project(vectors, projection), vectors, known });
  }
  return { texts, places };
}
