/** @file What a command and the dock that runs it say to each other: a JSON object to a line. */

import { join, relative } from "node:path";

import { z } from "zod";

/** What is to be done. */
export const Order = z.strictObject({
  args: z.array(z.string()),
  /** Where the one who gives the command is. */
  folder: z.string(),
});
export type Order = z.infer<typeof Order>;

export const Answer = z.union([
  z.strictObject({ out: z.string() }),
  z.strictObject({ err: z.string() }),
  /** The command is over, with what was wrong with it unless it went well. */
  z.strictObject({ exit: z.int(), problem: z.string().optional() }),
]);
export type Answer = z.infer<typeof Answer>;

/** A folder of its own, so that nobody else comes near to the socket, whatever the moment. */
export function socketFolder(dataDirectory: string): string {
  return join(dataDirectory, "control");
}

/** What the system allows for a socket's address, its end included. */
const MOST_BYTES = 104;

/** Null where the path is longer than systems allow. */
export function socketPath(dataDirectory: string): string | null {
  const whole = join(socketFolder(dataDirectory), "dock.sock");
  const short = relative(process.cwd(), whole);
  return [whole, short].find((path) => Buffer.byteLength(path) < MOST_BYTES) ?? null;
}
