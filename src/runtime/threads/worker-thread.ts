import { AppError } from "../../contracts/outcome";
import type { Started } from "./thread";

/** A browser's worker. */
export function workerThread(worker: Worker): Started {
  return {
    port: worker,
    onEnd: (listener) => {
      worker.addEventListener("error", ({ message }) => listener(reasonOf(message)));
      worker.addEventListener("messageerror", () => {
        listener(new AppError("worker_died", "a message could not be read"));
      });
    },
    end: () => worker.terminate(),
  };
}

/** A script that cannot be fetched or started leaves no message. */
function reasonOf(message: string | undefined): AppError {
  if (message) return new AppError("worker_died", message);
  return navigator.onLine
    ? new AppError("worker_died", "its script could not be started")
    : new AppError("network_failed", "its script could not be fetched");
}
