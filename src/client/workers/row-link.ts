import type { AppError } from "../../contracts/outcome";

/** Where a worker may get encoded rows: the data worker, over a port that is given away. */
export interface RowGiver {
  connect(port: MessagePort): Promise<void>;
  /** Tell when it is gone, with all that was connected to it. */
  onLost?(listener: (reason: AppError) => void): void;
}

/** Give both ends of a new channel away, so that rows go from worker to worker past the page. */
export async function linkRows(
  giver: RowGiver,
  taker: (port: MessagePort) => Promise<void>,
): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  await Promise.all([giver.connect(port1), taker(port2)]);
}
