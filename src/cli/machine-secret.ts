import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";

import { EngineError } from "../engine/ground/errors";
import { type Secret, SECRET_BYTES } from "../engine/specification/keyed/secret";

/** For the help of commands that describe rows. */
export const SECRET_USAGE = `Half of the rows is picked for what leaves, by the rows and a secret of this machine: 64 hexadecimal digits in
$BERTH_SECRET_FILE, or else in berth/secret under $XDG_STATE_HOME (~/.local/state). It is made where there is none.
With another secret the same rows give other bytes.`;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The secret of this machine, from its file; made, for the user alone, when there is none.
 *
 * @returns 32 bytes.
 * @throws EngineError `bad_parameter` if the file holds something else, or can be neither read nor written.
 */
export function machineSecret(environment: Environment = process.env): Secret {
  const path = secretFile(environment);
  try {
    return parse(readFileSync(path, "utf8"), path);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    if (codeOf(error) !== "ENOENT") throw unusable(path, error);
  }
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const made = randomBytes(SECRET_BYTES).toString("hex");
    writeFileSync(path, `${made}\n`, { flag: "wx", mode: 0o600 });
    return parse(made, path);
  } catch (error) {
    // Another process was quicker: its secret is the machine's.
    if (codeOf(error) !== "EEXIST") throw unusable(path, error);
  }
  try {
    return parse(readFileSync(path, "utf8"), path);
  } catch (error) {
    throw error instanceof EngineError ? error : unusable(path, error);
  }
}

function secretFile({ BERTH_SECRET_FILE: named, XDG_STATE_HOME: state }: Environment): string {
  if (named) return named;
  const states = isAbsolute(state ?? "") ? state! : join(homedir(), ".local", "state");
  return join(states, "berth", "secret");
}

function parse(text: string, path: string): Secret {
  const digits = text.trim();
  if (/^[0-9a-f]{64}$/i.test(digits)) return new Uint8Array(Buffer.from(digits, "hex"));
  throw new EngineError(
    "bad_parameter",
    `${path} does not hold 64 hexadecimal digits; delete it, and a secret is made, or name another file in BERTH_SECRET_FILE`,
  );
}

function unusable(path: string, cause: unknown): EngineError {
  const message = `the secret of this machine can be neither read nor made at ${path}; name another file in BERTH_SECRET_FILE`;
  return new EngineError("bad_parameter", message, {}, { cause });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : null;
}
