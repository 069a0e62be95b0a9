import { resolve } from "node:path";

import { z } from "zod";

import { AppError } from "../contracts/outcome";
import type { StorageOptions } from "./storage/open-parts";

type Environment = Readonly<Record<string, string | undefined>>;

const port = "must be a number from 0 to 65535";
const databaseUrl = z
  .url({
    protocol: /^postgres(ql)?$/,
    error: "must be an address such as postgres://user@host:5432/berth",
  })
  .optional();

/** The environment variables that an operator sets; an empty one counts as not set. */
const Variables = z
  .object({
    PORT: z.coerce.number({ error: port }).int(port).min(0, port).max(65535, port).default(8000),
    BERTH_DATA: z.string().default(".data"),
    BERTH_DATABASE_URL: databaseUrl,
    BERTH_DATABASE_READ_URL: databaseUrl,
    BERTH_BLOBS: z.string().optional(),
    AWS_ACCESS_KEY_ID: z.string().optional(),
    AWS_SECRET_ACCESS_KEY: z.string().optional(),
    AWS_SESSION_TOKEN: z.string().optional(),
  })
  .refine((given) => !given.BERTH_DATABASE_READ_URL || given.BERTH_DATABASE_URL, {
    path: ["BERTH_DATABASE_READ_URL"],
    error: "needs BERTH_DATABASE_URL, the server it is a replica of",
  });

/** What an operator sets, for the server and for the commands alike. */
export interface DockSettings extends Pick<
  StorageOptions,
  "dataDirectory" | "databaseUrl" | "databaseReadUrl" | "blobs" | "s3Credentials"
> {
  readonly port: number;
}

/**
 * Read the settings from environment variables. Values, which may hold a password, are never repeated.
 *
 * @throws AppError `bad_parameter` naming every variable that is wrong.
 */
export function readSettings(environment: Environment): DockSettings {
  const given = Object.entries(environment).filter(([, value]) => value !== "");
  const { data, error } = Variables.safeParse(Object.fromEntries(given));
  if (!data) {
    const problems = error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
    throw new AppError("bad_parameter", problems.join("; "));
  }
  const accessKeyId = data.AWS_ACCESS_KEY_ID;
  const secretAccessKey = data.AWS_SECRET_ACCESS_KEY;
  const sessionToken = data.AWS_SESSION_TOKEN;
  return {
    port: data.PORT,
    dataDirectory: resolve(data.BERTH_DATA),
    databaseUrl: data.BERTH_DATABASE_URL,
    databaseReadUrl: data.BERTH_DATABASE_READ_URL,
    blobs: data.BERTH_BLOBS,
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
