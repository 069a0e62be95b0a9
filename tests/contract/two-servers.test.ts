import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { toWire } from "../../src/contracts/wire/wire-rkme";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { PostgresDatabase } from "../../src/dock/storage/database/postgres/postgres-database";
import { searchSettings } from "../../src/dock/storage/sql/sql-search";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { seededRandom } from "../../src/engine/ground/random";
import { describeFor } from "../fixtures/described";
import { entryOf, island, rkmeAround } from "../fixtures/learnwares";
import { openDock } from "../fixtures/open-dock";
import { putOnBook } from "../fixtures/put-on-book";
import { hasPostgres } from "../postgres/fresh-database";
import { PostgresServer } from "../postgres/postgres-server";

const COUNT = 600;
const LIMIT = 200;

/** The statements of docs/operating.md, in their order. */
async function statements(space: number, north: URL) {
  const guide = await readFile(new URL("../../docs/operating.md", import.meta.url), "utf8");
  const [, section = ""] = /## Spaces on other servers\n(.*?)\n## /s.exec(guide) ?? [];
  const blocks = [...section.matchAll(/```sql\n(.*?)```/gs)].map(([, sql]) =>
    sql!
      .replaceAll(/_7\b/g, `_${space}`)
      .replaceAll("space = 7", `space = ${space}`)
      .replace("north.example", north.hostname)
      .replace("'5432'", `'${north.port}'`)
      .replace(", password 'secret'", ""),
  );
  expect(blocks).toHaveLength(5);
  const [link, tables, copy, index, swap] = blocks as [string, string, string, string, string];
  return { link, tables, copy, index, swap };
}

async function on(url: string, sql: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** The address of a database `berth` of a user `berth` on a server. */
async function berthOn({
  url,
}: PostgresServer): Promise<{ readonly user: string; readonly superuser: string }> {
  await on(url, "create role berth superuser login");
  await on(url, "create database berth owner berth");
  const superuser = new URL(url);
  superuser.pathname = "/berth";
  const user = new URL(superuser);
  user.username = "berth";
  return { user: user.href, superuser: superuser.href };
}

describe.skipIf(!hasPostgres || process.env["TEST_DATABASE_URL"])(
  "A space on another server",
  () => {
    let main: PostgresServer;
    let north: PostgresServer;
    const logged: unknown[] = [];
    let store: SqlStore;
    let blobs: FileBlobs;
    let ask: Awaited<ReturnType<typeof openDock>>;
    let before: readonly (readonly [id: string, distance: number])[];

    const random = seededRandom(7);
    const places = Array.from({ length: COUNT }, () => [10 * random(), 10 * random()] as const);
    const sought = describeFor(island, rkmeAround(5, 5), 0.5).sketch;
    const nearest = async (islandId: string, filter = {}) => {
      const space = (await store.findSpace(islandId))!;
      const found = await store.nearest(space, sought, { limit: LIMIT, filter });
      return found.map(({ id, squaredDistance }) => [id, squaredDistance] as const);
    };
    const search = (islandId: string, spaceVersion: number) =>
      ask.request("http://dock.test/api/v1/search", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({
          islandId,
          requirement: {
            form: "reduced",
            space: { id: islandId, version: spaceVersion },
            specification: toWire(rkmeAround(5, 5)),
          },
        }),
      });
    const there = async (table: string) => {
      const client = new Client(north.url.replace(/postgres$/, "berth"));
      await client.connect();
      const { rows } = await client
        .query<{ count: number }>(`select count(*)::int as count from ${table}`)
        .finally(() => client.end());
      return rows[0]!.count;
    };

    beforeAll(async () => {
      [main, north] = await Promise.all([PostgresServer.start(), PostgresServer.start()]);
      const [here, far] = [await berthOn(main), await berthOn(north)];
      const database = await PostgresDatabase.open({
        url: here.user,
        sessionSettings: searchSettings,
      });
      store = await SqlStore.open(database);
      for (const id of ["home", "away"]) {
        await store.putSpace({ ...island, id });
        await store.putAll(
          places.map(([x, y], i) =>
            entryOf(`${id}-${i}`, rkmeAround(x, y), {
              islandId: id,
              target: i % 3 === 0 ? "rent" : "price",
            }),
          ),
        );
      }
      blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-two-")));
      const log = { info: () => undefined, error: (line: unknown) => logged.push(line) };
      ask = await openDock({ store, blobs, log });
      before = await nearest("away");

      const { number } = (await store.findSpace("away"))!;
      const guide = await statements(number, new URL(north.url));
      await on(far.superuser, "create extension vector");
      await on(here.superuser, guide.link);
      await on(far.user, guide.tables);
      await on(here.user, guide.copy);
      await on(far.user, guide.index);
      await store.remove("away-17"); // Between the copy and the swap.
      await store.put(entryOf("away-late", rkmeAround(50, 50), { islandId: "away" }));
      await on(here.user, guide.swap);
    });
    afterAll(async () => {
      await store.close();
      await Promise.all([main.stop(), north.stop()]);
    });

    test("is found in as it was here, with as many candidates as are asked for", async () => {
      const after = await nearest("away");
      expect(after).toHaveLength(LIMIT);
      const here = new Map(before);
      const kept = after.filter(
        ([id, distance]) => Math.abs((here.get(id) ?? NaN) - distance) < 1e-6,
      );
      expect(kept.length).toBeGreaterThanOrEqual(LIMIT - 2);
    });

    test("is found in exactly under a filter", async () => {
      const home = await nearest("home", { target: "rent" });
      const away = await nearest("away", { target: "rent" });
      expect(home).toHaveLength(LIMIT);
      expect(away.map(([id]) => id.replace("away", "home"))).toEqual(home.map(([id]) => id));
    });

    test("has what was removed and added while it was moved", async () => {
      const { number } = (await store.findSpace("away"))!;
      expect(await there(`specification_${number}`)).toBe(COUNT);
      expect(await store.findSpecification("away-late")).not.toBeNull();
      expect(await store.findSpecification("away-17")).toBeNull();
    });

    test("takes what is put, replaced and removed", async () => {
      const { number } = (await store.findSpace("away"))!;
      await store.put(entryOf("away-new", rkmeAround(5, 5), { islandId: "away" }));
      expect(await there(`sketch_${number}`)).toBe(COUNT + 1);
      expect((await nearest("away"))[0]![0]).toBe("away-new");
      await store.put(
        entryOf("away-new", rkmeAround(90, 5), { islandId: "away", sha256: "1".repeat(64) }),
      );
      expect((await nearest("away")).map(([id]) => id)).not.toContain("away-new");
      await store.remove("away-new");
      expect(await there(`sketch_${number}`)).toBe(COUNT);
      expect(await store.placed((await store.findSpace("away"))!, "0", 50)).toHaveLength(50);
    });

    test("has its next versions beside it, and leaves nothing behind", async () => {
      const first = (await store.findSpace("away"))!;
      for (const version of [2, 3]) {
        const space = await store.prepareSpace({ ...first.definition, version });
        for (let missing = await store.missingFrom(space, 500); missing.length > 0;) {
          await store.fillSpace(space, missing);
          missing = await store.missingFrom(space, 500);
        }
        expect(await store.publishSpace(space)).toBe(true);
        expect(await there(`sketch_${space.number}`)).toBe(COUNT);
      }
      await expect(there(`sketch_${first.number}`)).rejects.toMatchObject({ code: "42P01" });
      expect(await nearest("away")).toHaveLength(LIMIT);
      await store.withoutIndex((await store.findSpace("away"))!, async () => undefined);

      const { version, book } = await putOnBook({ store, blobs }, "away");
      const { number } = (await store.findSpace("away"))!;
      expect(await there(`sketch_${number} where vector_dims(numbers) = ${book!.points}`)).toBe(
        COUNT,
      );
      expect((await search("away", version)).status).toBe(200);
      expect((await search("away", version - 1)).status).toBe(200);
    });

    test("answers 503 with words while that server is down, and everything else as ever", async () => {
      await north.crash();
      const refusal = {
        code: "network_failed",
        message: "a server that this needs cannot be reached now; other islands may answer",
      };
      const specification = await ask.request(
        "http://dock.test/api/v1/learnwares/away-1/specification",
      );
      for (const answer of [await search("away", 4), specification]) {
        expect(answer.status).toBe(503);
        expect(answer.headers.get("Retry-After")).not.toBeNull();
        expect(await answer.json()).toEqual(refusal);
      }
      expect(JSON.stringify(logged)).toContain('could not connect to server \\"north\\"');
      expect((await search("home", 1)).status).toBe(200);
      expect((await store.list({ islandId: "away" }, { limit: 1, offset: 0 })).total).toBe(COUNT);
      await (await SqlStore.open(await reopened(main))).close();

      await north.restart();
      expect((await search("away", 4)).status).toBe(200);
    });
  },
);

function reopened({ url }: PostgresServer): Promise<PostgresDatabase> {
  const berth = new URL(url);
  [berth.username, berth.pathname] = ["berth", "/berth"];
  return PostgresDatabase.open({ url: berth.href, sessionSettings: searchSettings });
}
