import { AppError } from "../../contracts/outcome";
import type { Started } from "./thread";

/** The far end of a channel, where some other thread runs `serve`. Not all browsers tell that it is gone: limit its silence. */
export function portThread(port: MessagePort): Started {
  return {
    port,
    onEnd: (listener) => {
      port.addEventListener("close", () => listener(new AppError("worker_died", "it is gone")));
    },
    end: () => port.close(),
  };
}
