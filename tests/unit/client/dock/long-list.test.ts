import { afterEach, expect, test, vi } from "vitest";

import { HttpDock } from "../../../../src/client/dock/http-dock";
import { island, summaryOf } from "../../../fixtures/learnwares";

afterEach(() => vi.unstubAllGlobals());

function answerWith(ids: readonly string[]): HttpDock {
  const islands = ids.map((id) => ({ ...summaryOf(island), id }));
  const body = JSON.stringify({ islands });
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(body)));
  return new HttpDock("http://dock.test");
}

test("thirty thousand islands are read bit by bit", async () => {
  const dock = answerWith(Array.from({ length: 30_000 }, (_, i) => `island-${i}`));
  let breaths = 0;
  let last = performance.now();
  let longest = 0;
  const beat = setInterval(() => {
    breaths++;
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  });
  const islands = await dock.islands();
  clearInterval(beat);
  expect(islands).toHaveLength(30_000);
  expect(breaths).toBeGreaterThan(3);
  console.info(`longest without a breath: ${longest.toFixed()} ms, ${breaths} breaths`);
});

test("a dock that lists an island twice is not believed", async () => {
  await expect(answerWith(["a", "b", "a"]).islands()).rejects.toMatchObject({ code: "bad_answer" });
});
