/** @file What people who share learnwares and look after a dock ask of it: everything below `/my/`. */

import { z } from "zod";

import { Island, IslandId, LearnwareId } from "./dock-api";

export const Role = z.enum(["user", "admin"]);
export type Role = z.infer<typeof Role>;

/** What a token may be used for; every one may read. */
export const Scope = z.enum(["read", "submit", "admin"]);
export type Scope = z.infer<typeof Scope>;

export const AccountId = z.uuid();
export const TokenId = z.uuid();

/** Plain ASCII, so that two addresses that look alike are the same. */
export const Email = z.email({ error: "must be an e-mail address" }).max(254);

/** Control and format characters, halves of characters, line ends: nothing that changes how a name reads. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}<>]/u;

/** What a person, or a token, is called. */
const PersonName = z
  .string()
  .transform((name) => name.normalize("NFKC").trim())
  .pipe(
    z
      .string()
      .min(1)
      .max(60)
      .refine((name) => !UNSEEN.test(name), { error: "holds characters that cannot be seen" }),
  );

export const LEAST_PASSWORD = 10;
const NewPassword = z.string().min(LEAST_PASSWORD).max(200);
/** One that was chosen before, under whatever rules. */
const AnyPassword = z.string().min(1).max(200);

/** What a link carries. */
const Code = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const RegisterRequest = z.strictObject({ email: Email });
/** @see ConfirmRequest.email is for the link of the first admin alone, which was sent to no address. */
export const ConfirmRequest = z.strictObject({
  code: Code,
  name: PersonName,
  password: NewPassword,
  email: Email.optional(),
});
export const LoginRequest = z.strictObject({ email: Email, password: AnyPassword });
export const PasswordRequest = z.strictObject({ current: AnyPassword, next: NewPassword });
export const ResetRequest = z.strictObject({ email: Email });
export const ResetConfirmRequest = z.strictObject({ code: Code, password: NewPassword });

/** Nothing to tell: whether there is such an account is nobody's business. */
export const Done = z.strictObject({ done: z.literal(true) });

const Time = z.iso.datetime();

/** Whoever asks. */
export const Account = z.object({
  id: AccountId,
  email: Email,
  name: z.string(),
  role: Role,
  createdAt: Time,
  by: z.enum(["session", "token"]),
  /** What whatever was sent along may be used for. */
  scopes: z.array(Scope),
});
export type Account = z.infer<typeof Account>;

/** Longest life of a token, in days. */
const MOST_TOKEN_DAYS = 366;
export const MOST_TOKENS = 50;

export const Token = z.object({
  id: TokenId,
  name: z.string(),
  scopes: z.array(Scope),
  createdAt: Time,
  expiresAt: Time,
  /** To the day; null until it is used. */
  usedAt: Time.nullable(),
});
export type Token = z.infer<typeof Token>;

export const TokenList = z.object({ tokens: z.array(Token) });
export const TokenRequest = z.strictObject({
  name: PersonName,
  scopes: z.array(Scope).min(1).max(3),
  days: z.int().min(1).max(MOST_TOKEN_DAYS).default(90),
});
/** The secret is shown this once. */
export const NewToken = Token.extend({ token: z.string() });
export type NewToken = z.infer<typeof NewToken>;

/** A learnware as whoever shares it sees it. */
const OwnLearnware = z.object({
  id: LearnwareId,
  name: z.string(),
  islandId: IslandId,
  task: z.string(),
  sizeBytes: z.int().nonnegative(),
  version: z.int().positive(),
  createdAt: Time,
  updatedAt: Time,
  /** Since when nobody finds it. */
  deletedAt: Time.nullable(),
  downloads: z.int().nonnegative(),
});
export const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000_000).default(0),
});
export const OwnLearnwareList = z.object({
  learnwares: z.array(OwnLearnware),
  total: z.int().nonnegative(),
});
export type OwnLearnwareList = z.infer<typeof OwnLearnwareList>;

/** An account as those who look after the dock see it. */
export const User = z.object({
  id: AccountId,
  email: Email,
  name: z.string(),
  role: Role,
  createdAt: Time,
  disabledAt: Time.nullable(),
  learnwares: z.int().nonnegative(),
});
export type User = z.infer<typeof User>;
export const UserQuery = PageQuery.extend({
  /** A part of the name or address. */
  text: z.string().max(100).optional(),
});
export type UserQuery = z.input<typeof UserQuery>;
export const UserList = z.object({ users: z.array(User), total: z.int().nonnegative() });
export const UserChange = z
  .strictObject({ role: Role.optional(), disabled: z.boolean().optional() })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    error: "changes nothing",
  });
export type UserChange = z.infer<typeof UserChange>;

export const InviteRequest = z.strictObject({ email: Email, role: Role.default("user") });
/** To be handed to the person; also sent to the address where the dock sends letters. */
export const Invitation = z.object({ link: z.string(), expiresAt: Time });

export const IslandChange = z
  .strictObject({
    name: Island.shape.name.optional(),
    description: Island.shape.description.optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    error: "changes nothing",
  });
export const MergeRequest = z.strictObject({ into: IslandId });
export const SplitRequest = z.strictObject({
  id: IslandId,
  name: Island.shape.name,
  learnwareIds: z.array(LearnwareId).min(1).max(10_000),
});
/** An island as it is after a change. */
export const ChangedIsland = Island.extend({ learnwareCount: z.int().nonnegative() });
export type ChangedIsland = z.infer<typeof ChangedIsland>;

const Counts = z.array(z.object({ value: z.string(), count: z.int().nonnegative() }));
const MOST_DAYS = 366;
export const SummaryQuery = z.object({
  days: z.coerce.number().int().min(1).max(MOST_DAYS).default(30),
});

export const JobNumber = z.string().regex(/^[1-9][0-9]{0,17}$/);

/** What is in the dock and what was asked of it; numbers alone. */
export const Summary = z.object({
  users: z.object({
    active: z.int().nonnegative(),
    disabled: z.int().nonnegative(),
    admins: z.int().nonnegative(),
  }),
  learnwares: z.object({
    total: z.int().nonnegative(),
    removed: z.int().nonnegative(),
    kinds: Counts,
    tasks: Counts,
  }),
  islands: z.int().nonnegative(),
  /** By state. */
  submissions: Counts,
  /** What waits to be done, or is being done, by kind. */
  jobs: Counts,
  /** What failed too often, and is left alone until it is asked for again; oldest first. */
  jobsLeft: z.array(
    z.object({
      number: JobNumber,
      kind: z.string(),
      /** What it is about: an island or the dock, by id, or a submission, by number. */
      subject: z.string(),
      attempts: z.int().positive(),
      /** The name of what went wrong last. */
      problem: z.string().nullable(),
    }),
  ),
  /** Of each day, the last one today, in UTC. */
  days: z.array(
    z.object({
      day: z.iso.date(),
      searches: z.int().nonnegative(),
      downloads: z.int().nonnegative(),
    }),
  ),
});
export type Summary = z.infer<typeof Summary>;
