import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";

import type { Dock } from "../../client/dock/dock";
import { findDock } from "../../client/dock/find-dock";
import { HttpDock } from "../../client/dock/http-dock";
import { PlainSearcher } from "../../client/dock/sketch-search";
import { StaticDock } from "../../client/dock/static-dock";
import { directorySource } from "../../dock/mirror/static-source";

/** A dock, and what to do when done with it. */
export interface OpenDock {
  readonly dock: Dock;
  close(): void;
}

/**
 * The dock at an address: one that runs, one of plain files on a web server, or one in a directory, which is
 * served to this process alone while it is asked.
 *
 * @throws AppError `not_found` if what answers is no dock; else why nothing does.
 */
export async function openDock(place: string): Promise<OpenDock> {
  if (!/^https?:/.test(place)) return openDirectory(resolve(place));
  const { kind, base } = await findDock(place.replace(/\/?(index\.json)?$/, "/"));
  const dock =
    kind === "api" ? new HttpDock(base.slice(0, -1)) : new StaticDock(base, new PlainSearcher());
  return { dock, close: () => undefined };
}

async function openDirectory(directory: string): Promise<OpenDock> {
  const source = directorySource(directory);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://here").pathname).slice(1);
    const wanted = path.split("/").includes("..") ? Promise.resolve(null) : source(path);
    void wanted.then(async (bytes) => {
      if (bytes) await pipeline(bytes, response);
      else response.writeHead(404).end();
    });
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return {
    dock: new StaticDock(`http://127.0.0.1:${port}/`, new PlainSearcher()),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(0, "127.0.0.1", done);
  });
}
