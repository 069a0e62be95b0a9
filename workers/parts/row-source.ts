import type { RowSource } from "../../src/contracts/workers/data-api";
import { portThread } from "../../src/runtime/threads/port-thread";
import { Thread } from "../../src/runtime/threads/thread";

/** Far longer than rows take to encode: the data worker is gone then. */
const SILENCE_MS = 120_000;

/** The data worker as the worker at the other end of this port asks it. */
export function rowSourceAt(port: MessagePort): Thread<RowSource> {
  return new Thread(portThread(port), { silenceMs: SILENCE_MS });
}
