import { expect, test } from "vitest";

import { OwnSecret } from "../../src/client/storage/own-secret";

test("a browser has one secret, for all its tabs, until it is told to have another", async () => {
  const name = `secret-${crypto.randomUUID()}`;
  const [one, other] = [new OwnSecret(name), new OwnSecret(name)];
  const [secret, same] = await Promise.all([one.get(), other.get()]);
  expect(secret).toHaveLength(32);
  expect(same).toEqual(secret);
  expect(await new OwnSecret(name).get()).toEqual(secret);
  await one.renew();
  const next = await other.get();
  expect(next).not.toEqual(secret);
  expect(await one.get()).toEqual(next);
  indexedDB.deleteDatabase(name);
});

test("where nothing can be kept, it lasts as long as the page", async () => {
  // A name that is a newer version's: the browser refuses to open it.
  const name = `secret-${crypto.randomUUID()}`;
  await new Promise<void>((done, fail) => {
    const opening = indexedDB.open(name, 9);
    opening.onsuccess = () => {
      opening.result.close();
      done();
    };
    opening.onerror = () => fail(new Error("no database"));
  });
  const own = new OwnSecret(name);
  const secret = await own.get();
  expect(await own.get()).toEqual(secret);
  await own.renew();
  expect(await own.get()).not.toEqual(secret);
});
