import { once } from "node:events";
import { chmod, mkdir, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";

import { AppError } from "../../../contracts/outcome";
import { EngineError } from "../../../engine/ground/errors";
import { type Log, logFailure } from "../../http/request-log";
import type { CommandContext } from "../command";
import { runCommand } from "../commands";
import { type Answer, Order, socketFolder, socketPath } from "./messages";

/**
 * Does what `berth dock` commands of the same user ask, in this process: the socket lies in a folder that nobody else may
 * enter.
 *
 * @returns Ends it, and the commands under way.
 */
export async function openCommands(
  context: Omit<CommandContext, "terminal">,
  log: Log,
): Promise<() => Promise<void>> {
  const { dataDirectory } = context.settings;
  const path = socketPath(dataDirectory);
  if (path === null) {
    log.info({ commands: "the path of the data folder is too long for a socket: stop the dock" });
    return () => Promise.resolve();
  }
  const folder = socketFolder(dataDirectory);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  await rm(path, { force: true }); // Of a dock that was killed: this one holds the data folder.
  const open = new Set<Socket>();
  const running = new Set<Promise<void>>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => socket.destroy());
    const command = serve(socket, context).catch((error: unknown) => logFailure(log, error));
    running.add(command);
    void command.finally(() => running.delete(command));
  });
  server.listen(path);
  await once(server, "listening");
  await chmod(path, 0o600);
  return async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of open) socket.destroy();
    await Promise.all([closed, ...running]);
  };
}

async function serve(socket: Socket, context: Omit<CommandContext, "terminal">): Promise<void> {
  const gone = new AbortController();
  socket.on("close", () =>
    gone.abort(new AppError("aborted", "whoever gave the command has gone")),
  );
  const lines = createInterface(socket);
  const given: unknown[] = await Promise.race([once(lines, "line"), once(lines, "close")]);
  if (typeof given[0] !== "string") return;
  const { args, folder } = Order.parse(JSON.parse(given[0]));
  const say = (answer: Answer) => {
    if (socket.writable) socket.write(`${JSON.stringify(answer)}\n`);
  };
  let exit = 0;
  const terminal = {
    folder,
    out: (out: string) => say({ out }),
    err: (err: string) => say({ err }),
    fail: () => (exit = 1),
    signal: gone.signal,
  };
  try {
    await runCommand(args, { ...context, terminal });
    say({ exit });
  } catch (error) {
    const problem = problemOf(error);
    say({ exit: 1, problem: problem ?? "the dock failed; its log says how" });
    if (problem === null) throw error;
  } finally {
    socket.end();
  }
}

/** Null for what is the dock's own fault. */
function problemOf(error: unknown): string | null {
  if (error instanceof AppError || error instanceof EngineError) return error.message;
  if (!(error instanceof Error)) return null;
  const code = "code" in error ? String(error.code) : "";
  return code.startsWith("ERR_PARSE_ARGS") || "syscall" in error ? error.message : null;
}
