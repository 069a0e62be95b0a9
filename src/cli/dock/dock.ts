import { AppError } from "../../contracts/outcome";
import { readSettings } from "../../dock/settings";
import { add } from "./add";
import { check } from "./check";
import type { DockCommand } from "./command";
import { exportDock } from "./export";
import { list } from "./list";
import { pull } from "./pull";
import { reindex } from "./reindex";
import { remove, restore } from "./remove";

const commands: Readonly<Record<string, DockCommand>> = {
  add,
  remove,
  restore,
  list,
  export: exportDock,
  pull,
  check,
  reindex,
};

const environmentHelp = `They and the server read the same settings:

  BERTH_DATA               where the embedded database, its records and zips lie (.data)
  BERTH_DATABASE_URL       a PostgreSQL server in place of the embedded database
  BERTH_DATABASE_READ_URL  a replica of it, to read from
  BERTH_BLOBS              where zips lie: file:/a/directory or s3://bucket/prefix?endpoint=…&region=…
  AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN   for S3`;

/** `berth dock <command>`: what an operator does with a dock beside starting it. */
export async function runDockCommand(
  [name = "--help", ...args]: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  if (name === "--help") {
    console.log(help());
    return;
  }
  const command = commands[name];
  if (!command) throw new AppError("bad_input", `there is no "${name}"\n\n${help()}`);
  if (args.includes("--help")) {
    console.log(command.usage);
    return;
  }
  await command.run(args, readSettings(environment));
}

function help(): string {
  const lines = Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(9)}${about}`);
  return [
    "berth dock             start a dock",
    "berth dock <command>   do something with its learnwares; --help says how",
    `\n${lines.join("\n")}`,
    `\n${environmentHelp}`,
  ].join("\n");
}
