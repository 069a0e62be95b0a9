/** @file `bench -- market --kind image`: pictures that others' models tell the class of. */

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { openLook } from "../../../src/cli/pictures/open-look";
import { readPinnedBook } from "../../../src/cli/describe/describe-pinned";
import { loadEmbedder } from "../../../src/cli/texts/place-texts";
import { finish } from "../../../src/engine/ground/finish";
import { type Matrix, pickRows } from "../../../src/engine/ground/matrix";
import type { ImageData } from "../../../src/engine/kinds/image/image-data";
import { imageKind } from "../../../src/engine/kinds/image/image-kind";
import { LOOK } from "../../../src/engine/kinds/image/look";
import { nearness } from "../../../src/engine/kinds/image/nearness";
import { openImageBasis } from "../../../src/engine/kinds/image/open-basis";
import type { Raster } from "../../../src/engine/kinds/image/pixels/raster";
import { IMAGE_BASES, IMAGE_SPACES } from "../../../src/engine/kinds/image/spaces";
import { predictLinear } from "../../../src/engine/learner/linear/linear-model";
import { project } from "../../../src/engine/specification/embedding/projection";
import { WasmCompute } from "../../../src/runtime/compute/wasm/wasm-compute";
import { fitImageHead } from "../../../src/workflows/train/image-head";
import type { Figure } from "../report";
import { type ClassRows, measureMarket, targetOf } from "./measure-market";
import { pictureSetOfFile } from "./picture-file";
import { type PictureSet, pictureSets } from "./picture-sets";
import { marketOfGroups } from "./plans";
import { ReferencePictures } from "./reference-pictures";
import { MarketTally } from "./tell-markets";

export interface ImageMarketOptions {
  readonly data: string | undefined;
  readonly file: string | undefined;
  readonly quick: boolean;
}

const SEEDS = [0, 1];
const QUICK_USERS = 4;
/** Of a learnware, and of a user, so that with 200 labels some pictures are left. */
const SIZES = { learnware: 300, user: 240, ownEvery: 2 };

export async function benchImageMarkets({
  data,
  file,
  quick,
}: ImageMarketOptions): Promise<Figure[]> {
  const compute = await WasmCompute.create();
  const tally = new MarketTally();
  const sets = file === undefined ? await pictureSets(data ?? "../shared/data") : [await pictureSetOfFile(file)]; // prettier-ignore
  for (const set of sets) {
    const rows = await rowsOf(set);
    for (const seed of quick ? SEEDS.slice(0, 1) : SEEDS) {
      const market = marketOfGroups(set.name, set.labels, SIZES, seed);
      const users = quick ? market.users.slice(0, QUICK_USERS) : market.users;
      const figures = await measureMarket(compute, rows, { ...market, users });
      const head = await headOf(
        rows,
        market.learnwares.flatMap((one) => one.rows),
        set.labels,
      );
      tally.add(set.name, figures.map((one) => ({ ...one, "0/head": head }))); // prettier-ignore
    }
  }
  return tally.tell();
}

async function rowsOf({ rasters }: PictureSet): Promise<ClassRows<Float64Array>> {
  const { data, basis } = await placed(rasters);
  const space = IMAGE_SPACES[basis];
  const plan = { space, placed: [] } as const;
  const reference = new ReferencePictures(rasters);
  return {
    space,
    book: await readPinnedBook(space),
    points: imageKind.points(data, plan),
    read: async (rows, withOwn) => imageKind.rows(data, plan, rows, withOwn ? null : undefined),
    learn: async (rows, all) => {
      const { labels, target } = targetOf(rows, all);
      const head = await finish(fitImageHead(pickRows(data.vectors, rows), target));
      return {
        about: { task: "classification", target: "label", features: [], labels, input: "vector", output: "probabilities", form: { type: "embedding", name: "vector", embedder: LOOK.mark, dimension: LOOK.dimension } }, // prettier-ignore
        answer: (asked) => predictLinear(head, pickRows(data.vectors, asked)),
        run: async ([input]) => predictLinear(head, matrixOf(input!.data as Float32Array)),
      };
    },
    package: {
      describe: (rows) => reference.describe(rows),
      rank: (user, of) => reference.rank(user, of),
    },
  };
}

/** How often one head, that learnt from all rows of the market, is right of the others. */
async function headOf(
  { learn }: Pick<ClassRows<unknown>, "learn">,
  learned: readonly number[],
  labels: readonly string[],
): Promise<number> {
  const seen = new Set(learned);
  const others = [...labels.keys()].filter((row) => !seen.has(row));
  const { about, answer } = await learn([...seen], labels);
  const { data, cols } = answer(others);
  const hits = others.filter((row, i) => {
    const scores = data.subarray(i * cols, (i + 1) * cols);
    return about.labels[scores.indexOf(Math.max(...scores))] === labels[row];
  });
  return hits.length / others.length;
}

function matrixOf(data: Float32Array): Matrix<Float32Array> {
  return { data, rows: data.length / LOOK.dimension, cols: LOOK.dimension };
}

/** Pictures in all spaces, and the one that they lie in; what the embedder sees is kept in a folder of its own from one run to the next. */
async function placed(rasters: readonly Raster[]) {
  const vectors = await embedded(rasters);
  const points = new Map<string, Matrix<Float32Array<ArrayBuffer>>>();
  const near: number[] = [];
  for (const name of IMAGE_BASES) {
    const { basis, projection } = await openImageBasis(name, loadEmbedder);
    const placedIn = project(vectors, projection);
    points.set(basis, placedIn);
    near.push(nearness(placedIn, await readPinnedBook(IMAGE_SPACES[name]), IMAGE_SPACES[name]));
  }
  const known = new Uint8Array(rasters.length).fill(1);
  const data: ImageData = { rasters, vectors, points, known };
  return { data, basis: IMAGE_BASES[near.indexOf(Math.max(...near))]! };
}

async function embedded(rasters: readonly Raster[]): Promise<Matrix<Float32Array<ArrayBuffer>>> {
  const hash = createHash("sha256").update(LOOK.mark.sha256);
  for (const { rgb } of rasters) hash.update(rgb);
  const folder = join(tmpdir(), "berth-bench-pictures");
  const path = join(folder, `${hash.digest("hex")}.f32`);
  if (!existsSync(path)) {
    const look = await openLook();
    const { data } = await finish(look.embed(rasters)).finally(() => look.dispose());
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  const data = new Float32Array(Uint8Array.from(readFileSync(path)).buffer);
  return { data, rows: rasters.length, cols: LOOK.dimension };
}
