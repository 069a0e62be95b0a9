import { resolve } from "node:path";

import { z } from "zod";

import { DockName } from "../contracts/http/dock-api";
import { AppError } from "../contracts/outcome";
import type { BackupSchedule } from "./backup/scheduled-backup";
import type { Registration } from "../contracts/http/dock-api";
import { isDiskFull } from "./storage/disk/disk-full";
import { type DockLimits, usualLimits } from "./http/dock-limits";
import type { StorageOptions } from "./storage/open-parts";

type Environment = Readonly<Record<string, string | undefined>>;

const port = "must be a number from 0 to 65535";
const databaseUrl = z
  .url({
    protocol: /^postgres(ql)?$/,
    error: "must be an address such as postgres://user@host:5432/berth",
  })
  .optional();

/** A whole number, from `least` on. */
function count(usual: number, least = 0) {
  const error = `must be a whole number from ${least} to 1000000`;
  return z.coerce
    .number({ error })
    .int(error)
    .min(least, error)
    .max(1_000_000, error)
    .default(usual);
}

const ORIGIN = /^https?:\/\/([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d+)?$/;
const anyOrigin = "*";

/** Origins with spaces between them. */
function origins(isOne: (origin: string) => boolean, error: string) {
  return z
    .string()
    .default("")
    .transform((text) => text.split(/\s+/).filter((one) => one !== ""))
    .refine((given) => given.every(isOne), { error });
}

/** The environment variables that an operator sets; an empty one counts as not set. */
const Variables = z
  .object({
    PORT: z.coerce.number({ error: port }).int(port).min(0, port).max(65535, port).default(8000),
    BERTH_HOST: z.string().optional(),
    BERTH_STARTER: z.string().optional(),
    BERTH_RATE: count(usualLimits.requestsPerMinute),
    BERTH_SECONDS: count(usualLimits.seconds, 1),
    BERTH_WAITING: count(usualLimits.waiting),
    BERTH_SOCKETS: count(1000, 1),
    BERTH_PROXIES: count(usualLimits.proxies),
    BERTH_VERIFIERS: count(1),
    BERTH_NAME: DockName.optional(),
    BERTH_DOCKS: origins(
      (one) => ORIGIN.test(one),
      "must be origins such as https://dock.example, with spaces between them",
    ),
    BERTH_PAGES: origins(
      (one) => one === anyOrigin || ORIGIN.test(one),
      "must be * or origins such as https://page.example, with spaces between them",
    ),
    BERTH_URL: z
      .url({
        protocol: /^https?$/,
        error: "must be the address of the dock, such as https://dock.example",
      })
      .transform((url) => url.replace(/\/+$/, ""))
      .optional(),
    BERTH_REGISTER: z
      .enum(["open", "invite", "closed"], { error: "must be open, invite or closed" })
      .default("invite"),
    BERTH_SMTP_URL: z
      .url({
        protocol: /^smtps?$/,
        error: "must be an address such as smtps://user:password@mail.example:465",
      })
      .optional(),
    BERTH_MAIL_FROM: z.email({ error: "must be an e-mail address" }).optional(),
    BERTH_DATA: z.string().default(".data"),
    BERTH_BACKUP: z.string().optional(),
    BERTH_BACKUP_HOURS: count(24, 1),
    BERTH_BACKUP_KEEP: count(14, 1),
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
  })
  .refine(
    (given) => !given.BERTH_BACKUP || resolve(given.BERTH_BACKUP) !== resolve(given.BERTH_DATA),
    {
      path: ["BERTH_BACKUP"],
      error: "must be another folder than BERTH_DATA, best on another disk",
    },
  )
  .refine((given) => !given.BERTH_SMTP_URL || (given.BERTH_URL && given.BERTH_MAIL_FROM), {
    path: ["BERTH_SMTP_URL"],
    error: "needs BERTH_URL, which links in letters begin with, and BERTH_MAIL_FROM",
  });

/** What an operator sets, for the server and for the commands alike. */
export interface DockSettings extends Pick<
  StorageOptions,
  "dataDirectory" | "databaseUrl" | "databaseReadUrl" | "blobs" | "s3Credentials"
> {
  readonly port: number;
  readonly host: string | undefined;
  /** A folder of plain files to begin with, or `none`; the one that is shipped unless told. */
  readonly starter: string | undefined;
  /** What people call the dock. */
  readonly name: string | undefined;
  /** Origins of other docks that the page may ask. */
  readonly docks: readonly string[];
  /** Origins whose pages may ask this dock; `*` for all. */
  readonly pages: readonly string[];
  /** Connections that may be open at once. */
  readonly sockets: number;
  readonly limits: DockLimits;
  /** Where people find the dock. */
  readonly publicUrl: string | undefined;
  /** Who gets an account. */
  readonly registration: Registration;
  /** A mail server, and the address that letters come from; links are printed without. */
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string | undefined;
  /** Submissions that are verified at once. */
  readonly verifiers: number;
  /** Backups that the dock makes by itself. */
  readonly backup: BackupSchedule | undefined;
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
    host: data.BERTH_HOST,
    starter: data.BERTH_STARTER,
    name: data.BERTH_NAME,
    docks: data.BERTH_DOCKS,
    pages: data.BERTH_PAGES,
    sockets: data.BERTH_SOCKETS,
    verifiers: data.BERTH_VERIFIERS,
    limits: {
      ...usualLimits,
      requestsPerMinute: data.BERTH_RATE,
      seconds: data.BERTH_SECONDS,
      waiting: data.BERTH_WAITING,
      proxies: data.BERTH_PROXIES,
    },
    publicUrl: data.BERTH_URL,
    registration: data.BERTH_REGISTER,
    smtpUrl: data.BERTH_SMTP_URL,
    mailFrom: data.BERTH_MAIL_FROM,
    backup:
      data.BERTH_BACKUP === undefined
        ? undefined
        : {
            folder: resolve(data.BERTH_BACKUP),
            everyHours: data.BERTH_BACKUP_HOURS,
            kept: data.BERTH_BACKUP_KEEP,
          },
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
export function explainFailure(
  error: unknown,
  settings: Pick<DockSettings, "dataDirectory" | "databaseUrl" | "port">,
): string | null {
  const { dataDirectory, databaseUrl, port } = settings;
  if (isDiskFull(error)) {
    return `no space is left to write to, at ${dataDirectory} or where zips lie; free some, and do it again: nothing is lost`;
  }
  if (error instanceof AppError) return error.message;
  const { code, syscall } = error as NodeJS.ErrnoException;
  // Node's words for a folder that cannot be made on a disk that is read-only.
  const isNotMade = code === "ENOENT" && syscall === "mkdir";
  switch (isNotMade ? "EROFS" : code) {
    case "EBUSY": {
      const instead = databaseUrl ? "keep zips in S3" : "use PostgreSQL";
      return `${dataDirectory} is in use by another dock; stop it, or ${instead}`;
    }
    case "EADDRINUSE":
      return `port ${port} is in use; choose another with PORT`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return "BERTH_HOST is no address of this machine";
    case "EACCES":
    case "EPERM":
    case "EROFS":
    case "ENOTDIR":
    case "EEXIST":
      return `cannot use ${dataDirectory} (${code}); choose another with BERTH_DATA`;
    default:
      return null;
  }
}
