import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

import { z } from "zod";

import type { Account } from "../../client/account/ask-as";
import { AppError } from "../../contracts/outcome";

/** Options that say which dock is meant; each command adds them to its own. */
export const dockOptions = { dock: { type: "string" } } as const;
export const dockHelp = `  --dock URL      the dock (default: BERTH_DOCK, or http://localhost:8000)`;

const Tokens = z.record(z.string(), z.string());
const USUAL = "http://localhost:8000";

/** The dock's origin, as an option, BERTH_DOCK or nobody says. */
export function dockOrigin(given: string | undefined, environment = process.env): string {
  const place = given ?? environment["BERTH_DOCK"] ?? USUAL;
  if (/^https?:\/\//.test(place) && URL.canParse(place)) return place.replace(/\/+$/, "");
  throw new AppError("bad_parameter", `--dock is an address such as ${USUAL}, got "${place}"`);
}

/**
 * Whoever asks a dock: by the token of BERTH_TOKEN, or the one that `berth login` kept for this dock.
 *
 * @throws AppError `not_signed_in` if there is none.
 */
export async function accountOf(
  given: string | undefined,
  environment = process.env,
): Promise<Account> {
  const origin = dockOrigin(given, environment);
  const token = environment["BERTH_TOKEN"] ?? (await keptTokens(environment)).get(origin);
  if (token !== undefined && token !== "") return { origin, token };
  const message = `nobody is logged in at ${origin}: run "berth login --dock ${origin}", or set BERTH_TOKEN to a token of your account there`;
  throw new AppError("not_signed_in", message);
}

/** Keeps a token for a dock, in a file that only this user can read; null forgets it. */
export async function keepToken(
  origin: string,
  token: string | null,
  environment = process.env,
): Promise<void> {
  const tokens = await keptTokens(environment);
  if (token === null) tokens.delete(origin);
  else tokens.set(origin, token);
  const path = placeOf(environment);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, JSON.stringify(Object.fromEntries(tokens), null, 2), { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, path);
}

async function keptTokens(environment: NodeJS.ProcessEnv): Promise<Map<string, string>> {
  const text = await readFile(placeOf(environment), "utf8").catch(() => "{}");
  const parsed = Tokens.safeParse(parse(text));
  if (parsed.success) return new Map(Object.entries(parsed.data));
  throw new AppError("bad_input", `${placeOf(environment)} is damaged: log in again, or delete it`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function placeOf(environment: NodeJS.ProcessEnv): string {
  const folder = environment["XDG_CONFIG_HOME"] ?? join(homedir(), ".config");
  return join(folder, "berth", "tokens.json");
}
