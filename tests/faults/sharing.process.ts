/** @file An embedded dock that people hand learnwares in to until it is killed, while other uploads come to nothing beside. */

import { createHash, randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";

import { JobRunner } from "../../src/dock/jobs/job-runner";
import { Verification } from "../../src/dock/jobs/verify-submission";
import { openParts, type StorageParts } from "../../src/dock/storage/open-parts";
import { Verifier } from "../../src/dock/verify/verifier";
import { seededRandom } from "../../src/engine/ground/random";
import { packageOf, rkmeAround } from "../fixtures/learnwares";
import { order } from "./child";
import { Lane, workUntilKilled } from "./lane";

export interface SharingOrder {
  readonly dataDirectory: string;
  readonly ownerId: string;
  readonly seed: number;
}

const LEARNWARES = 4;
const MOST_BYTES = 12e6;
const silent = { info: () => undefined, error: () => undefined };

const { dataDirectory, ownerId, seed } = await order<SharingOrder>();
const random = seededRandom(seed);
let parts: StorageParts;

await workUntilKilled(async () => {
  parts = await openParts({ dataDirectory });
  const { jobs } = parts;
  const verification = new Verification({ ...parts, verifier: new Verifier() });
  new JobRunner(jobs, { verify: (number, context) => verification.run(number, context) }, silent);
  await Promise.all([share(new Lane(1)), share(new Lane(2)), upload(new Lane(3))]);
});

/** Hands a learnware in, and waits until it is verified. */
async function share(lane: Lane): Promise<never> {
  for (;;) {
    const number = Math.floor(random() * LEARNWARES);
    const id = `lane-${lane.number}-${number}`;
    const rkme = rkmeAround(number + 10 * lane.number, Math.floor(10 * random()));
    const zip = await packageOf(`Package ${Math.floor(1e9 * random())}`, { rkme });
    const sha256 = createHash("sha256").update(zip).digest("hex");
    await lane.step("share", [id], sha256, async () => {
      const { uploads, submissions, jobs } = parts;
      const coming = await uploads.create(ownerId, zip.length);
      await uploads.append(coming.id, 0, inChunks(zip));
      await uploads.finish(coming.id, sha256);
      const about = { ownerId, learnwareId: id, islandId: null, edit: null };
      const given = await submissions.create({ ...about, sha256, sizeBytes: zip.length });
      await uploads.remove(coming.id);
      await jobs.ask("verify", String(given.number));
      for (;;) {
        const found = await submissions.find(given.number);
        if (found?.state === "verified") return undefined;
        if (found?.state === "refused") throw new Error(JSON.stringify(found.checks.at(-1)));
        await setTimeout(50);
      }
    });
  }
}

/** Uploads that are never handed in. */
async function upload(lane: Lane): Promise<never> {
  for (;;) {
    const bytes = randomBytes(Math.ceil(MOST_BYTES * random()));
    await lane.step("upload", [], null, async () => {
      const { id } = await parts.uploads.create(ownerId, bytes.length);
      await parts.uploads.append(id, 0, inChunks(bytes));
      if (random() < 0.5) await parts.uploads.remove(id);
      else await parts.database.query("update upload set expires_at = now() where id = $1", [id]);
      await parts.uploads.expire();
      return undefined;
    });
  }
}

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}
