/** @file What a backup's file says, a JSON object to a line: a header, records, and an end that tells that it is whole. */

import { z } from "zod";

import type { RecordKinds } from "../storage/records/record-files";

export const FORMAT = "berth-backup";
export const VERSION = 1;

/** How often something was done in a day. */
export const DayCount = z.strictObject({
  day: z.iso.date(),
  kind: z.string(),
  learnwareId: z.string(),
  count: z.int().nonnegative(),
});
export type DayCount = z.infer<typeof DayCount>;

/** Uploads are not in it: they end in a day, and are sent again. */
export const BACKUP_KINDS = ["spaces", "islands", "learnwares", "accounts", "submissions"] as const;
export type BackupKind = (typeof BACKUP_KINDS)[number];

export const Header = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION, { error: "it was made by a later dock" }),
  at: z.iso.datetime(),
});

export const Line = z.strictObject({
  kind: z.enum([...BACKUP_KINDS, "uses"]),
  value: z.unknown(),
});

export const End = z.strictObject({
  end: z.strictObject({
    records: z.int().nonnegative(),
    /** Of all that stands before. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});

/** The blobs that a record needs: zips, also of earlier versions, and books. */
export const blobsOf: {
  readonly [Kind in BackupKind]: (value: RecordKinds[Kind]) => readonly string[];
} = {
  spaces: ({ book }) => (book ? [book.sha256] : []),
  islands: () => [],
  learnwares: ({ versions }) => versions.map(({ sha256 }) => sha256),
  accounts: () => [],
  submissions: ({ state, sha256 }) => (state === "waiting" ? [sha256] : []),
};
