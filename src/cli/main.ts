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
  pack: {
    about: "make a learnware of an ONNX model that was trained elsewhere",
    run: async (args) => (await import("./pack/pack")).pack(args),
  },
  spec: {
    about: "describe a table by a specification that is safe to send",
    run: async (args) => (await import("./spec")).spec(args),
  },
  predict: {
    about: "predict a table's rows with the learnwares that suit them",
    run: async (args) => (await import("./predict")).predict(args),
  },
  search: {
    about: "find learnwares of a dock by words",
    run: async (args) => (await import("./share/search")).search(args),
  },
  get: {
    about: "download a learnware",
    run: async (args) => (await import("./share/get")).get(args),
  },
  verify: {
    about: "check a learnware's zip as a dock does, here",
    run: async (args) => (await import("./share/verify")).verify(args),
  },
  submit: {
    about: "share a learnware: its zip goes to a dock, and is verified there",
    run: async (args) => (await import("./share/submit")).submit(args),
  },
  submissions: {
    about: "tell what became of what you handed in",
    run: async (args) => (await import("./share/submissions")).submissions(args),
  },
  update: {
    about: "change what a learnware of yours says of itself",
    run: async (args) => (await import("./share/update")).update(args),
  },
  remove: {
    about: "take learnwares of yours out of a dock",
    run: async (args) => (await import("./share/remove")).remove(args),
  },
  compare: {
    about: "compare specification files of the Python package learnware",
    run: async (args) => (await import("./compare")).compare(args),
  },
  login: {
    about: "keep a token of your account at a dock",
    run: async (args) => (await import("./share/login")).login(args),
  },
  whoami: {
    about: "tell whose token is kept",
    run: async (args) => (await import("./share/whoami")).whoami(args),
  },
  logout: {
    about: "take the token back, and forget it",
    run: async (args) => (await import("./share/logout")).logout(args),
  },
  completion: {
    about: "print what makes bash, zsh or fish complete commands",
    run: async (args) =>
      (await import("./operate/completion")).completion(args, Object.keys(commands)),
  },
  dock: {
    about: "start a dock (as npm start does, without building the page), or look after one",
    run: async (args) => {
      if (args.length === 0 || args[0] === "--dev") await import("../dock/main");
      else await (await import("./operate/dock")).runDockCommand(args, process.env);
    },
  },
};

const exitCodes =
  "The exit code is 0 if all went well, 1 if something did not (a line says what), and 2 if there is no such command.";

async function main([name, ...args]: string[]): Promise<void> {
  const command = commands[name ?? ""];
  if (!command) {
    const lines = Object.entries(commands).map(([key, { about }]) => `  ${key.padEnd(13)}${about}`);
    console.error(`usage: berth <command> [--help]\n\n${lines.join("\n")}\n\n${exitCodes}`);
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
  return isUnsafe ? ". Nothing was written: take more, or such as differ more" : "";
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
  if (!path.endsWith(".part")) return wordsOfReading(code, path);
  const folder = dirname(path);
  if (code === "ENOENT" || code === "ENOTDIR") return `there is no folder "${folder}" to write to`;
  if (code === "EACCES" || code === "EROFS") return `the folder "${folder}" cannot be written to`;
  return null;
}

function wordsOfReading(code: unknown, path: string): string | null {
  const called = path === "" ? "what was given" : `"${path}"`;
  if (code === "EISDIR") return `${called} is a folder, and a file is needed here`;
  if (code === "ENOENT") return `there is no file ${called}`;
  if (code === "EACCES" || code === "EPERM") return `${called} may not be read or written by you`;
  return null;
}

await main(process.argv.slice(2));
