import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface DockProcess {
  readonly url: string;
  /** What it has written to its log so far, and told whoever starts it. */
  said(): string;
  /** Whether it has ended by itself. */
  hasDied(): boolean;
  stop(): Promise<void>;
}

/**
 * Start a dock as an operator does, on any free port.
 *
 * @param settings - Environment variables.
 * @param command - What Node is given, from the root of the project.
 * @throws Error with what it said, if it ends before it is ready.
 */
export async function startDockProcess(
  settings: Readonly<Record<string, string>>,
  command: readonly string[] = ["src/cli/berth.js", "dock"],
): Promise<DockProcess> {
  const child = spawn(process.execPath, command, {
    cwd: join(import.meta.dirname, "../.."),
    env: { ...process.env, PORT: "0", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const ended = once(child, "exit");
  for await (const line of createInterface(child.stdout)) {
    const url = /^berth ready (.*)$/.exec(line)?.[1];
    if (url === undefined) continue;
    return {
      url,
      said: () => said.join(""),
      hasDied: () => child.exitCode !== null || child.signalCode !== null,
      async stop() {
        child.kill("SIGTERM");
        await ended;
      },
    };
  }
  throw new Error(`the dock did not start: ${said.join("").slice(-500)}`);
}
