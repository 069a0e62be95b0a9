import { expect, test } from "vitest";

import { lazyDock } from "../../../src/app/lazy-dock";
import { fakeClients } from "./fakes";

test("loads the dock's client with the first question, and again after that failed", async () => {
  let loads = 0;
  const dock = lazyDock(
    true,
    async () => {
      loads += 1;
      if (loads === 1) throw new TypeError("failed to fetch");
      return { ...fakeClients().dock, packageBytes: async () => new Uint8Array() };
    },
    async () => ({ islands: [], lanes: [], waters: [] }),
  );
  expect(dock.sendsRequests).toBe(true);
  expect(await dock.chart()).toEqual({ islands: [], lanes: [], waters: [] });
  expect(loads).toBe(0);
  await expect(dock.islands()).rejects.toMatchObject({ code: "network_failed" });
  const islands = await dock.islands();
  await dock.island(islands[0]!.id);
  expect(loads).toBe(2);
});
