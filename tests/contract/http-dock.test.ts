import { afterEach, describe, expect, test, vi } from "vitest";

import { HttpDock } from "../../src/client/dock/http-dock";
import type { AppError } from "../../src/contracts/outcome";
import { rkmeAround, specificationOf } from "../fixtures/learnwares";
import { openDock } from "../fixtures/open-dock";
import { dockBookContract } from "./dock-book.suite";
import { dockClientContract, type Opened, type Shelf } from "./dock-client.suite";
import { dockSearchContract } from "./dock-search.suite";

async function open(shelf: Shelf): Promise<Opened> {
  const dock = await openDock(shelf);
  const answer = async (url: string, init: RequestInit) => dock.request(url, init);
  return { client: new HttpDock("http://dock.test"), answer };
}

dockClientContract("HttpDock", open);
dockSearchContract("HttpDock", open);
dockBookContract("HttpDock", open);

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

  test("makes one request of many specifications, and one bad or missing one leaves the others", async () => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (url: string) => {
      asked.push(url);
      if (!url.includes("/specifications?")) return new Response("{}", { status: 404 });
      const given = ids
        .filter((id) => id !== "id-7")
        .map((id) => specificationOf(id, rkmeAround(1, 0)));
      const specifications = [...given, { id: "id-7", rkme: "no" }].filter(
        ({ id }) => id !== "id-8",
      );
      return Response.json({ specifications });
    });
    const ids = Array.from({ length: 40 }, (_, i) => `id-${i}`);
    const dock = new HttpDock("http://dock.test");
    const sha256 = "0".repeat(64);
    const answers = await Promise.allSettled(
      ids.map((id) => dock.specification({ id, sha256, spaceVersion: 1 })),
    );
    const refused = answers.flatMap((answer, i) =>
      answer.status === "rejected" ? [[ids[i], (answer.reason as AppError).code]] : [],
    );
    expect(refused[0]).toEqual(["id-7", "bad_answer"]);
    expect(refused.slice(1)).toEqual([["id-8", expect.any(String)]]);
    expect(asked.map((url) => new URL(url).pathname)).toEqual([
      "/api/v1/specifications",
      "/api/v1/learnwares/id-8/specification",
    ]);
    const of = new URL(asked[0]!).searchParams.get("of")!.split(",");
    expect(of).toHaveLength(40);
    expect(of).toEqual(of.toSorted());
  });
});
