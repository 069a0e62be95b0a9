/** @file `berth <command>`: the engine of the page, from a terminal. */

import { dirname } from "node:path";

import { AppError } from "../contracts/outcome";
import { EngineError } from "../engine/ground/errors";
import { plainText } from "../engine/ground/plain-text";

interface Command {
  readonly about: string;
  readonly run: (args: string[]) => Promise<void>;
}

/** Commands load on demand: `berth spec` should not pay for a database. */
const commands: Readonly<Record<string, Command>> = {
  look: {
    about: "tell how a table is read",
    run: async (args) => (await import("./look")).look(args),
  },
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
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: Error) => {
      fail(name, error);
      process.exit(); // Whatever else there is to say, nobody hears it.
    });
  }
  try {
    await command.run(args);
  } catch (error) {
    const isExpected =
      error instanceof EngineError || error instanceof AppError || isUsageError(error);
    if (!isExpected) throw error;
    fail(name, error);
  }
}

function fail(command = "", error: Error): void {
  // Others' files are quoted in some messages: nothing of them may steer the terminal.
  console.error(
    plainText(`berth ${command}: ${systemWords(error) ?? error.message}${adviceOn(error)}`),
  );
  process.exitCode = 1;
}

/** What to do where nothing safe can be said of rows. */
function adviceOn(error: Error): string {
  const isUnsafe = error instanceof EngineError && error.code === "preflight_failed";
  return isUnsafe ? ". Nothing was written: take more rows, or rows that differ more" : "";
}

/** A wrong option, or something that the system refuses: the person's to mend, so no stack. */
function isUsageError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return code.startsWith("ERR_PARSE_ARGS") || "syscall" in error;
}

/** Refusals of the system that its own words tell badly. */
function systemWords(error: Error): string | null {
  const code = "code" in error ? error.code : null;
  if (code === "EPIPE") return "standard output was closed before all was written";
  if (code === "ENOSPC" || code === "EDQUOT") return "no space is left to write to";
  const path = "path" in error ? String(error.path) : "";
  if (!path.endsWith(".part")) return null;
  const folder = dirname(path);
  if (code === "ENOENT" || code === "ENOTDIR") return `there is no folder "${folder}" to write to`;
  if (code === "EACCES" || code === "EROFS") return `the folder "${folder}" cannot be written to`;
  return null;
}

await main(process.argv.slice(2));
