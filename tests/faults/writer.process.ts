/**
 * @file A dock's store that works until it is killed: one lane writes single learnwares, another
 * loads in bulk without the index, re-estimates and republishes.
 */

import { tableSpace } from "../../src/engine/kinds/space";
import { faultBooks } from "./fault-books";
import { Describer } from "../../src/dock/storage/describer";
import { ReEstimation } from "../../src/dock/jobs/re-estimate";
import type { Entry } from "../../src/dock/storage/learnware-store";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { PostgresDatabase } from "../../src/dock/storage/database/postgres/postgres-database";
import { searchSettings } from "../../src/dock/storage/sql/sql-search";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import type { Space } from "../../src/engine/kinds/table/space/space";
import { seededRandom } from "../../src/engine/ground/random";
import { cardOf, island, rkmeAround } from "../fixtures/learnwares";
import { order } from "./child";
import { Lane, workUntilKilled } from "./lane";
import { republish } from "./republish";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";

export interface WriterOrder {
  /** What the ids of new learnwares and islands begin with. */
  readonly name: string;
  readonly seed: number;
  /** Of one of both. */
  readonly directory?: string;
  readonly url?: string;
}

const SINGLES = 30;
const BULK = 40;
/** The scale of an island that has to be re-estimated. */
const COARSE = 1000;

const { name, seed, directory = "", url } = await order<WriterOrder>();
const random = seededRandom(seed);
let made = 0;
let store: SqlStore;
let describer: Describer;
let blobs: Awaited<ReturnType<typeof faultBooks>>;

await workUntilKilled(async () => {
  blobs = await faultBooks();
  describer = await Describer.create(blobs);
  const sessionSettings = searchSettings;
  store = await SqlStore.open(
    url === undefined
      ? await PgliteDatabase.open({ directory, sessionSettings })
      : await PostgresDatabase.open({ url, sessionSettings }),
  );
  await Promise.all([write(new Lane(1)), organise(new Lane(2))]);
});

function integer(below: number): number {
  return Math.floor(random() * below);
}

function hash(): string {
  return Array.from({ length: 64 }, () => integer(16).toString(16)).join("");
}

async function write(lane: Lane): Promise<never> {
  for (;;) {
    const id = `single-${integer(SINGLES)}`;
    if (random() < 0.25) {
      await lane.step("remove", [id], null, async () => {
        await store.remove(id);
        return undefined;
      });
      continue;
    }
    const sha256 = hash();
    await lane.step("put", [id], sha256, async () => {
      for (let isPut = false; !isPut;) {
        const current = (await store.findSpace(island.id))!.definition;
        isPut = await store.put(await entry(id, sha256, tableSpace(current))).then(
          () => true,
          (error: unknown) => {
            if (!isStale(error)) throw error;
            return false;
          },
        );
      }
      return undefined;
    });
  }
}

async function organise(lane: Lane): Promise<never> {
  for (;;) {
    if (random() < 0.4) {
      await lane.step("republish", [], null, async () => {
        const version = await republish(store, describer, island.id, 0.1 + random());
        return { [island.id]: version };
      });
      continue;
    }
    const on = { ...island, id: `${name}-${++made}`, features: coarseFeatures() };
    const ids = Array.from({ length: BULK }, (_, i) => `${on.id}-${i}`);
    const sha256 = hash();
    await lane.step("load", ids, sha256, async () => {
      await store.putSpace(on);
      const entries: Entry[] = [];
      for (const id of ids) entries.push(await entry(id, sha256, on));
      const space = (await store.findSpace(on.id))!;
      await store.withoutIndex(space, () => store.putAll(entries));
      return { [on.id]: 1 };
    });
    await lane.step("re-estimate", [], null, async () => {
      const keep = () => Promise.resolve();
      await new ReEstimation({ store, blobs, describer }).run(on.id, { keep });
      return (await store.growth(on.id))?.count === BULK ? { [on.id]: 2 } : undefined;
    });
  }
}

function coarseFeatures(): Space["features"] {
  return island.features.map((feature) => ({ ...feature, scale: [COARSE] }));
}

async function entry(id: string, sha256: string, on: Space): Promise<Entry> {
  const scale = on.features[0]!.scale[0]!;
  const { points, ...rest } = rkmeAround(integer(12), integer(12));
  const data = points.data.map((value) => value / scale);
  const rkme = { ...rest, points: { ...points, data }, kernel: gaussianKernel(on.kernel.gamma) };
  const described = await describer.describe(on, rkme, 0.5 / scale ** 2);
  const card = { ...cardOf(id, sha256), islandId: on.id };
  return { card, spaceVersion: on.version, described, origin: name };
}

function isStale(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "stale_island";
}
