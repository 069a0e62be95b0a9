import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface DockProcess {
  readonly url: string;
  /** Whether it has ended by itself. */
  hasDied(): boolean;
  stop(): Promise<void>;
}

/**
 * Start a dock as an operator does, on any free port.
 *
 * @param settings - Environment variables.
 * @param script - What is run, from the root of the project.
 * @throws Error with what it said, if it ends before it is ready.
 */
export async function startDockProcess(
  settings: Readonly<Record<string, string>>,
  script = "src/dock/main.ts",
): Promise<DockProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", script], {
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
      hasDied: () => child.exitCode !== null || child.signalCode !== null,
      async stop() {
        child.kill("SIGTERM");
        await ended;
      },
    };
  }
  throw new Error(`the dock did not start: ${said.join("").slice(-500)}`);
}
