import { expect, test } from "vitest";

import { portThread } from "../../src/runtime/threads/port-thread";
import { serve } from "../../src/runtime/threads/serve";
import { Thread } from "../../src/runtime/threads/thread";
import { workerThread } from "../../src/runtime/threads/worker-thread";
import { threadsContract } from "../contract/threads.suite";
import { type SampleApi, sampleApi } from "../fixtures/threads/sample-api";
import SampleWorker from "../fixtures/threads/sample.worker.ts?worker";

threadsContract("a browser", {
  spawn: () => workerThread(new SampleWorker()),
  spawnMissing: () => workerThread(new Worker("/no/such/script.js", { type: "module" })),
});

test("a thread at the far end of a channel is called as one that was started", async () => {
  const { port1, port2 } = new MessageChannel();
  serve(sampleApi(), port2);
  const thread = new Thread<SampleApi>(portThread(port1), { silenceMs: 500 });
  const numbers = Float64Array.of(1, 2);
  expect(await thread.call("double", [numbers])).toEqual(Float64Array.of(2, 4));
  const waiting = thread.call("wait", [true]);
  port2.close();
  await expect(waiting).rejects.toMatchObject({ code: "worker_died" });
});
