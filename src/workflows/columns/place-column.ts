import { AppError } from "../../contracts/outcome";
import type { Embedded, EmbedderFiles } from "../../contracts/workers/embedded";
import type { Steps } from "../../engine/ground/progress";
import { columnTexts } from "../../engine/kinds/table/read/column-texts";
import type { OpenTable } from "../../engine/kinds/table/read/index";
import { languageOf } from "../../engine/kinds/text/language";
import { isTextBasis, openTextBasis } from "../../engine/kinds/text/open-basis";
import { placeTexts, type TextData } from "../../engine/kinds/text/text-data";
import type { EmbeddingSpace } from "../../engine/specification/embedding/embedding-space";

/** A column as it lies in a pinned space, and what may be told of it. */
export interface PlacedColumn<Data = TextData> {
  readonly data: Data;
  readonly told: Embedded;
}

/**
 * Place the texts of a column in a space. Yields `read` and `encode`.
 *
 * @param files - What the embedder needs, by name, already checked.
 * @throws AppError `unsupported_kind` if the space is none that texts can be placed in.
 */
export async function* placeTextColumn(
  open: Pick<OpenTable, "read" | "texts">,
  { name, kind, basis }: EmbeddingSpace,
  column: number,
  files: EmbedderFiles | null,
): Steps<PlacedColumn> {
  if (kind !== "text" || !isTextBasis(basis)) {
    throw new AppError("unsupported_kind", `"${name}" is of nothing that this table holds`, {
      form: kind,
    });
  }
  const texts = yield* columnTexts(open, column);
  const placing = await openTextBasis(basis, async (file) => {
    const bytes = files?.get(file);
    if (bytes) return bytes;
    throw new AppError("internal", `${file} was not handed over`);
  });
  const data = yield* placeTexts(texts, [placing]);
  const { known } = data.places.get(basis)!;
  const described = known.reduce((sum, one) => sum + one, 0);
  return { data, told: { rows: texts.length, described, language: languageOf(texts) } };
}
