import type { EmbedderMark } from "../../specification/embedding/embedding-space";

/** What is said of an embedder: which it is, what its file is, where that comes from, and what its graph takes. */
interface LookRecord {
  readonly mark: EmbedderMark;
  readonly dimension: number;
  readonly file: { readonly name: string; readonly bytes: number };
  readonly licence: string;
  readonly provenance: {
    /** Of npm, by the SHA-512 that its registry tells. */
    readonly package: string;
    readonly integrity: string;
    readonly file: string;
    /** Where in that file the network lies: from the first byte to the one before the second. */
    readonly bytes: readonly [number, number];
    readonly note: string;
  };
  /** Inputs are of the shape [N, 3, side, side]: red, green and blue, 0 to 255. */
  readonly graph: {
    readonly large: { readonly name: string; readonly side: number };
    readonly small: { readonly name: string; readonly side: number };
    /** Shape [N, dimension]. */
    readonly output: string;
  };
}

/**
 * How pictures look, in 243 numbers: 179 of shape and colour, and the means of 64 channels of a network that was trained to
 * tell things in photographs apart. `npm run assets` builds it.
 */
export const LOOK: LookRecord = {
  mark: {
    id: "look",
    version: 1,
    sha256: "eb876c1070b24a4f3fa89983a8896e674f3b524564f3eeba1d73ee823427928d",
  },
  dimension: 243,
  file: { name: "look-1.onnx", bytes: 478_600 },
  licence: "Apache-2.0",
  provenance: {
    package: "@mediapipe/objectron@0.4.1675468480",
    integrity:
      "sha512-IoWuW0ojc9GaSW6UoDCIXgwjLSqTEcR5w8NYuGH+R5+q+nKzS7KOIGfY/eyx4DttReumb398W6+PpW0DQ2Rs/w==",
    file: "objectron_solution_packed_assets.data",
    bytes: [184, 9_987_912],
    note: "Google MediaPipe Objectron; operators 0 to 35 of its MobileNetV2, trained on Open Images",
  },
  graph: {
    large: { name: "x96", side: 96 },
    small: { name: "x32", side: 32 },
    output: "look",
  },
};
