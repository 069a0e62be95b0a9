import { EngineError } from "../../engine/ground/errors";
import type { Matrix } from "../../engine/ground/matrix";
import { describedPoints } from "../../engine/kinds/rows";
import type { Space } from "../../engine/kinds/space";
import type { ReadOptions } from "../../engine/kinds/table/read/reader";
import { isTextBasis } from "../../engine/kinds/text/open-basis";
import type { TextData } from "../../engine/kinds/text/text-data";
import { textKind } from "../../engine/kinds/text/text-kind";
import { pinnedSpace } from "../predict/pinned-space";
import { answersIn, type UserTable, writerOf } from "../../library/user-table";
import { basisOf, placeHere } from "./place-texts";
import { readTexts } from "./read-texts";

/**
 * Texts to be predicted, with the table that they are the rows of.
 *
 * @param column - The one with the texts.
 * @param answersColumn - The one with answers, if some are known.
 * @param choice - How a table is read.
 * @throws EngineError as `readTexts`; `bad_parameter` if there is no column for the answers or it is the texts' own. Describing
 *   throws `bad_parameter` if no text holds a word that is known.
 */
export async function holdTexts(
  path: string,
  column: string | undefined,
  answersColumn: string | undefined,
  choice: ReadOptions = {},
): Promise<UserTable> {
  const { texts, open, column: read } = await readTexts(path, column, choice);
  const { table, profile } = open.read;
  if (answersColumn !== undefined && answersColumn === read) {
    const message = `"${answersColumn}" is what is read: it cannot hold the answers, too`;
    throw new EngineError("bad_parameter", message);
  }
  const answers = answersIn(table, answersColumn);
  const plan = (space: Space) => ({ space: pinnedSpace(space, "text"), placed: [] });
  const placed = new Map<string, Promise<TextData>>();
  /** Learnwares that are given may be of another space than the one that suits the texts best. */
  const dataIn = (space: Space): Promise<TextData> => {
    const { basis } = pinnedSpace(space, "text");
    if (!isTextBasis(basis)) {
      const message = `"${space.name}" is of texts in a way that this version of Berth does not know`;
      throw new EngineError("unsupported_kind", message);
    }
    const there = placed.get(basis) ?? placeHere(texts, [basis]);
    placed.set(basis, there);
    return there;
  };
  return {
    lies: { kind: "text", basis: basisOf(texts) },
    ...{ profile, rows: texts.length, columns: table.columns, own: [] },
    write: writerOf(open),
    ...answers,
    read: async ({ island }, rows, withOwn) =>
      textKind.rows(
        await dataIn(island),
        plan(island),
        rows,
        withOwn ? answers.answersColumn : undefined,
      ),
    scaledRows: async ({ island }): Promise<Matrix<Float32Array>> => {
      const data = await dataIn(island);
      const { points: described } = describedPoints(textKind, data, plan(island));
      if (described.rows === 0) {
        const message = `no text holds a word that "${island.name}" knows: take learnwares of texts in their language`;
        throw new EngineError("bad_parameter", message);
      }
      if (described.rows < texts.length) {
        console.error(
          `texts that hold no known word, not described: ${texts.length - described.rows}`,
        );
      }
      return described;
    },
  };
}
