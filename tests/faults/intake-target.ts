import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { BackupFile } from "../../src/dock/backup/backup-file";
import { backupBlobs, backupsIn } from "../../src/dock/backup/backup-folder";
import { collect } from "../../src/dock/jobs/collect";
import { openParts, type StorageParts } from "../../src/dock/storage/open-parts";
import { island } from "../fixtures/learnwares";
import type { Ledger } from "./ledger";
import { dockFault, type Target } from "./rounds";

const DAY_MS = 24 * 3_600_000;

/** An embedded dock with its zips in files, packages coming in, and backups being made. */
export async function intakeTarget(): Promise<Target> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "berth-intake-faults-"));
  const backups = await mkdtemp(join(tmpdir(), "berth-backup-faults-"));
  const parts = await openParts({ dataDirectory });
  await parts.store.putSpace(island);
  await parts.close();
  return {
    name: "intake",
    script: "intake.process.ts",
    place: { dataDirectory, backups },
    faults: [dockFault],
    lossesIn: async (ledger) => {
      const opened = await openParts({ dataDirectory });
      const losses = await lossesIn(opened, ledger);
      await opened.close();
      losses.push(...(await lossesInBackups(backups)));
      return losses;
    },
    remove: async () => {
      for (const place of [dataDirectory, backups]) await rm(place, { recursive: true });
    },
  };
}

/** Whether every backup that can be seen is whole, with all that it names. */
async function lossesInBackups(folder: string): Promise<string[]> {
  const losses: string[] = [];
  const blobs = await backupBlobs(folder);
  for (const path of await backupsIn(folder)) {
    try {
      for (const sha256 of await (await BackupFile.open(path)).blobs()) {
        const blob = await blobs.open(sha256);
        if (!blob) losses.push(`${path} lacks ${sha256}`);
        await blob?.stream.pipeTo(new WritableStream());
      }
    } catch (error) {
      losses.push(`${path}: ${String(error)}`);
    }
  }
  return losses;
}

async function lossesIn(
  { store, blobs, uploads }: StorageParts,
  ledger: Ledger,
): Promise<string[]> {
  const losses = await ledger.lossesIn(store);
  const keep = () => Promise.resolve();
  await store.noteCollected(new Date());
  await collect(store, blobs, uploads, { keep }, Date.now() + DAY_MS);
  const kept = new Set<string>();
  for await (const { sha256 } of blobs.list()) {
    kept.add(sha256);
    if (!(await store.usesPackage(sha256))) losses.push(`zip ${sha256} was not collected`);
    const hash = createHash("sha256");
    for await (const chunk of (await blobs.open(sha256))!.stream) hash.update(chunk);
    if (hash.digest("hex") !== sha256) losses.push(`zip ${sha256} holds something else`);
  }
  const { learnwares } = await store.list({}, { limit: 1000, offset: 0 });
  for (const { id, sha256 } of learnwares) {
    if (!kept.has(sha256)) losses.push(`${id} has no zip`);
    if (!(await store.findSpecification(id))) losses.push(`${id} has no specification`);
  }
  return losses;
}
