import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { WireFailure } from "../../src/contracts/http/dock-api";
import { usualLimits } from "../../src/dock/http/dock-limits";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { PostgresDatabase } from "../../src/dock/storage/database/postgres/postgres-database";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { entryOf, island, rkmeAround } from "../fixtures/learnwares";
import { serveDock } from "../fixtures/serve-dock";
import { patience } from "../patience";
import { hasPostgres } from "../postgres/fresh-database";
import { PostgresServer } from "../postgres/postgres-server";

test.skipIf(!hasPostgres || process.env["TEST_DATABASE_URL"])(
  "a dock says that its database is gone, and goes on with everything once it is back",
  { timeout: patience(60) },
  async () => {
    const server = await PostgresServer.start({ durable: true });
    const store = await SqlStore.open(await PostgresDatabase.open({ url: server.url }));
    const blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-gone-")));
    await store.putSpace(island);
    await store.put(entryOf("near", rkmeAround(1, 0)));
    const dock = await serveDock({ store, blobs, limits: usualLimits });
    const ask = (path: string) => fetch(`${dock.url}${path}`);
    try {
      const before = await (await ask("/api/v1/learnwares/near")).text();

      await server.crash();
      const refused = await ask("/api/v1/learnwares/near");
      expect(refused.status).toBe(503);
      expect(WireFailure.parse(await refused.json()).code).toBe("network_failed");
      const ready = await ask("/readyz");
      expect([ready.status, await ready.json()]).toEqual([503, { database: false, blobs: true }]);

      await server.restart();
      await expect.poll(async () => (await ask("/readyz")).status, { timeout: 20_000 }).toBe(200);
      const after = await ask("/api/v1/learnwares/near");
      expect([after.status, await after.text()]).toEqual([200, before]);
    } finally {
      dock.close();
      await store.close();
      await server.stop();
    }
  },
);
