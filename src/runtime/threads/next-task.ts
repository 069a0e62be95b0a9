/** Called about every 30 ms of work; lets messages in, and may throw to stop the job. */
export type Breathe = () => Promise<void>;

/** Let queued messages in: they are tasks, so a resolved promise would not do, and timers wait longer. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
