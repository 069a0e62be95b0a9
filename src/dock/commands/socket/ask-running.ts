import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";

import { AppError } from "../../../contracts/outcome";
import type { Terminal } from "../command";
import { Answer, type Order, socketPath } from "./messages";

/**
 * Has the dock that runs in a data folder do something.
 *
 * @returns False if none runs there that listens.
 * @throws AppError with what is wrong with the command, or `network_failed` if the dock ends meanwhile.
 */
export async function askRunning(
  dataDirectory: string,
  args: readonly string[],
  { folder, out, err, fail, signal }: Terminal,
): Promise<boolean> {
  const socket = await reach(dataDirectory);
  if (!socket) return false;
  const stop = () => socket.destroy();
  signal.addEventListener("abort", stop);
  try {
    const order: Order = { args: [...args], folder };
    socket.write(`${JSON.stringify(order)}\n`);
    const lines = createInterface(socket);
    socket.on("error", stop);
    socket.on("close", () => lines.close()); // It would wait for ever otherwise.
    for await (const line of lines) {
      const answer = Answer.parse(JSON.parse(line));
      if ("out" in answer) out(answer.out);
      else if ("err" in answer) err(answer.err);
      else {
        if (answer.problem !== undefined) throw new AppError("bad_input", answer.problem);
        if (answer.exit !== 0) fail();
        return true;
      }
    }
    signal.throwIfAborted();
    throw new AppError("network_failed", "the dock ended before it was done: give it again");
  } finally {
    signal.removeEventListener("abort", stop);
    socket.destroy();
  }
}

async function reach(dataDirectory: string): Promise<Socket | null> {
  const path = socketPath(dataDirectory);
  if (path === null) return null;
  const socket = connect(path);
  try {
    await once(socket, "connect");
    return socket;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ECONNREFUSED" || code === "ENOTDIR") return null;
    if (code !== "EACCES") throw error;
    throw new AppError(
      "not_allowed",
      `a dock of another user runs in ${dataDirectory}: give the command as that user`,
      {},
      { cause: error },
    );
  }
}
