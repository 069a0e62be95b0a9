import { Worker } from "node:worker_threads";

interface Thread<To, From> {
  send(message: To, transfer?: ArrayBuffer[]): void;
  receive(listener: (message: From) => void): void;
  onFailure(listener: (message: string) => void): void;
  terminate(): void;
}

/** A thread of Node's, by the script that starts it. */
export function spawnThread<To, From>(script: URL): Thread<To, From> {
  const worker = new Worker(script);
  return {
    send: (message, transfer) => worker.postMessage(message, transfer),
    receive: (listener) => worker.on("message", (message: From) => listener(message)),
    onFailure: (listener) => {
      worker.on("error", ({ message }) => listener(message));
      worker.on("exit", (code) => listener(`it ended with code ${code}`));
    },
    terminate: () => void worker.terminate(),
  };
}
