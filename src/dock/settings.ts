import { resolve } from "node:path";

import { AppError } from "../contracts/outcome";
import type { StorageOptions } from "./storage/open-parts";

/** What an operator sets, for the server and for the commands alike. */
export interface DockSettings extends Pick<
  StorageOptions,
  "dataDirectory" | "databaseUrl" | "databaseReadUrl" | "blobs" | "s3Credentials"
> {
  readonly port: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Read the settings from environment variables; an empty one counts as not set. Values that may hold
 * a password are never repeated.
 *
 * @throws AppError `bad_parameter` naming the variable that is wrong.
 */
export function readSettings(environment: Environment): DockSettings {
  const get = (name: string) => (environment[name] === "" ? undefined : environment[name]);
  const databaseUrl = readDatabaseUrl(get, "BERTH_DATABASE_URL");
  const databaseReadUrl = readDatabaseUrl(get, "BERTH_DATABASE_READ_URL");
  if (databaseReadUrl && !databaseUrl) {
    throw wrong(
      "BERTH_DATABASE_READ_URL",
      "needs BERTH_DATABASE_URL, the server it is a replica of",
    );
  }
  const accessKeyId = get("AWS_ACCESS_KEY_ID");
  const secretAccessKey = get("AWS_SECRET_ACCESS_KEY");
  const sessionToken = get("AWS_SESSION_TOKEN");
  return {
    port: readPort(get("PORT") ?? "8000"),
    dataDirectory: resolve(get("BERTH_DATA") ?? ".data"),
    databaseUrl,
    databaseReadUrl,
    blobs: get("BERTH_BLOBS"),
    s3Credentials:
      accessKeyId && secretAccessKey
        ? { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }
        : undefined,
  };
}

/** What a person can do about a dock that does not open; null if the failure is none of theirs. */
export function explainFailure(error: unknown, settings: DockSettings): string | null {
  const { dataDirectory, databaseUrl, port } = settings;
  if (error instanceof AppError) return error.message;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "EBUSY": {
      const instead = databaseUrl ? "keep zips in S3" : "use PostgreSQL";
      return `${dataDirectory} is in use by another dock; stop it, or ${instead}`;
    }
    case "EADDRINUSE":
      return `port ${port} is in use; choose another with PORT`;
    case "EACCES":
    case "EROFS":
    case "ENOTDIR":
    case "EEXIST":
      return `cannot use ${dataDirectory} (${code}); choose another with BERTH_DATA`;
    default:
      return null;
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw wrong("PORT", `must be a number from 0 to 65535, got ${text}`);
}

function readDatabaseUrl(
  get: (name: string) => string | undefined,
  name: string,
): string | undefined {
  const text = get(name);
  if (text === undefined || isDatabaseUrl(text)) return text;
  throw wrong(name, "must be an address such as postgres://user@host:5432/berth");
}

function isDatabaseUrl(text: string): boolean {
  const { protocol } = URL.canParse(text) ? new URL(text) : { protocol: "" };
  return protocol === "postgres:" || protocol === "postgresql:";
}

function wrong(name: string, problem: string): AppError {
  return new AppError("bad_parameter", `${name} ${problem}`);
}
