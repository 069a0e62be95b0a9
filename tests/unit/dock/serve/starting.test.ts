import { createHash } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import { WireFailure } from "../../../../src/contracts/http/dock-api";
import { DockServer } from "../../../../src/dock/serve/server";

async function ask(accept: string): Promise<Response> {
  const { http } = new DockServer(10);
  http.listen(0);
  onTestFinished(() => {
    http.close();
    http.closeAllConnections();
  });
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;
  return fetch(`http://localhost:${port}/`, { headers: { accept } });
}

test("a browser that opens a dock while it starts is told so, and asks again by itself", async () => {
  const answer = await ask("text/html,application/xhtml+xml");
  expect(answer.status).toBe(503);
  const page = await answer.text();
  const [, style = ""] = /<style>(.*)<\/style>/s.exec(page)!;
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'`;
  expect(answer.headers.get("Content-Security-Policy")).toBe(policy);
  expect(page).toMatch(/http-equiv="refresh" content="\d"/);
  expect(page).toContain("The server is starting");
});

test("a program is told when to ask again", async () => {
  const answer = await ask("application/json");
  expect([answer.status, answer.headers.get("Retry-After")]).toEqual([503, "1"]);
  expect(WireFailure.parse(await answer.json()).code).toBe("dock_busy");
});
