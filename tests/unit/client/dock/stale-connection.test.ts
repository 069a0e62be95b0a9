import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import { HttpDock } from "../../../../src/client/dock/http-dock";

/** A dock that closes the connection instead of answering some of the requests. */
async function forgetfulDock(
  isClosed: (request: number) => boolean,
): Promise<{ dock: HttpDock; requests: () => number }> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    if (isClosed(requests)) request.socket.destroy();
    else response.end(JSON.stringify({ islands: [] }));
  }).listen(0);
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { dock: new HttpDock(`http://127.0.0.1:${port}`), requests: () => requests };
}

test("a connection that was closed meanwhile costs nobody an answer", async () => {
  const { dock, requests } = await forgetfulDock((request) => request === 2);
  await dock.islands();
  await expect(dock.islands()).resolves.toEqual([]);
  expect(requests()).toBe(3);
});

test("a dock that answers nothing is asked twice, not for ever", async () => {
  const { dock, requests } = await forgetfulDock(() => true);
  await expect(dock.islands()).rejects.toMatchObject({ code: "network_failed" });
  expect(requests()).toBe(2);
});
