/** @file Texts and pictures as they would be sent: how fast, and what attackers get of 100, 300 and 1000 of them. */

import { existsSync } from "node:fs";
import { join } from "node:path";

import { readPinnedBook } from "../../src/cli/describe/describe-pinned";
import { openLook } from "../../src/cli/pictures/open-look";
import { openTableFile } from "../../src/cli/read-table-file";
import { loadEmbedder, placeHere } from "../../src/cli/texts/place-texts";
import { textsOfColumn } from "../../src/cli/texts/texts-of-column";
import { EngineError } from "../../src/engine/ground/errors";
import { finish } from "../../src/engine/ground/finish";
import { type Matrix, pickRows } from "../../src/engine/ground/matrix";
import { sampleIndices, seededRandom } from "../../src/engine/ground/random";
import { placeImages } from "../../src/engine/kinds/image/image-data";
import { openImageBasis } from "../../src/engine/kinds/image/open-basis";
import { IMAGE_SPACES } from "../../src/engine/kinds/image/spaces";
import { describeOptions } from "../../src/engine/kinds/describe-options";
import { TEXT_SPACES } from "../../src/engine/kinds/text/spaces";
import { type Described, describeRows } from "../../src/engine/specification/describe";
import type { EmbeddingSpace } from "../../src/engine/specification/embedding/embedding-space";
import { WasmCompute } from "../../src/runtime/compute/wasm/wasm-compute";
import { secretOf } from "../fixtures/secret";
import { pictureSets } from "./classes/picture-sets";
import { type Figure, median } from "./report";

const SIZES = [100, 300, 1000];
const SECRETS = [1, 2, 3, 4, 5];
/** Of the Python package's image specification: 88 s of processor time a step, 100 steps. */
const PACKAGE_MS = 8_800_000;
const REPEATS = 3;

/** @param folder - Of the shared data. */
export async function benchPinned(folder: string): Promise<Figure[]> {
  const news = join(folder, "text/newsgroups20_mini.csv.gz");
  if (!existsSync(news)) return [];
  const all = await textsOfColumn(await openTableFile(news), "text");
  // Only texts with something that is known are described.
  const { known } = (await placeHere(all, ["english"])).places.get("english")!;
  const texts = all.filter((_, row) => known[row] === 1);
  const figures = await benchKind(TEXT_SPACES.english, texts, async (some) => {
    return (await placeHere(some, ["english"])).places.get("english")!.points;
  });
  const [clothing] = await pictureSets(folder);
  const look = await openLook();
  const basis = await openImageBasis("photos", loadEmbedder);
  const pictures = await benchKind(IMAGE_SPACES.photos, clothing!.rasters, async (some) => {
    return (await finish(placeImages(some, look, [basis]))).points.get("photos")!;
  }).finally(() => look.dispose());
  return [...figures, ...pictures];
}

async function benchKind<Item>(
  space: EmbeddingSpace,
  items: readonly Item[],
  place: (some: readonly Item[]) => Promise<Matrix<Float32Array>>,
): Promise<Figure[]> {
  const compute = await WasmCompute.create();
  const book = await readPinnedBook(space);
  const most = SIZES.at(-1)!;
  const chosen = [...sampleIndices(items.length, most, seededRandom(1))].map((i) => items[i]!);
  await place(chosen.slice(0, 20)); // Code is compiled and files are read once.
  const times: number[] = [];
  let points = await timed(times, () => place(chosen));
  for (let again = 1; again < REPEATS; again++) points = await timed(times, () => place(chosen));
  const of = (name: string) => ({ suite: "spec", case: `${space.kind}/${name}` });
  const package_ = space.kind === "image" ? { baseline: PACKAGE_MS } : {};
  const figures: Figure[] = [
    { ...of(`n${most}`), metric: "placed_ms", unit: "ms", value: median(times), ...package_ },
  ];
  for (const size of SIZES) {
    const x = pickRows(points, [...Array(size).keys()]);
    const checks: number[] = [];
    const found: Described[] = [];
    let refused = 0;
    for (const secret of SECRETS) {
      const options = describeOptions(space, book, secretOf(secret));
      try {
        found.push(await timed(checks, () => finish(describeRows(compute, x, options))));
      } catch (error) {
        if (!(error instanceof EngineError) || error.code !== "preflight_failed") throw error;
        refused++;
      }
    }
    const figure = (metric: string, unit: string, value: number): Figure => ({ ...of(`n${size}`), metric, unit, value }); // prettier-ignore
    figures.push(figure("refused", "share", refused / SECRETS.length));
    if (found.length === 0) continue;
    const mean = (value: (one: Described) => number) =>
      found.reduce((sum, one) => sum + value(one), 0) / found.length;
    const rehearsed = (name: "attackAuc" | "strongAuc" | "truePositiveRate") => mean(({ preflight }) => preflight[name]); // prettier-ignore
    figures.push(
      figure("described_and_checked_ms", "ms", median(checks)),
      figure("nearest_point_auc", "AUC", rehearsed("attackAuc")),
      figure("likelihood_ratio_auc", "AUC", rehearsed("strongAuc")),
      figure("found_at_1_percent", "share", rehearsed("truePositiveRate")),
      figure(
        "rows_given_away",
        "rows",
        mean(({ rkme }) => givenAway(rkme.points, x)),
      ),
    );
  }
  return figures;
}

/** How many rows stand among the points as they are. */
function givenAway(points: Matrix, x: Matrix<Float32Array>): number {
  const keysOf = ({ data, rows, cols }: Matrix) =>
    Array.from({ length: rows }, (_, i) => Float32Array.from(data.subarray(i * cols, (i + 1) * cols)).join()); // prettier-ignore
  const sent = new Set(keysOf(points));
  return keysOf(x).filter((row) => sent.has(row)).length;
}

async function timed<T>(times: number[], run: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await run();
  times.push(performance.now() - started);
  return result;
}
