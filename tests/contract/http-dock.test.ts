import { HttpDock } from "../../src/client/http-dock";
import { openDock } from "../fixtures/open-dock";
import { dockClientContract } from "./dock-client.suite";

dockClientContract("HttpDock", async (parts) => {
  const dock = await openDock(parts);
  const answer = async (url: string, init: RequestInit) => dock.request(url, init);
  return { client: new HttpDock("http://dock.test"), answer };
});
