import type { Started } from "./thread";

/** The far end of a channel, where some other thread runs `serve`. Not all browsers tell that it is gone: limit its silence. */
export function portThread(port: MessagePort): Started {
  return { port, onEnd: () => undefined, end: () => port.close() };
}
