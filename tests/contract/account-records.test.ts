import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { openParts, type StorageParts } from "../../src/dock/storage/open-parts";
import { cardOf, entryOf, island, rkmeAround } from "../fixtures/learnwares";
import { makeAccount } from "../fixtures/people";

let dataDirectory: string;
let parts: StorageParts;

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "berth-account-records-"));
  parts = await openParts({ dataDirectory });
});

afterEach(async () => {
  await parts.close();
  await rm(dataDirectory, { recursive: true });
});

/** The database is lost, as when the machine goes down: it is built again from what was recorded. */
async function loseDatabase(): Promise<void> {
  await parts.close();
  await rm(join(dataDirectory, "db"), { recursive: true });
  parts = await openParts({ dataDirectory });
}

test("accounts and tokens outlive an embedded database, what was taken back does not return", async () => {
  const { accounts } = parts;
  const kept = await makeAccount(parts, "kept@people.test", "correct horse", "admin");
  const gone = await makeAccount(parts, "gone@people.test", "correct horse", "admin");
  const [first, second] = [
    (await accounts.makeToken(kept, { name: "one", scopes: ["submit"], days: 3 }, 5))!,
    (await accounts.makeToken(kept, { name: "two", scopes: ["read"], days: 3 }, 5))!,
  ];
  await accounts.removeToken(kept, second.id);
  await accounts.remove(gone);
  const before = await accounts.find(kept);
  const tokens = await accounts.tokens(kept);
  await loseDatabase();
  expect(await parts.accounts.find(kept)).toEqual(before);
  expect(await parts.accounts.tokens(kept)).toEqual(tokens);
  expect(await parts.accounts.find(gone)).toBeNull();
  expect(await parts.accounts.findCaller("token", first.token)).toMatchObject({
    accountId: kept,
    role: "admin",
    scopes: new Set(["read", "submit"]),
  });
  expect(await parts.accounts.findCaller("token", second.token)).toBeNull();
});

test("records of accounts are for the dock's own user alone, and hold no secret", async () => {
  const id = await makeAccount(parts, "secret@people.test", "correct horse");
  const made = (await parts.accounts.makeToken(id, { name: "t", scopes: ["read"], days: 1 }, 5))!;
  const folder = join(dataDirectory, "records", "accounts");
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(await readdir(folder)).toEqual([`${id}.json`]);
  const text = await readFile(join(folder, `${id}.json`), "utf8");
  expect(text).not.toContain("correct horse");
  expect(text).not.toContain(made.token.slice("berth_".length));
});

test("whose a learnware is, and the island that it was moved to, are recorded", async () => {
  const id = await makeAccount(parts, "owner@people.test", "correct horse");
  const { store, islands, records } = parts;
  await store.putSpace(island);
  const question = { form: "target", target: "price" } as const;
  for (const name of ["east", "west"]) {
    await store.putIsland({ id: name, name, description: "", question }, island.id);
  }
  for (const [name, on] of [
    ["one", "east"],
    ["two", "west"],
  ] as const) {
    const card = { ...cardOf(name), islandId: on };
    await store.put({ ...entryOf(name, rkmeAround(1, 0), card), ownerId: id });
  }
  await islands.merge("east", "west");
  for (const name of ["one", "two"]) {
    const path = join(dataDirectory, "records", "learnwares", `${name}.json`);
    const recorded: unknown = JSON.parse(await readFile(path, "utf8"));
    expect(recorded).toMatchObject({ islandId: "west", ownerId: id });
    expect([recorded]).toEqual(await records.find([name]));
  }
  expect(existsSync(join(dataDirectory, "records", "islands", "east.json"))).toBe(false);
});
