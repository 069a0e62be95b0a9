import type { EmbeddingSpace } from "../../specification/embedding/embedding-space";
import { LOOK } from "./look";

const PINNED = { kind: "image", version: 1, dimension: 32, embedder: LOOK.mark } as const;

/** Where pictures are described: photographs among photographs, and drawings among handwritten digits. */
export const IMAGE_SPACES = {
  photos: {
    ...PINNED,
    id: "image-photos",
    basis: "photos",
    name: "Photos",
    description:
      "Photographs by how they look. Public points and directions are of photographs of clothing (CC0), as they are and cropped, mirrored, lit otherwise.",
    projection: "8e4f1c031dcbdd71ebb9f6ca5a2dab12a33f598f6326efc35f184b69d9b454f6",
    kernel: { kind: "gaussian", gamma: 0.007804308454681205 },
    book: {
      sha256: "ead344b59865256de8cc1c19f0cb4f82c52864ba540c99f6a09552bd6280d480",
      points: 256,
    },
  },
  digits: {
    ...PINNED,
    id: "image-digits",
    basis: "digits",
    name: "Digits and drawings",
    description:
      "Small drawings by how they look. Public points and directions are of handwritten digits (MNIST, CC BY-SA 3.0).",
    projection: "4629358d32eb83223b469fa153f2408c07b1ad716da60e5b10484c52f13bbe8b",
    kernel: { kind: "gaussian", gamma: 0.007695942702151698 },
    book: {
      sha256: "b3e6c38c5a9f8cd8282d7fb51de50640c04261041409d148eb2a72f8fcf4945d",
      points: 256,
    },
  },
} as const satisfies Record<string, EmbeddingSpace>;

export type ImageBasisName = keyof typeof IMAGE_SPACES;

export const IMAGE_BASES = Object.keys(IMAGE_SPACES) as readonly ImageBasisName[];

/** The file with the public points of a space. */
export function bookName({ id }: Pick<EmbeddingSpace, "id">): string {
  return `${id}.book.npy`;
}

/** What has to be fetched, beside the embedder, to place pictures in the spaces that there are. */
export function imageFiles(): { name: string; sha256: string; bytes: number }[] {
  return Object.values(IMAGE_SPACES).flatMap(({ id, projection, book }) => [
    { name: `${id}.projection.npy`, sha256: projection, bytes: 33_176 },
    { name: bookName({ id }), sha256: book.sha256, bytes: 32_896 },
  ]);
}
