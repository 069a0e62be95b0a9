import { EngineError } from "../../ground/errors";
import { copyOf, pickRows } from "../../ground/matrix";
import { embeddingLife } from "../../specification/embedding/embedding-life";
import { EmbeddingSpace } from "../../specification/embedding/embedding-space";
import type { DataKind } from "../kind";
import { indicesOf, knownRows } from "../rows";
import { canonical } from "./embed/canonical";
import { TEXT_SPACES } from "./spaces";
import type { TextData } from "./text-data";

/** What is known of texts before any is looked at: the spaces that they were placed in. */
interface TextProfile {
  readonly bases: readonly string[];
}

/** Texts as models take them: words in lower case, joined by one space each. */
interface FedTexts {
  readonly texts: readonly string[];
}

/** Texts have no parts that play a part in a space. */
type NoParts = readonly never[];

export type TextKind = DataKind<TextData, TextProfile, EmbeddingSpace, NoParts, FedTexts>;

/** No word, words of some languages, and the same text twice. */
const TRIAL = ["", "the end of the day", "le monde", "好看 看吗", "the end of the day"];

/** Texts. Spaces are pinned: an embedder, a projection and a book that everybody has; a model takes strings. */
export const textKind: TextKind = {
  name: "text",
  space: EmbeddingSpace,
  dimension: ({ dimension }) => dimension,
  place({ kind, basis, embedder }, { bases }) {
    const isThere = kind === "text" && bases.includes(basis);
    const missing = isThere ? [] : [embedder.id];
    return { placed: [], found: isThere ? 1 : 0, total: 1, missing, leftOut: [] };
  },
  points: (data, { space }) => copyOf(placesOf(data, space).points),
  described: (data, space) => knownRows(placesOf(data, space).known),
  rows(data, { space }, choice, answers) {
    const rows = indicesOf(choice);
    const { points, vectors } = placesOf(data, space);
    return {
      count: rows.length,
      fed: { texts: Array.from(rows, (row) => canonical(data.texts[row]!)) },
      scaled: pickRows(points, rows),
      own: answers === undefined ? null : pickRows(vectors, rows),
      time: null,
    };
  },
  inputs: ({ texts }, _, { input }) => [{ name: input, dims: [texts.length], data: texts }],
  life: embeddingLife(Object.values(TEXT_SPACES)),
  packaging: {
    trial: ({ input }) => [{ name: input, dims: [TRIAL.length], data: TRIAL }],
    checkModel: (_, { features }) =>
      features.length === 0 ? null : "a model of texts takes one input of texts, and no columns",
  },
};

/** @throws EngineError `shape_mismatch` if the texts were not placed in the space. */
function placesOf({ places }: TextData, { basis }: EmbeddingSpace) {
  const placed = places.get(basis);
  if (placed) return placed;
  throw new EngineError("shape_mismatch", `the texts were not placed in ${basis}`);
}
