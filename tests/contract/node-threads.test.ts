import { spawnThread } from "../../src/runtime/threads/node/spawn-thread";
import { threadsContract } from "./threads.suite";

threadsContract("Node", {
  spawn: () => spawnThread(new URL("../fixtures/threads/sample.thread.ts", import.meta.url)),
  spawnMissing: () => spawnThread(new URL("no-such.thread.ts", import.meta.url)),
});
