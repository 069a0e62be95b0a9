import { afterEach, describe, expect, test, vi } from "vitest";

import { HttpDock } from "../../src/client/dock/http-dock";
import { openDock } from "../fixtures/open-dock";
import { dockClientContract, type Opened, type Shelf } from "./dock-client.suite";
import { dockSearchContract } from "./dock-search.suite";

async function open(shelf: Shelf): Promise<Opened> {
  const dock = await openDock(shelf);
  const answer = async (url: string, init: RequestInit) => dock.request(url, init);
  return { client: new HttpDock("http://dock.test"), answer };
}

dockClientContract("HttpDock", open);
dockSearchContract("HttpDock", open);

describe("HttpDock", () => {
  afterEach(() => vi.unstubAllGlobals());

  test("names the version of a specification in its address, and lets caches answer", async () => {
    const asked: [url: string, init: RequestInit][] = [];
    vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
      asked.push([url, init]);
      return new Response("{}", { status: 404 });
    });
    const name = { id: "east", sha256: "ab", spaceVersion: 3 };
    await expect(new HttpDock("http://dock.test").specification(name)).rejects.toThrow();
    const [[url, init]] = asked as [[string, RequestInit]];
    expect(url).toBe("http://dock.test/api/v1/learnwares/east/specification?sha256=ab&island=3");
    expect(init.cache).toBeUndefined();
  });
});
