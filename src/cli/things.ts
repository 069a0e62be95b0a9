import type { KindName } from "../engine/ground/kind-name";

/** What is described and predicted, in a sentence. */
export interface Things {
  readonly one: string;
  readonly many: string;
  /** All of them together. */
  readonly whole: string;
}

export const THINGS: Readonly<Record<KindName, Things>> = {
  table: { one: "row", many: "rows", whole: "table" },
  text: { one: "text", many: "texts", whole: "texts" },
  image: { one: "picture", many: "pictures", whole: "pictures" },
};

/** For example "1 row" and "2 texts". */
export function countOf(count: number, { one, many }: Things): string {
  return `${count} ${count === 1 ? one : many}`;
}
