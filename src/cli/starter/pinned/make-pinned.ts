/** @file Learnwares of texts and pictures, from public data that is not kept. */

import { join } from "node:path";

import { EngineError } from "../../../engine/ground/errors";
import { sampleIndices, seededRandom } from "../../../engine/ground/random";
import type { Manifest } from "../../../engine/learnware/manifest";
import { fnv1a } from "../../../engine/specification/kernel/random-features";
import type { Packed } from "../pack-starter";
import { clothes } from "./clothes";
import { digits } from "./digits";
import { languageIsland } from "./languages";
import { newsFields, newsgroups } from "./newsgroups";
import { readClothes, readDigits, trainPictures } from "./picture-rows";
import type { Labelled, PinnedIsland, PinnedPlan, Train } from "./plan";
import { readDeclarations, readNews, trainOnTexts } from "./text-rows";

/** Where a summary of some rows does not pass, others are taken: the data are public, and nothing is given away by it. */
const ATTEMPTS = 4;

/** Islands in the order in which they are founded. */
const islands: readonly PinnedIsland[] = [newsgroups, newsFields, languageIsland, clothes, digits];

/**
 * All of them.
 *
 * @param data - The folder of the data.
 */
export async function makePinned(data: string): Promise<Packed[]> {
  const news = await readNews(join(data, "text/newsgroups20_mini.csv.gz"));
  const made = [
    ...(await makeIsland(newsgroups, news.groups, 100, trainOnTexts("english", 3000))),
    ...(await makeIsland(newsFields, news.fields, 150, trainOnTexts("english", 3000))),
    ...(await makeIsland(languageIsland, await readDeclarations(), 100, trainOnTexts("any", 3000))),
  ];
  const garments = await readClothes(join(data, "images/clothing10_96px_folders.zip"));
  made.push(...(await makeIsland(clothes, garments, 120, trainPictures("photos"))));
  const written = await readDigits(join(data, "images/mnist"));
  made.push(...(await makeIsland(digits, written, 120, trainPictures("digits"))));
  return made;
}

/** What a learnware of these says of itself in Chinese; undefined if it is another's. */
export function pinnedTranslations(id: string): Manifest["translations"] | undefined {
  const plan = islands.flatMap(({ plans }) => plans).find((one) => one.id === id);
  return plan && translationsOf(plan);
}

/** @param each - Rows of a class that a learnware gets at most. */
async function makeIsland<Item>(
  island: PinnedIsland,
  rows: readonly Labelled<Item>[],
  each: number,
  train: Train<Item>,
): Promise<Packed[]> {
  const { target, licence, source, scenario } = island;
  const made: Packed[] = [];
  for (const plan of island.plans) {
    const about = {
      ...{ name: plan.words.en.name, description: plan.words.en.about, scenario, licence, source },
      translations: translationsOf(plan),
    };
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const seed = fnv1a(attempt === 0 ? plan.id : `${plan.id} ${attempt}`);
      const own = plan.classes.flatMap((label) => some(rows.filter((row) => row.label === label), each, seed)); // prettier-ignore
      try {
        const { zip, manifest, preflight } = await train(plan, own, { target, about, seed });
        made.push({ id: plan.id, zip });
        const [metric] = manifest.metrics;
        console.log(
          `  ${plan.id}: ${own.length} rows, ${preflight.points} points, ${(zip.length / 1000).toFixed(0)} kB, ` +
            `${metric?.name} ${metric?.value} (trivial ${metric?.trivial})`,
        );
        break;
      } catch (error) {
        if (!(error instanceof EngineError && error.code === "preflight_failed")) throw error;
        console.log(`  ${plan.id}: other rows are tried, since ${error.message}`);
      }
    }
  }
  return made;
}

function translationsOf({ words: { zh } }: PinnedPlan): Manifest["translations"] {
  return { zh: { name: zh.name, description: zh.about } };
}

function some<Item>(rows: readonly Item[], most: number, seed: number): Item[] {
  if (rows.length <= most) return [...rows];
  return Array.from(sampleIndices(rows.length, most, seededRandom(seed)), (i) => rows[i]!);
}
