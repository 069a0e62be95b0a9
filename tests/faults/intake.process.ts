/** @file An embedded dock that takes in packages until it is killed, while large zips stream in and backups are made beside. */

import { createHash, randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";

import { makeBackup } from "../../src/dock/backup/make-backup";
import { openParts, type StorageParts } from "../../src/dock/storage/open-parts";
import { seededRandom } from "../../src/engine/ground/random";
import { packageOf, rkmeAround } from "../fixtures/learnwares";
import { order } from "./child";
import { Lane, workUntilKilled } from "./lane";

export interface IntakeOrder {
  readonly dataDirectory: string;
  readonly backups: string;
  readonly seed: number;
}

const LEARNWARES = 20;
const MOST_BYTES = 4e6;
const KEPT = 3;

const { dataDirectory, backups, seed } = await order<IntakeOrder>();
const random = seededRandom(seed);
let parts: StorageParts;

await workUntilKilled(async () => {
  parts = await openParts({ dataDirectory });
  await Promise.all([
    take(new Lane(1)),
    take(new Lane(2)),
    upload(new Lane(3)),
    backUp(new Lane(4)),
  ]);
});

/** Each lane has ids of its own: what it says of one is in the order in which it happened. */
async function take(lane: Lane): Promise<never> {
  const { intake, store } = parts;
  for (;;) {
    const number = Math.floor(random() * LEARNWARES);
    const id = `lane-${lane.number}-${number}`;
    const card = random() < 0.25 ? await store.find(id) : null;
    if (card) {
      await lane.step("remove", [id], null, async () => {
        await intake.remove(id);
        return undefined;
      });
      continue;
    }
    const rkme = rkmeAround(number, Math.floor(10 * random()));
    const zip = await packageOf(`Package ${Math.floor(1e9 * random())}`, { rkme });
    const sha256 = createHash("sha256").update(zip).digest("hex");
    await lane.step("take", [id], sha256, async () => {
      await intake.take(id, zip, "upload");
      return undefined;
    });
  }
}

/** Zips that come to nothing. */
async function upload(lane: Lane): Promise<never> {
  for (;;) {
    const bytes = randomBytes(Math.ceil(MOST_BYTES * random()));
    await lane.step("upload", [], null, async () => {
      await parts.blobs.put(inChunks(bytes));
      return undefined;
    });
  }
}

/** Of which three stay. */
async function backUp(lane: Lane): Promise<never> {
  for (;;) {
    await lane.step("backup", [], null, async () => {
      const keep = () => Promise.resolve();
      const { problems } = await makeBackup(parts, backups, { kept: KEPT, keep });
      if (problems.length > 0) throw new Error(problems.join("; "));
      return undefined;
    });
    await setTimeout(50);
  }
}

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}
