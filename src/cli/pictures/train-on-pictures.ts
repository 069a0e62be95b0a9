import { readFile } from "node:fs/promises";

import { finish } from "../../engine/ground/finish";
import { LOOK } from "../../engine/kinds/image/look";
import { IMAGE_SPACES } from "../../engine/kinds/image/spaces";
import { trainImages } from "../../workflows/train/train-images";
import { readPinnedBook } from "../describe/describe-pinned";
import { machineSecret } from "../machine-secret";
import {
  aboutOf,
  answersOf,
  sayUnanswered,
  tellTrained,
  type WantedClasses,
} from "../texts/train-texts";
import { THINGS } from "../things";
import { openCompute } from "../threads/open-compute";
import { placeHere } from "./place-pictures";
import { readFiles } from "./read-files";

/** `berth train --kind image`: a folder of folders of pictures in, a learnware zip out. */
export async function trainOnPictures(path: string, wanted: WantedClasses): Promise<void> {
  const { target } = wanted;
  const { rasters, open } = await readFiles(path);
  const answers = answersOf(open, target);
  const { data, basis } = await placeHere(rasters);
  const space = IMAGE_SPACES[basis];
  console.log(`${rasters.length} pictures, described as: ${space.name}`);
  const look = await readFile(
    new URL(`../../engine/kinds/image/${LOOK.file.name}`, import.meta.url),
  );
  const compute = await openCompute();
  try {
    const made = await finish(
      trainImages(compute, data, look, space, {
        ...{ target, answers, about: aboutOf(path, wanted), book: await readPinnedBook(space) },
        ...{ secret: machineSecret(), seed: wanted.seed },
      }),
    );
    sayUnanswered(answers, "pictures", target);
    await tellTrained(
      made,
      THINGS.image,
      "logistic regression on what the embedder sees",
      wanted.out,
    );
  } finally {
    compute.dispose();
  }
}
