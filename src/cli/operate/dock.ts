import type { Terminal } from "../../dock/commands/command";
import { helpFor, runCommand } from "../../dock/commands/commands";
import { askRunning } from "../../dock/commands/socket/ask-running";
import { readSettings } from "../../dock/settings";

/** `berth dock <command>`: by the dock that runs, or else with the dock opened here. */
export async function runDockCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const help = helpFor(args);
  if (help !== null) {
    console.log(help);
    return;
  }
  const settings = readSettings(environment);
  const terminal: Terminal = {
    folder: process.cwd(),
    out: (line) => console.log(line),
    err: (line) => console.error(line),
    fail: () => (process.exitCode = 1),
    signal: new AbortController().signal, // A process ends at once; a running dock notices.
  };
  const isDone = await askRunning(settings.dataDirectory, args, terminal);
  if (!isDone) await runCommand(args, { settings, terminal });
}
