import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

import { whoAmI } from "../../client/account/session";
import { AppError } from "../../contracts/outcome";
import { dockHelp, dockOptions, dockOrigin, keepToken } from "./account-of";

const usage = `berth login [--dock URL]

Keeps a token of your account at a dock, for the commands that share learnwares. Make one on the dock's page, under Tokens;
it is read from BERTH_TOKEN, or else from standard input, never from the command line, which others on this machine can see.
It lies in berth/tokens.json under $XDG_CONFIG_HOME (~/.config), which only you can read.

${dockHelp}`;

/** `berth login`: a token is kept, if the dock knows it. */
export async function login(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { ...dockOptions, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const origin = dockOrigin(values.dock);
  const token = (process.env["BERTH_TOKEN"] ?? (await readToken(origin))).trim();
  if (!/^berth_[A-Za-z0-9_-]+$/.test(token)) {
    throw new AppError("bad_input", "this is no token: it begins with berth_, and has no blanks");
  }
  const { name, email, scopes } = await whoAmI({ origin, token });
  await keepToken(origin, token);
  console.log(`logged in at ${origin} as ${name} <${email}>, to ${scopes.join(", ")}`);
}

/** The first line of standard input. */
async function readToken(origin: string): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write(`a token of your account at ${origin}: `);
  const lines = createInterface({ input: process.stdin, terminal: false });
  for await (const line of lines) return line;
  return "";
}
