import type { Guards } from "../../runtime/threads/thread";

/** What keeps the page from waiting for ever for a worker that never came up, hangs, or does not stop when told to. */
export const guards: Guards = { startMs: 60_000, silenceMs: 120_000, cancelMs: 20_000 };
