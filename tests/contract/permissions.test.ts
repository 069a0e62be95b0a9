import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Scope } from "../../src/contracts/http/account-api";
import { type Permission, permissions } from "../../src/dock/http/permissions";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import type { LearnwareStore } from "../../src/dock/storage/learnware-store";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { databases } from "../fixtures/databases";
import { cardOf, entryOf, island, rkmeAround } from "../fixtures/learnwares";
import { openDock } from "../fixtures/open-dock";
import { makeAccount, type TestPeople, testPeople } from "../fixtures/people";

type Role = "nobody" | "stranger" | "owner" | "admin";
interface Asker {
  readonly role: Role;
  readonly by: "session" | Scope;
}

const roles: readonly Role[] = ["nobody", "stranger", "owner", "admin"];
const askers: readonly Asker[] = roles.flatMap((role): Asker[] => {
  if (role === "nobody") return [{ role, by: "session" }];
  const scopes: Scope[] = role === "admin" ? ["read", "submit", "admin"] : ["read", "submit"];
  return [{ role, by: "session" }, ...scopes.map((by) => ({ role, by }))];
});

/** What the table means, said once more and in another way: 0 is let through. */
function expected(permission: Permission, { role, by }: Asker): number {
  const { who, scope, of } = permission;
  if (who === "anyone") return 0;
  if (role === "nobody") return 401;
  const holds: Readonly<Record<Asker["by"], readonly (Scope | null)[]>> = {
    session: [null, "read", "submit", "admin"],
    read: ["read"],
    submit: ["read", "submit"],
    admin: ["read", "admin"],
  };
  if (!holds[by].includes(scope)) return 403;
  const looksAfter = role === "admin" && (by === "session" || by === "admin");
  if (who === "user") return 0;
  if (who === "admin") return looksAfter ? 0 : 403;
  if (looksAfter || role === "owner") return 0;
  return of === "learnware" ? 403 : 404;
}

for (const { name, open } of databases) {
  describe(`permissions on ${name}`, () => {
    let store: LearnwareStore;
    let dock: Awaited<ReturnType<typeof openDock>>;
    let people: TestPeople;
    const credentials = new Map<string, Record<string, string>>();

    beforeAll(async () => {
      const database = await open();
      store = await SqlStore.open(database);
      const blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-permissions-")));
      await store.putSpace(island);
      const ids: Partial<Record<Role, string>> = {};
      const owned = (name: string) => Promise.resolve(name === "none" ? undefined : ids.owner!);
      people = testPeople(database, store, { owners: { submission: owned, upload: owned } });
      for (const role of ["stranger", "owner", "admin"] as const) {
        const id = await makeAccount(
          people,
          `${role}@people.test`,
          "correct horse",
          role === "admin" ? "admin" : "user",
        );
        ids[role] = id;
        const session = await people.accounts.beginSession(id);
        credentials.set(`${role} session`, { Cookie: `berth=${session}` });
        for (const scope of ["read", "submit", "admin"] as const) {
          const asked = { name: scope, scopes: [scope], days: 1 };
          const made = await people.accounts.makeToken(id, asked, 10);
          credentials.set(`${role} ${scope}`, { Authorization: `Bearer ${made!.token}` });
        }
      }
      const card = cardOf("thing", "ab".repeat(32), 10);
      await store.put({ ...entryOf("thing", rkmeAround(1, 0), card), ownerId: ids.owner! });
      dock = await openDock({ store, blobs, people, limits: "none" });
    });

    afterAll(() => store.close());

    /** The status of a refusal by the table; 0 where it lets through, whatever comes of it then. */
    async function ask(permission: Permission, asker: Asker): Promise<number> {
      const path = permission.path.replace("{id}", "thing").replace("{number}", "7");
      const answer = await dock.request(`http://dock.test/api/v1${path}`, {
        method: permission.method,
        headers: { ...credentials.get(`${asker.role} ${asker.by}`), Origin: "http://dock.test" },
      });
      const { code, message } = (await answer.json().catch(() => ({}))) as Record<string, string>;
      if (["not_signed_in", "not_allowed"].includes(code ?? "")) return answer.status;
      return message?.startsWith("there is no such ") === true ? answer.status : 0;
    }

    test.each(permissions.map((permission) => [permission.method, permission.path, permission]))(
      "%s %s lets through whom the table names, by session and by every scope of a token",
      async (_, __, permission) => {
        const got: Record<string, number> = {};
        const wanted: Record<string, number> = {};
        // What a session is ended by comes last of its kind: a new one is made for the next line.
        for (const asker of askers) {
          const key = `${asker.role} ${asker.by}`;
          wanted[key] = expected(permission, asker);
          if (permission.path === "/my/logout" && wanted[key] === 0) got[key] = 0;
          else if (permission.path === "/my/logout-everywhere" && wanted[key] === 0) got[key] = 0;
          else got[key] = await ask(permission, asker);
        }
        expect(got).toEqual(wanted);
      },
    );

    test("every route below /my/ has a line in the table", async () => {
      const lines = new Set(permissions.map(({ method, path }) => `${method} ${path}`));
      const description = (await (
        await dock.request("http://dock.test/api/v1/openapi.json")
      ).json()) as { paths: Record<string, Record<string, unknown>> };
      const routes = Object.entries(description.paths)
        .filter(([path]) => path.startsWith("/my/"))
        .flatMap(([path, methods]) =>
          Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
        );
      expect(routes.length).toBeGreaterThan(15);
      expect(routes.filter((route) => !lines.has(route))).toEqual([]);
    });

    test("what is not in the table is not there, whoever asks", async () => {
      for (const asker of askers) {
        const answer = await dock.request("http://dock.test/api/v1/my/secrets", {
          headers: credentials.get(`${asker.role} ${asker.by}`) ?? {},
        });
        expect(answer.status).toBe(404);
      }
    });
  });
}
