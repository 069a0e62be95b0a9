import { EngineError } from "../../engine/ground/errors";
import { type Matrix, pickRows } from "../../engine/ground/matrix";
import type { Space } from "../../engine/kinds/space";
import { textKind } from "../../engine/kinds/text/text-kind";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";
import { type UserTable, writerOf } from "../predict/user-table";
import { basisOf, placeHere } from "./place-texts";
import { readTexts } from "./read-texts";

/**
 * Texts to be predicted, with the table that they are the rows of.
 *
 * @param column - The one with the texts.
 * @param answersColumn - The one with answers, if some are known.
 * @throws EngineError as `readTexts`; `bad_parameter` if no text holds a word that is known.
 */
export async function holdTexts(
  path: string,
  column: string | undefined,
  answersColumn: string | undefined,
): Promise<UserTable> {
  const { texts, open } = await readTexts(path, column);
  const { table, profile } = open.read;
  const basis = basisOf(texts);
  const data = await placeHere(texts, [basis]);
  const { known } = data.places.get(basis)!;
  const described = Int32Array.from(known.keys()).filter((row) => known[row] === 1);
  if (described.length < texts.length) {
    console.error(
      `texts that hold no known word, not described: ${texts.length - described.length}`,
    );
  }
  const index = answersColumn === undefined ? null : profile.columns.findIndex(({ name }) => name === answersColumn); // prettier-ignore
  if (index === -1) {
    throw new EngineError("bad_parameter", `the table has no column "${answersColumn ?? ""}"`);
  }
  const plan = (space: Space) => ({ space: textSpace(space), placed: [] });
  return {
    ...{ basis, profile, rows: texts.length, columns: table.columns, own: [] },
    write: writerOf(open),
    answers: index === null ? null : table.columns[index]!,
    answersColumn: index,
    read: async ({ island }, rows, withOwn) =>
      textKind.rows(data, plan(island), rows, withOwn ? index : undefined),
    scaledRows: async ({ island }): Promise<Matrix<Float32Array>> =>
      pickRows(textKind.points(data, plan(island)), described),
  };
}

function textSpace(space: Space): EmbeddingSpace {
  if ("basis" in space && space.kind === "text") return space;
  throw new EngineError("unsupported_kind", `"${space.name}" is not for texts`);
}
