/** @file `berth <command>`: the engine of the page, from a terminal. */

import { AppError } from "../contracts/outcome";
import { EngineError } from "../engine/ground/errors";

interface Command {
  readonly about: string;
  readonly run: (args: string[]) => Promise<void>;
}

/** Commands load on demand: `berth spec` should not pay for a database. */
const commands: Readonly<Record<string, Command>> = {
  train: {
    about: "train a model on a table and pack it as a learnware",
    run: async (args) => (await import("./train")).train(args),
  },
  spec: {
    about: "describe a table by a specification that is safe to send",
    run: async (args) => (await import("./spec")).spec(args),
  },
  predict: {
    about: "predict a table's rows with the learnwares that suit them",
    run: async (args) => (await import("./predict")).predict(args),
  },
  dock: {
    about: "start a dock (as npm start does, without building the page), or look after one",
    run: async (args) => {
      if (args.length === 0 || args[0] === "--dev") await import("../dock/main");
      else await (await import("./dock/dock")).runDockCommand(args, process.env);
    },
  },
};

async function main([name, ...args]: string[]): Promise<void> {
  const command = commands[name ?? ""];
  if (!command) {
    const lines = Object.entries(commands).map(([key, { about }]) => `  ${key.padEnd(9)}${about}`);
    console.error(`usage: berth <command> [--help]\n\n${lines.join("\n")}`);
    process.exitCode = name === undefined || name === "--help" ? 0 : 2;
    return;
  }
  try {
    await command.run(args);
  } catch (error) {
    const isExpected =
      error instanceof EngineError || error instanceof AppError || isUsageError(error);
    if (!isExpected) throw error;
    console.error(`berth ${name ?? ""}: ${error.message}`);
    process.exitCode = 1;
  }
}

/** A wrong option, or a file that is not there: the person's to mend, so no stack. */
function isUsageError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return code.startsWith("ERR_PARSE_ARGS") || ["ENOENT", "EACCES", "EISDIR"].includes(code);
}

await main(process.argv.slice(2));
