import { readFile } from "node:fs/promises";

import { expect, test } from "vitest";

import { loadEmbedder } from "../../../../../src/cli/texts/place-texts";
import { finish } from "../../../../../src/engine/ground/finish";
import { seededRandom } from "../../../../../src/engine/ground/random";
import { describeOptions } from "../../../../../src/engine/kinds/describe-options";
import { openTextBasis } from "../../../../../src/engine/kinds/text/open-basis";
import { TEXT_SPACES } from "../../../../../src/engine/kinds/text/spaces";
import { placeTexts } from "../../../../../src/engine/kinds/text/text-data";
import { rankCandidates } from "../../../../../src/engine/search/rank";
import { describeRows } from "../../../../../src/engine/specification/describe";
import { decodeBook } from "../../../../../src/engine/specification/files/book-file";
import { WasmCompute } from "../../../../../src/runtime/compute/wasm/wasm-compute";
import { isNear } from "../../../../../src/workflows/find/verdict";
import { secretOf } from "../../../../fixtures/secret";

const PHRASES = {
  english: ["the ship came in at night", "nobody had seen the harbour so quiet", "she wrote a letter to her brother", "the weather will be fine tomorrow", "we bought bread and some cheese", "this road leads to the old mill", "he could not find his glasses", "the children were playing outside"], // prettier-ignore
  german: ["das Schiff kam in der Nacht an", "niemand hatte den Hafen so still gesehen", "sie schrieb ihrem Bruder einen Brief", "das Wetter wird morgen schön", "wir kauften Brot und etwas Käse", "diese Straße führt zur alten Mühle", "er konnte seine Brille nicht finden", "die Kinder spielten draußen"], // prettier-ignore
  arabic: ["وصلت السفينة في الليل", "لم ير أحد الميناء هادئا هكذا", "كتبت رسالة إلى أخيها", "سيكون الطقس جميلا غدا", "اشترينا الخبز وبعض الجبن", "هذا الطريق يؤدي إلى الطاحونة القديمة", "لم يستطع العثور على نظارته", "كان الأطفال يلعبون في الخارج"], // prettier-ignore
};
type Language = keyof typeof PHRASES;
const LANGUAGES: readonly Language[] = ["english", "german", "arabic"];

const space = TEXT_SPACES.any;
const compute = await WasmCompute.create();
const basis = await openTextBasis("any", loadEmbedder);
const file = await readFile(new URL("../../../../../public/embedders/text-any.book.npy", import.meta.url)); // prettier-ignore
const book = decodeBook(new Uint8Array(file), space.dimension);

/** Texts of five phrases each. */
async function pointsOf(language: Language, count: number, seed: number) {
  const random = seededRandom(seed);
  const phrases = PHRASES[language];
  const texts = Array.from({ length: count }, () =>
    Array.from({ length: 5 }, () => phrases[Math.floor(random() * phrases.length)]).join(", "),
  );
  return (await finish(placeTexts(texts, [basis]))).places.get("any")!.points;
}

test("texts are near those of their own language, and not of another", async () => {
  const candidates = await Promise.all(
    LANGUAGES.map(async (id, i) => {
      const options = describeOptions(space, book, secretOf(i));
      const described = await finish(describeRows(compute, await pointsOf(id, 300, i), options));
      const { rkme, radiusSquared, bookWeights } = described;
      return { id, rkme, radiusSquared, bookWeights: bookWeights! };
    }),
  );
  for (const language of LANGUAGES) {
    const rows = await pointsOf(language, 200, 9);
    const ranking = rankCandidates(compute, rows, space.kernel, candidates, book, true);
    const near = (await finish(ranking)).singles.filter((fit) => isNear(fit, space));
    expect(near.map(({ id }) => id)).toEqual([language]);
  }
});
