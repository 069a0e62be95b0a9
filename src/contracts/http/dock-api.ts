/** @file The HTTP contract between a client and a dock. Both sides import it; neither edits it alone. */

import { z } from "zod";

import { KindName } from "../../engine/ground/kind-name";
import { boundedText } from "../../engine/ground/bounded-text";
import { Task } from "../../engine/ground/task";
import { Space } from "../../engine/kinds/space-schema";
import { SpaceFields } from "../../engine/kinds/table/space/space";
import { BookMark } from "../../engine/specification/book/book-mark";
import { Kernel, withKernel } from "../../engine/specification/kernel/kernel-schema";
import { SpaceVersion } from "../../engine/learnware/space-version";
import {
  HeldBackMetric,
  MOST_DESCRIPTION,
  SemanticSpecification,
  Translations,
} from "../../engine/learnware/manifest";
import { Question } from "../../engine/learnware/question";
import { ORDERS } from "../../engine/search/catalogue/order";
import { SIZES } from "../../engine/search/catalogue/size";
import { SKILLS } from "../../engine/search/catalogue/skill";

export const LearnwareId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,127}$/);

/** What a card shows; everything about a learnware except its specification and its zip. */
export const LearnwareCard = z.object({
  id: LearnwareId,
  kind: KindName.default("table"),
  name: boundedText(120),
  description: boundedText(MOST_DESCRIPTION),
  islandId: boundedText(63),
  task: Task,
  target: boundedText(200),
  unit: boundedText(40).optional(),
  labels: z.array(boundedText(200)).max(1000),
  /** Of a table; empty for other kinds. */
  features: z.array(boundedText(200)).max(4096),
  /** As its maker declares them. */
  metrics: z.array(HeldBackMetric).max(10),
  /** As the dock measured them on the public sample that it carries. */
  measured: z.array(HeldBackMetric).max(10).optional(),
  licence: boundedText(5200),
  source: boundedText(2000),
  semantic: SemanticSpecification,
  /** SHA-256 of the zip, in hex: its identity, its ETag and its cache key. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.int().nonnegative(),
  rowCount: z.int().positive(),
  translations: Translations.optional(),
});
export type LearnwareCard = z.infer<typeof LearnwareCard>;

/** Text that every store and file can hold: no NUL, no half of a surrogate pair. */
function wireText(most: number) {
  return z
    .string()
    .max(most)
    .regex(/^[^\0\p{Cs}]*$/u);
}

/** Counts versions; what a database of 32-bit numbers can hold. */
export const Version = z
  .int()
  .positive()
  .max(2 ** 31 - 1);

export const IslandId = SpaceFields.shape.id;

/** A matrix or vector of float32, little-endian, row-major, in base64. */
const Base64Floats = z.base64().max(8_000_000);

/** A reduced set on the wire. */
const RkmeFields = z.object({
  rows: z.int().positive().max(2000),
  cols: z.int().positive().max(8192),
  points: Base64Floats,
  weights: Base64Floats,
  kernel: Kernel,
  /** How many rows it stands for, rounded down to two figures: enough for a dock, less of a fingerprint. */
  rowCount: z.int().nonnegative(),
});
export const WireRkme = z.preprocess(withKernel, RkmeFields);
export type WireRkme = z.infer<typeof WireRkme>;

/** Weights on a book on the wire. */
export const WireOnBook = z.strictObject({
  /** Of the book's file. */
  book: BookMark.shape.sha256,
  /** One for each of its points: whole 65535ths of the largest, in 16 bits, little-endian, in base64. */
  weights: z.base64().max(5336),
  /** How many rows they stand for, rounded down to two figures. */
  rowCount: z.int().nonnegative(),
});
export type WireOnBook = z.infer<typeof WireOnBook>;

export const WireSpecification = z.object({
  id: LearnwareId,
  spaceId: boundedText(63),
  spaceVersion: SpaceVersion,
  /** Weights where that version of the space has a book. */
  rkme: z.union([WireOnBook, WireRkme]),
  radiusSquared: z.number().nonnegative(),
});
export type WireSpecification = z.infer<typeof WireSpecification>;

/** Of those that were asked for the ones that are still there, as far as an answer of some megabytes holds them. */
export const WireSpecifications = z.object({ specifications: z.array(WireSpecification) });
/** The same for a client, which looks at each by itself. */
export const AnySpecifications = z.object({ specifications: z.array(z.unknown()) });

/** Specifications asked for at once. */
export const MOST_SPECIFICATIONS = 50;

/** Names of one version each, `id:sha256`, with commas between them: short enough for any server's addresses. */
export const SpecificationsQuery = z.object({
  of: z.string().regex(/^[a-z0-9-]{1,128}:[0-9a-f]{64}(,[a-z0-9-]{1,128}:[0-9a-f]{64}){0,49}$/),
  space: z.coerce.number().pipe(Version),
});

/** One float32, little-endian, for each number of a sketch, in base64. */
const WireSketch = z.base64().max(4 * Math.ceil((4 * 2000) / 3));

/** The version of a space that something was described in: it compares with nothing else. */
const SpaceName = z.strictObject({ id: SpaceFields.shape.id, version: Version });

/** What a user asks with, in the form that leaves the tab. */
export const Requirement = z.discriminatedUnion("form", [
  /** Weighted points that passed the privacy check. */
  z.strictObject({
    form: z.literal("reduced"),
    space: SpaceName,
    specification: RkmeFields.strict(),
  }),
  /** Weights on the book of the space, of rows that passed the privacy check; or of all rows, with noise. */
  z.strictObject({
    form: z.literal("weights"),
    space: SpaceName,
    on: WireOnBook,
    /** (ε, δ)-differentially private for neighbours of equal size; null for none. */
    noise: z
      .strictObject({ epsilon: z.number().positive(), delta: z.number().positive().lt(1) })
      .nullable(),
  }),
  /** A sketch of all rows with noise: (ε, δ)-differentially private for neighbours of equal size. */
  z.strictObject({
    form: z.literal("private"),
    space: SpaceName,
    sketch: WireSketch,
    epsilon: z.number().positive(),
    delta: z.number().positive().lt(1),
    /** How many rows it stands for, rounded down to two figures. */
    rowCount: z.int().nonnegative(),
  }),
  /** A sketch without noise. Of few rows it may be solved for them, so it is for data that is public. */
  z.strictObject({ form: z.literal("sketch"), space: SpaceName, sketch: WireSketch }),
]);
export type Requirement = z.infer<typeof Requirement>;

const Values = z.array(wireText(100).min(1)).max(20);

/** What a user wants beside the distribution; every part that is given must hold. */
export const WireFilter = z.strictObject({
  /** Of a key any value will do; different keys must all hold. */
  tags: z
    .strictObject({
      Data: Values.optional(),
      Task: Values.optional(),
      Library: Values.optional(),
      Scenario: Values.optional(),
      License: Values.optional(),
    })
    .optional(),
  /** What it is to be about, in English or Chinese. */
  text: wireText(200).optional(),
  /**
   * `exact`: as a part of name or description, whatever the case. `fuzzy`, the default: by what the words mean, also in
   * the other language, or misspelt; what has less than three fifths of them is no answer.
   */
  textMode: z.enum(["exact", "fuzzy"]).optional(),
  target: wireText(200).optional(),
  /** Of the zip. */
  sizes: z.array(z.enum(SIZES)).max(SIZES.length).optional(),
  /** How much better than the trivial answer it was. */
  skills: z.array(z.enum(SKILLS)).max(SKILLS.length).optional(),
});

const MOST_LETTERS = 20_000;

/** Names of columns, as long together as those of a wide table. */
const FeatureNames = z
  .array(wireText(200).min(1))
  .min(1)
  .max(500)
  .refine((names) => names.reduce((sum, { length }) => sum + length, 0) <= MOST_LETTERS, {
    error: `must have at most ${MOST_LETTERS} letters together`,
  });

/**
 * With a requirement, learnwares of one island of the space that it was made for, by what the data look like;
 * without one, learnwares of any islands by their text.
 */
export const SearchRequest = z
  .strictObject({
    islandId: IslandId.optional(),
    requirement: Requirement.optional(),
    /** Only learnwares of these islands; without a requirement. */
    islandIds: z.array(IslandId).max(100).optional(),
    /** Only learnwares of islands with features of such names; without a requirement. Sent only if the user says so. */
    featureNames: FeatureNames.optional(),
    filter: WireFilter.optional(),
    task: Task.optional(),
    limit: z.int().positive().max(200).default(100),
    /** To a reduced set, look for a mixture of several learnwares too. */
    mixture: z.boolean().default(true),
    /** Of an answer without a requirement. */
    order: z.enum(ORDERS).optional(),
    /** Count too what there is of each kind; without a requirement. */
    facets: z.boolean().default(false),
    /** Also give the relative scores of the Python package `learnware`. */
    scores: z.literal("compat").optional(),
  })
  .refine(({ requirement, islandId }) => !requirement || islandId !== undefined, {
    path: ["islandId"],
    error: "must be there with a requirement",
  })
  .refine(({ requirement, order, facets }) => !requirement || (order === undefined && !facets), {
    path: ["requirement"],
    error: "must not be there with an order or facets",
  });
export type SearchRequest = z.input<typeof SearchRequest>;

/** The rest of an answer, page by page, from where the last page ended. */
export const SearchNextRequest = z.strictObject({
  cursor: z.string().min(1).max(65_536),
  limit: z.int().positive().max(200).default(100),
});
export type SearchNextRequest = z.input<typeof SearchNextRequest>;

const WireFit = {
  /** Of a noisy sketch it includes the noise: the same amount for every learnware, give or take. Null without a requirement. */
  mmd2: z.number().nonnegative().nullable(),
  similarity: z.number().nullable(),
  /** Null also when asked with a sketch, which has no points to cover. */
  coverage: z.number().nullable(),
  /** Relative to the other results, in [0, 1]; null unless asked for. */
  score: z.number().nullable(),
};

const SearchSingle = z.object({
  learnware: LearnwareCard,
  /** The learnware that makes this one redundant. */
  coveredBy: LearnwareId.nullable(),
  ...WireFit,
});

const Counts = z.array(z.object({ value: z.string(), count: z.int().nonnegative() }));

/**
 * How many learnwares there are of each value, most first, among those that pass all but what is chosen of the same facet;
 * of many values, those with most.
 */
const SearchFacets = z.object({
  /** How many pass everything. */
  total: z.int().nonnegative(),
  /** Of the semantic specification: `filter.tags` of `Data`, `Task`, `License` and `Scenario`. */
  data: Counts,
  task: Counts,
  licence: Counts,
  scenario: Counts,
  /** `islandIds`. */
  island: Counts,
  /** `filter.sizes` and `filter.skills`. */
  size: Counts,
  skill: Counts,
});

/** How well the features of an island match the names that were given, in [0, 1]. */
const IslandByNames = z.object({ id: z.string(), score: z.number() });

export const SearchResponse = z.object({
  /** Null without a requirement. */
  islandId: z.string().nullable(),
  /** The islands that were found by names of features, best first; else empty. */
  islands: z.array(IslandByNames),
  /** Best first; those that another learnware makes redundant come last. */
  singles: z.array(SearchSingle),
  mixture: z
    .object({
      members: z.array(z.object({ id: LearnwareId, weight: z.number().positive() })),
      ...WireFit,
    })
    .nullable(),
  /** Null unless asked for. */
  facets: SearchFacets.nullable().default(null),
  /** To be handed back for the next page; null on the last. */
  next: z.string().nullable(),
});
export type SearchResponse = z.infer<typeof SearchResponse>;

/** One page that follows another: its singles, and where the next begins. */
export const SearchPage = SearchResponse.pick({ singles: true, next: true });
export type SearchPage = z.infer<typeof SearchPage>;

/** The learnwares of one space that answer the same question: what a person chooses. */
export const Island = z.object({
  id: SpaceFields.shape.id,
  name: SpaceFields.shape.name,
  description: SpaceFields.shape.description,
  /** Null until the first learnware tells it. */
  question: Question.nullable(),
});
export type Island = z.infer<typeof Island>;

/** An island in the public list, with what a person wants to know before choosing it. */
export const IslandSummary = Island.extend({
  learnwareCount: z.int().nonnegative(),
  targets: z.array(z.string()),
  /** As it is now. */
  space: Space,
});
export type IslandSummary = z.infer<typeof IslandSummary>;

export const IslandList = z.object({ islands: z.array(IslandSummary) });
/** Every version of an island's space, newest first: packages may have been made for any. */
export const SpaceVersions = z.object({ versions: z.array(Space) });
export const LearnwareList = z.object({
  learnwares: z.array(LearnwareCard),
  total: z.int().nonnegative(),
});

/** Which learnwares to list; numbers arrive as text in a URL. */
export const LearnwareQuery = z.object({
  islandId: IslandId.optional(),
  task: Task.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000_000).default(0),
});
export type LearnwareQuery = z.input<typeof LearnwareQuery>;

/** The sketches of every learnware on an island, so that a client can search them by itself. */
export const IslandSketches = z.object({
  islandId: z.string(),
  spaceVersion: z.int().positive(),
  /** Numbers per sketch. */
  count: z.int().min(1).max(2000),
  entries: z.array(
    z.object({
      id: LearnwareId,
      task: Task,
      target: z.string(),
      /** The learnware that makes this one redundant. */
      coveredBy: LearnwareId.nullable(),
      /** What the whole numbers of this sketch are to be multiplied by. */
      scale: z.number().positive(),
    }),
  ),
  /** Shape [entries, count]: int8, row-major, in base64. */
  data: z.base64(),
});
export type IslandSketches = z.infer<typeof IslandSketches>;

/** What people call a dock, as its operator says. */
export const DockName = z.string().min(1).max(80);

/** Who may have an account by asking for one: anybody, whom an admin invites, nobody. */
export const Registration = z.enum(["open", "invite", "closed"]);
export type Registration = z.infer<typeof Registration>;

export const Health = z.object({
  status: z.literal("ok"),
  islands: z.int().nonnegative(),
  name: DockName.optional(),
  /** None of a dock without accounts. */
  registration: Registration.optional(),
});

/** What a dock needs for every answer; a machine that balances load asks for it before it sends anybody. */
export const Readiness = z.object({ database: z.boolean(), blobs: z.boolean() });
export type Readiness = z.infer<typeof Readiness>;

export const WireFailure = z.object({ code: z.string(), message: z.string() });
