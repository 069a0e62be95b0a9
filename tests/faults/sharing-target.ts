import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { collect } from "../../src/dock/jobs/collect";
import { Verification } from "../../src/dock/jobs/verify-submission";
import { openParts, type StorageParts } from "../../src/dock/storage/open-parts";
import { Verifier } from "../../src/dock/verify/verifier";
import { island } from "../fixtures/learnwares";
import { makeAccount } from "../fixtures/people";
import type { Ledger } from "./ledger";
import { dockFault, type Target } from "./rounds";

const DAY_MS = 24 * 3_600_000;
/** Random bytes before each part of an upload. */
const SALT_BYTES = 16;
const keep = () => Promise.resolve();

/** An embedded dock that people hand learnwares in to. */
export async function sharingTarget(): Promise<Target> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "berth-sharing-faults-"));
  const parts = await openParts({ dataDirectory });
  await parts.store.putSpace(island);
  const ownerId = await makeAccount(parts, "one@people.test", "correct horse");
  await parts.close();
  return {
    name: "sharing",
    script: "sharing.process.ts",
    place: { dataDirectory, ownerId },
    faults: [dockFault],
    lossesIn: async (ledger) => {
      const opened = await openParts({ dataDirectory });
      const losses = await lossesIn(opened, ledger);
      await opened.close();
      return losses;
    },
    remove: () => rm(dataDirectory, { recursive: true }),
  };
}

async function lossesIn(parts: StorageParts, ledger: Ledger): Promise<string[]> {
  const { store, blobs, uploads, submissions, database } = parts;
  const losses: string[] = [];
  // What had been handed in is verified, as the dock does when it starts; once more changes nothing.
  const verification = new Verification({ ...parts, verifier: new Verifier() });
  for (const number of await submissions.open()) {
    for (let i = 0; i < 2; i++) await verification.run(String(number), { keep });
    const { state } = (await submissions.find(number))!;
    if (state !== "verified") losses.push(`submission ${number} is ${state}`);
  }
  losses.push(...(await ledger.lossesIn(store)));

  const open = await database.query<{ id: string; received: string }>(
    "select id, received_bytes::text as received from upload where sha256 is null",
  );
  for (const { id, received } of open) {
    const there = await bytesOf(parts, id);
    if (there !== Number(received)) losses.push(`upload ${id} has ${there} of ${received} bytes`);
    await uploads.remove(id);
  }
  await database.query("update upload set expires_at = now()");
  await store.noteCollected(new Date());
  await collect(store, blobs, uploads, { keep }, Date.now() + DAY_MS);
  for await (const { sha256 } of blobs.list()) {
    if (!(await store.usesPackage(sha256))) losses.push(`blob ${sha256} was not collected`);
  }
  const { learnwares } = await store.list({}, { limit: 1000, offset: 0 });
  for (const { id, sha256 } of learnwares) {
    if (!(await blobs.has(sha256))) losses.push(`${id} has no zip`);
    const count = (await store.history(id)).filter((one) => one.sha256 === sha256).length;
    if (count !== 1) losses.push(`${id} was taken ${count} times`);
  }
  return losses;
}

async function bytesOf({ database, blobs }: StorageParts, id: string): Promise<number> {
  const noted = await database.query<{ sha256: string }>(
    "select sha256 from upload_part where upload_id = $1",
    [id],
  );
  let bytes = 0;
  for (const { sha256 } of noted) {
    const blob = await blobs.open(sha256);
    bytes += blob ? blob.sizeBytes - SALT_BYTES : NaN;
    await blob?.stream.cancel();
  }
  return bytes;
}
