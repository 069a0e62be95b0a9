import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import type { Summary } from "../../src/contracts/http/account-api";
import { JobQueue } from "../../src/dock/jobs/job-queue";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import type { Database } from "../../src/dock/storage/database/database";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { UseCounts } from "../../src/dock/storage/sql/use-counts";
import { databases } from "../fixtures/databases";
import { cardOf, entryOf, island, rkmeAround } from "../fixtures/learnwares";
import { openDock } from "../fixtures/open-dock";
import { makeAccount, type TestPeople, testPeople } from "../fixtures/people";

const PAGE = "http://dock.test";
const GOOD = "correct horse battery";

/** What is read of answers of several routes. */
interface Answered {
  readonly code?: string;
  readonly link?: string;
  readonly disabledAt?: string;
  readonly days?: Summary["days"];
  readonly jobs?: Summary["jobs"];
  readonly jobsLeft?: Summary["jobsLeft"];
}

for (const { name, open } of databases) {
  describe(`looking after a dock on ${name}`, () => {
    let database: Database;
    let store: SqlStore;
    let people: TestPeople;
    let uses: UseCounts;
    let dock: Awaited<ReturnType<typeof openDock>>;
    let admin: string;
    let token: string;

    beforeAll(async () => {
      database = await open();
      store = await SqlStore.open(database);
      const blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-admin-")));
      const { sha256, sizeBytes } = await blobs.put(new TextEncoder().encode("a zip"));
      people = testPeople(database, store);
      uses = new UseCounts(database, (error) => {
        throw error;
      });
      await store.putSpace(island);
      const question = { form: "target", target: "price" } as const;
      const other = { ...question, target: "rent" };
      for (const [id, asks] of [
        ["houses", question],
        ["homes", question],
        ["rents", other],
      ] as const) {
        await store.putIsland({ id, name: id, description: "", question: asks }, island.id);
      }
      admin = await makeAccount(people, "admin@people.test", GOOD, "admin");
      const asked = { name: "t", scopes: ["admin"], days: 1 } as const;
      token = (await people.accounts.makeToken(admin, asked, 5))!.token;
      for (const [id, on, x] of [
        ["one", "houses", 1],
        ["two", "houses", 2],
        ["three", "homes", 3],
      ] as const) {
        const card = { ...cardOf(id, sha256, sizeBytes), islandId: on };
        await store.put({ ...entryOf(id, rkmeAround(x, 0), card), ownerId: admin });
      }
      dock = await openDock({ store, blobs, people, uses, limits: "none" });
    });

    afterAll(async () => {
      await uses.close();
      await store.close();
    });

    async function ask(
      method: string,
      path: string,
      body?: unknown,
      as = token,
    ): Promise<{ readonly status: number; readonly answer: Answered }> {
      const answer = await dock.request(`${PAGE}/api/v1${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${as}`,
          ...(body !== undefined && { "Content-Type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: answer.status, answer: (await answer.json()) as Answered };
    }

    test("an invitation is a link that makes an account of the role that was meant", async () => {
      const email = "guest@people.test";
      const { answer } = await ask("POST", "/my/admin/users", { email });
      expect(people.post.letters.at(-1)).toMatchObject({ to: email, link: answer.link });
      const code = new URL(answer.link!).hash.split("confirm=")[1]!;
      const confirm = { code, name: "Guest", password: GOOD };
      expect((await ask("POST", "/my/confirm", confirm)).status).toBe(200);
      expect((await ask("POST", "/my/admin/users", { email })).answer.code).toBe("already_there");
      const { answer: list } = await ask("GET", "/my/admin/users?text=GUEST");
      expect(list).toMatchObject({ total: 1, users: [{ email, role: "user", learnwares: 0 }] });
    });

    test("an account that is shut out comes in by nothing, until it is let in again", async () => {
      const id = await makeAccount(people, "rogue@people.test", GOOD);
      const session = await people.accounts.beginSession(id);
      const made = await people.accounts.makeToken(id, { name: "t", scopes: ["read"], days: 1 }, 5);
      const statuses = async () => [
        (await ask("GET", "/my/account", undefined, made!.token)).status,
        (
          await dock.request(`${PAGE}/api/v1/my/account`, {
            headers: { Cookie: `berth=${session}` },
          })
        ).status,
        (await ask("POST", "/my/login", { email: "rogue@people.test", password: GOOD })).status,
      ];
      expect(await statuses()).toEqual([200, 200, 200]);
      const shut = await ask("PATCH", `/my/admin/users/${id}`, {
        disabled: true,
      });
      expect(shut.answer.disabledAt).toMatch(/^\d{4}-/);
      expect(await statuses()).toEqual([401, 401, 401]);
      await ask("PATCH", `/my/admin/users/${id}`, { disabled: false });
      expect(await statuses()).toEqual([200, 401, 200]);
    });

    test("a dock is never without somebody who looks after it", async () => {
      const own = `/my/admin/users/${admin}`;
      for (const change of [{ role: "user" }, { disabled: true }]) {
        expect((await ask("PATCH", own, change)).answer.code).toBe("not_allowed");
      }
      expect((await ask("DELETE", own)).answer.code).toBe("not_allowed");
      const second = await makeAccount(people, "second@people.test", GOOD, "admin");
      expect((await ask("DELETE", `/my/admin/users/${second}`)).status).toBe(200);
      expect((await ask("DELETE", `/my/admin/users/${second}`)).status).toBe(404);
      expect(await people.accounts.countAdmins()).toBe(1);
    });

    test("what somebody shared stays when the account goes, and is nobody's", async () => {
      const id = await makeAccount(people, "leaver@people.test", GOOD);
      const card = { ...cardOf("left", "cd".repeat(32)), islandId: "houses" };
      await store.put({ ...entryOf("left", rkmeAround(4, 0), card), ownerId: id });
      expect(await people.overview.ownerOf("left")).toBe(id);
      await ask("DELETE", `/my/admin/users/${id}`);
      expect(await people.overview.ownerOf("left")).toBeNull();
      expect(await store.find("left")).toMatchObject({ id: "left" });
      await store.remove("left");
    });

    test("islands of the same question are merged, others are not, and counts and cards follow", async () => {
      const merge = async (id: string, into: string) =>
        (await ask("POST", `/my/admin/islands/${id}/merge`, { into })).answer;
      expect((await merge("houses", "rents")).code).toBe("bad_input");
      expect((await merge("houses", "houses")).code).toBe("bad_input");
      expect((await merge("houses", "nowhere")).code).toBe("not_found");
      const before = await store.growth(island.id);
      expect(await merge("homes", "houses")).toMatchObject({ id: "houses", learnwareCount: 3 });
      expect(await store.findIsland("homes")).toBeNull();
      expect((await store.find("three"))?.islandId).toBe("houses");
      expect((await store.growth(island.id))!.changes).not.toBe(before!.changes);
      expect((await store.growth(island.id))!.count).toBe(before!.count);
    });

    test("an island is split, and what is found on each follows", async () => {
      const split = async (asked: object) =>
        (await ask("POST", "/my/admin/islands/houses/split", asked)).answer;
      const asked = { id: "villas", name: "Villas", learnwareIds: ["three"] };
      expect((await split({ ...asked, id: "rents" })).code).toBe("already_there");
      expect((await split({ ...asked, learnwareIds: ["nothing"] })).code).toBe("bad_input");
      expect((await split({ ...asked, learnwareIds: ["one", "two", "three"] })).code).toBe(
        "bad_input",
      );
      expect(await split(asked)).toMatchObject({ id: "villas", name: "Villas", learnwareCount: 1 });
      expect(await store.findIsland("houses")).toMatchObject({ learnwareCount: 2 });
      expect((await store.find("three"))?.islandId).toBe("villas");
      const listed = await store.list({ islandId: "villas" }, { limit: 10, offset: 0 });
      expect(listed.learnwares.map(({ id }) => id)).toEqual(["three"]);
      const space = (await store.findSpace(island.id))!;
      const near = await store.placed(space, "0", 10, "villas");
      expect(near.map(({ id }) => id)).toEqual(["three"]);
    });

    test("an island is renamed, and keeps its question", async () => {
      const { answer } = await ask("PATCH", "/my/admin/islands/villas", {
        name: "Big houses",
      });
      expect(answer).toMatchObject({ name: "Big houses", question: { target: "price" } });
      expect((await ask("PATCH", "/my/admin/islands/villas", {})).answer.code).toBe("bad_input");
      expect((await ask("PATCH", "/my/admin/islands/none", { name: "x" })).answer.code).toBe(
        "not_found",
      );
    });

    test("searches and downloads are counted by day, and by nothing that tells who asked", async () => {
      const searched = await dock.request(`${PAGE}/api/v1/search`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ filter: { text: "houses" } }),
      });
      expect(searched.status).toBe(200);
      for (const path of ["one/package", "one/package", "none/package"]) {
        await (await dock.request(`${PAGE}/api/v1/learnwares/${path}`)).arrayBuffer();
      }
      await uses.write();
      const { answer } = await ask("GET", "/my/admin/summary?days=7");
      expect(answer).toMatchObject({
        users: { admins: 1 },
        learnwares: {
          total: 3,
          removed: 1,
          kinds: [{ value: "table", count: 3 }],
          tasks: [{ value: "regression", count: 3 }],
        },
        submissions: [],
      });
      expect(answer.days).toHaveLength(7);
      expect(answer.days!.at(-1)).toEqual({
        day: new Date().toISOString().slice(0, 10),
        searches: 1,
        downloads: 2,
      });
      const columns = await database.query<{ name: string }>(
        "select column_name as name from information_schema.columns where table_name = 'use_count'",
      );
      expect(columns.map((column) => column.name).sort()).toEqual([
        "count",
        "day",
        "kind",
        "learnware_id",
      ]);

      const asked = { name: "t", scopes: ["read"], days: 1 } as const;
      const reader = (await people.accounts.makeToken(admin, asked, 5))!.token;
      const own = await ask("GET", "/my/learnwares", undefined, reader);
      expect(own.answer).toMatchObject({
        learnwares: expect.arrayContaining([
          expect.objectContaining({ id: "one", downloads: 2 }),
        ]) as unknown,
      });
      expect((await ask("GET", "/my/admin/summary", undefined, reader)).status).toBe(403);
    });

    test("a job that failed too often is shown with its problem, and is done when it is asked for again", async () => {
      const queue = new JobQueue(database);
      await queue.ask("draw-chart", "dock");
      await queue.ask("collect", "dock");
      const waiting = (await ask("GET", "/my/admin/summary")).answer;
      expect(waiting.jobsLeft).toEqual([]);
      expect(waiting.jobs).toEqual([
        { value: "collect", count: 1 },
        { value: "draw-chart", count: 1 },
      ]);
      for (let job = await queue.take(60_000, ["draw-chart"]); job;) {
        await queue.fail(job, "DatabaseError");
        await database.query("update job set run_after = now()");
        job = await queue.take(60_000, ["draw-chart"]);
      }
      const { jobs, jobsLeft } = (await ask("GET", "/my/admin/summary")).answer;
      expect(jobs).toEqual([{ value: "collect", count: 1 }]);
      const told = { kind: "draw-chart", subject: "dock", attempts: 5, problem: "DatabaseError" };
      expect(jobsLeft).toEqual([expect.objectContaining(told)]);
      const retry = `/my/admin/jobs/${jobsLeft![0]!.number}/retry`;
      expect((await ask("POST", retry)).status).toBe(200);
      expect((await ask("POST", retry)).answer.code).toBe("not_found");
      expect(await queue.take(60_000, ["draw-chart"])).toMatchObject({ attempts: 1 });
      await database.query("delete from job");
    });

    test("a letter that cannot be sent is logged without its address", async () => {
      const logged: string[] = [];
      const log = {
        info: () => undefined,
        error: (line: unknown) => void logged.push(JSON.stringify(line)),
      };
      const broken = {
        ...people,
        post: { ...people.post, send: () => Promise.reject(new Error("to guest@people.test")) },
      };
      const failing = await openDock({
        store,
        blobs: await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-admin-"))),
        people: broken,
        log,
        limits: "none",
      });
      const answer = await failing.request(`${PAGE}/api/v1/my/reset`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ email: "guest@people.test" }),
      });
      expect(answer.status).toBe(200);
      await vi.waitUntil(() => logged.length > 0);
      expect(logged.join("")).not.toContain("people.test");
    });
  });
}
