import { EngineError } from "../../engine/ground/errors";
import { finish } from "../../engine/ground/finish";
import { IMAGE_BASES, IMAGE_SPACES } from "../../engine/kinds/image/spaces";
import type { TextBasisName } from "../../engine/kinds/text/open-basis";
import { TEXT_SPACES } from "../../engine/kinds/text/spaces";
import { BRIGHTNESSES } from "../../engine/pack/picture-forms";
import type { PackedModel } from "../../workflows/pack/pack-model";
import { packPictures, packTexts } from "../../workflows/pack/pack-pinned-model";
import { readPinnedBook } from "../describe/describe-pinned";
import { oneOf } from "../options";
import { placeHere as placePictures } from "../pictures/place-pictures";
import { readFiles } from "../pictures/read-files";
import { wholeNumber } from "../read-options";
import { basisOf, placeHere as placeTexts } from "../texts/place-texts";
import { readTexts } from "../texts/read-texts";
import type { PackWork } from "./pack-work";

/** A model that takes texts. */
export async function packOfTexts(work: PackWork): Promise<PackedModel> {
  const { compute, model, data, choice, options, values } = work;
  const { texts, open, column } = await readTexts(data, values["text-column"], choice);
  if (column === options.target.column) {
    const message = `"${column}" is what is read: it cannot be what is predicted, too`;
    throw new EngineError("bad_parameter", message);
  }
  const bases = Object.keys(TEXT_SPACES) as readonly TextBasisName[];
  const basis = namedBasis(values.space, TEXT_SPACES, bases) ?? basisOf(texts);
  const space = TEXT_SPACES[basis];
  console.log(`${texts.length} texts, described as: ${space.name}`);
  const test =
    values.test === undefined ? null : await readTexts(values.test, column ?? undefined, choice);
  const rows = { data: await placeTexts(texts, [basis]), table: open.read.table };
  return finish(
    packTexts(compute, model, rows, space, {
      ...{ ...options, book: await readPinnedBook(space) },
      test: test && { data: await placeTexts(test.texts, [basis]), table: test.open.read.table },
    }),
  );
}

/** A model that takes pictures, or the embedder's vectors of them. */
export async function packOfPictures(work: PackWork): Promise<PackedModel> {
  const { compute, model, data, options, values } = work;
  const { pixels, side } = values;
  const brightness = pixels === undefined ? null : oneOf("--pixels", pixels, BRIGHTNESSES);
  const wanted = namedBasis(values.space, IMAGE_SPACES, IMAGE_BASES);
  const { rasters, open } = await readFiles(data);
  const placed = await placePictures(rasters);
  const space = IMAGE_SPACES[wanted ?? placed.basis];
  console.log(`${rasters.length} pictures, described as: ${space.name}`);
  const test = values.test === undefined ? null : await readFiles(values.test);
  const rows = { data: placed.data, table: open.read.table };
  return finish(
    packPictures(compute, model, rows, space, {
      ...{ ...options, brightness, book: await readPinnedBook(space) },
      side: side === undefined ? null : wholeNumber("--side", side),
      test: test && {
        data: (await placePictures(test.rasters)).data,
        table: test.open.read.table,
      },
    }),
  );
}

/** By the id of its space. @throws EngineError `bad_parameter` if there is none of this kind. */
function namedBasis<Basis extends string>(
  id: string | undefined,
  spaces: Readonly<Record<Basis, { readonly id: string }>>,
  bases: readonly Basis[],
): Basis | null {
  if (id === undefined) return null;
  const known = oneOf("--space", id, bases.map((basis) => spaces[basis].id)); // prettier-ignore
  return bases.find((basis) => spaces[basis].id === known)!;
}
