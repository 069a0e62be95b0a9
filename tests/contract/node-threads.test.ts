import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { expect, test } from "vitest";

import { spawnThread } from "../../src/runtime/threads/node/spawn-thread";
import { Thread } from "../../src/runtime/threads/thread";
import { threadsContract } from "./threads.suite";

threadsContract("Node", {
  spawn: () => spawnThread(new URL("../fixtures/threads/sample.thread.ts", import.meta.url)),
  spawnMissing: () => spawnThread(new URL("no-such.thread.ts", import.meta.url)),
});

test("a thread runs its sources as they are now, also those that changed without looking newer", async () => {
  const folder = mkdtempSync(join(tmpdir(), "berth-thread-"));
  const place = (name: string) => join(folder, name);
  const serve = new URL("../../src/runtime/threads/node/serve-thread.ts", import.meta.url);
  const write = (answer: string) => {
    writeFileSync(place("answer.ts"), `export const answer: string = "${answer}";`);
    utimesSync(place("answer.ts"), 1e9, 1e9);
  };
  writeFileSync(
    place("told.thread.ts"),
    `import { serveThread } from ${JSON.stringify(serve.pathname)};
import { answer } from "./answer";
serveThread<{ tell(): string }>({ tell: () => answer + import.meta.url });`,
  );
  const script = pathToFileURL(place("told.thread.ts"));
  for (const answer of ["old", "old", "new", "old"]) {
    write(answer);
    const thread = new Thread<{ tell(): string }>(spawnThread(script));
    expect(await thread.call("tell", [])).toBe(answer + script.href);
    await thread.end();
  }
  rmSync(place("answer.ts"));
  const thread = new Thread<{ tell(): string }>(spawnThread(script));
  await expect(thread.call("tell", [])).rejects.toMatchObject({ code: "worker_died" });
  rmSync(folder, { recursive: true });
});
