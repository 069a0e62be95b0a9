import { AppError } from "../../contracts/outcome";
import { add } from "./add";
import { adminLink } from "./admin-link";
import { backup } from "./backup";
import { check } from "./check";
import type { CommandContext, DockCommand } from "./command";
import { exportDock } from "./export";
import { list } from "./list";
import { pull } from "./pull";
import { reindex } from "./reindex";
import { remove } from "./remove";
import { restore } from "./restore";

export const dockCommands: Readonly<Record<string, DockCommand>> = {
  add,
  remove,
  restore,
  list,
  export: exportDock,
  pull,
  check,
  backup,
  reindex,
  "admin-link": adminLink,
};

const environmentHelp = `A dock that runs does what it is told through a socket in its data folder; otherwise the command opens the
dock itself. They and the server read the same settings:

  BERTH_DATA               where the embedded database, its records and zips lie (.data)
  BERTH_DATABASE_URL       a PostgreSQL server in place of the embedded database
  BERTH_DATABASE_READ_URL  a replica of it, to read from
  BERTH_URL                where people find the dock, in links and letters
  BERTH_BLOBS              where zips lie: file:/a/directory or s3://bucket/prefix?endpoint=…&region=…
  AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN   for S3

The exit code is 0 if all went well, and 1 if not, or not all of it, did.`;

/** Whether this only asks how commands are used, and what to say then. */
export function helpFor([name = "--help", ...args]: readonly string[]): string | null {
  if (name === "--help") return help();
  return args.includes("--help") ? commandOf(name).usage : null;
}

/** `berth dock <command>`: what an operator does with a dock beside starting it. */
export async function runCommand(
  [name = "", ...args]: readonly string[],
  context: CommandContext,
): Promise<void> {
  await commandOf(name).run(args, context);
}

function commandOf(name: string): DockCommand {
  const command = Object.hasOwn(dockCommands, name) ? dockCommands[name] : undefined;
  if (command) return command;
  throw new AppError("bad_input", `there is no "${name}"\n\n${help()}`);
}

function help(): string {
  const lines = Object.entries(dockCommands).map(
    ([name, { about }]) => `  ${name.padEnd(11)}${about}`,
  );
  return [
    "berth dock             start a dock",
    "berth dock <command>   do something with its learnwares; --help says how",
    `\n${lines.join("\n")}`,
    `\n${environmentHelp}`,
  ].join("\n");
}
