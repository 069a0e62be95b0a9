import { HttpDock } from "../../src/client/http-dock";
import { createDock } from "../../src/dock/dock";
import { ExactScan } from "../../src/dock/exact-scan";
import { SketchScan } from "../../src/dock/sketch-scan";
import { dockClientContract } from "./dock-client.suite";

const log = { info: () => undefined, error: () => undefined };

dockClientContract("HttpDock", async ({ store, blobs }) => {
  const shortlist = new ExactScan(store);
  const dock = createDock({ store, blobs, shortlist, sketchScan: new SketchScan(store), log });
  const answer = async (url: string, init: RequestInit) => dock.request(url, init);
  return { client: new HttpDock("http://dock.test"), answer };
});
