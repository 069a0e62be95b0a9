import { createHash } from "node:crypto";

import { Island, type LearnwareCard } from "../../contracts/http/dock-api";
import { AppError, type ErrorCode } from "../../contracts/outcome";
import { EngineError } from "../../engine/ground/errors";
import { featuresOf } from "../../engine/kinds/features-of";
import type { Space } from "../../engine/kinds/space";
import type { Manifest } from "../../engine/learnware/manifest";
import { foundIsland } from "./found-island";
import { type Question, questionOf } from "../../engine/learnware/question";
import { DatabaseError } from "../storage/database/database-error";
import type { Describer } from "../storage/describer";
import { checkRuns } from "./model-check";
import { readPinnedBook } from "./pinned-book";
import type { ModelRunner } from "./model-runner";
import {
  checkBelongs,
  type PackageParts,
  type ReadPackage,
} from "../../engine/verify/read-package";
import { islandAnswering, sameSpaceAmong } from "../../engine/verify/island-of";
import { asAsked, type Checked, readPackage, renamed, toCard } from "./package-checks";
import type { BlobInfo, BlobStore } from "../storage/blobs/blob-store";
import type { Entry, LearnwareStore, Origin } from "../storage/learnware-store";
import { isWhole } from "../storage/whole-rkme";
import { Mutex } from "../../engine/ground/mutex";
import { kindOf } from "../../engine/kinds/index";

/** Times that a learnware is described anew because its island moved on meanwhile. */
const MOST_ATTEMPTS = 3;
/** How many zips are best taken at once, and about how many bytes of them: all are in memory. */
export const TOGETHER = { zips: 50, bytes: 64 * 1024 * 1024 } as const;
/** Of the squared length of a sketch: what rounding makes of two specifications that are the same. */
const SAME = 1e-10;

export interface IntakeParts {
  readonly store: LearnwareStore;
  readonly blobs: Pick<BlobStore, "put" | "has">;
  readonly describer: Describer;
  /** Runs the model of each; left out where all have been let in before. */
  readonly models?: Pick<ModelRunner, "run">;
  /** Told which island's learnwares changed. */
  readonly onChange: (islandId: string) => Promise<void>;
}

/** A learnware's zip, as it comes to the dock. */
export interface Offer {
  readonly id: string;
  readonly zip: Uint8Array;
  readonly origin: Origin;
  /** The island to join if several have the learnware's features; the first by id unless told. */
  readonly islandId?: string | undefined;
  /** The account whose it is. */
  readonly ownerId?: string | null | undefined;
  /** Its model has been run before, and need not be again. */
  readonly isTried?: boolean;
}

/** A learnware that was verified, whose zip is kept already. */
export interface Verified extends Omit<Offer, "zip"> {
  readonly ownerId: string;
  readonly parts: PackageParts;
  readonly info: BlobInfo;
}

interface Fresh {
  readonly offer: Offer;
  readonly checked: Checked;
}

/** What became of an offer. */
export type Taken = LearnwareCard | AppError | EngineError;

/** What is no learnware's fault. */
const dockCodes: ReadonlySet<ErrorCode> = new Set(["internal", "network_failed"]);

/** The only way a learnware gets into the dock. */
export class Intake {
  readonly #parts: IntakeParts;
  /** Of those who come at once with the same features, one founds the island. */
  readonly #founding = new Mutex();

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  /**
   * Check a learnware's zip and keep it, as the next version of the learnware of the same id if there
   * is one. It joins the island it names or, if it carries its own, the one of the same features; if
   * there is none, it founds it. Its specification is moved to the island's current scale.
   *
   * @throws EngineError `bad_package`, `bad_specification`, `bad_model`, `unsupported_operator` and
   *   others of the package's reader.
   * @throws AppError `bad_input` if it does not fit the island it names, `bad_model` and others if its model cannot be run.
   */
  async take(
    id: string,
    zip: Uint8Array,
    origin: Origin,
    islandId?: string,
    ownerId?: string | null,
  ): Promise<LearnwareCard> {
    return this.#takeOffer({ id, zip, origin, islandId, ownerId });
  }

  async #takeOffer(offer: Offer): Promise<LearnwareCard> {
    const { id, zip } = offer;
    const checked = await this.#checkZip(offer);
    return this.#keep(toCard(id, checked, measured(zip)), checked, offer, async () => {
      await this.#parts.blobs.put(zip);
    });
  }

  /**
   * Take one that `engine/verify` has let through, in a process of its own, like `take`.
   *
   * @throws AppError as `take` does; `already_there` if its specification is that of somebody else's learnware.
   */
  async takeVerified(verified: Verified): Promise<LearnwareCard> {
    const { id, parts, info, origin, ownerId, islandId } = verified;
    const checked = await this.#check(asAsked(parts), islandId);
    const card = toCard(id, checked, info);
    return this.#keep(card, checked, { origin, ownerId }, async (entry) => {
      await this.#refuseCopies(entry);
      if (await this.#parts.blobs.has(info.sha256)) return;
      throw new AppError("internal", `the zip ${info.sha256} is gone`);
    });
  }

  /** @param prepare - Sees to it that its zip is there. */
  async #keep(
    card: LearnwareCard,
    checked: Checked,
    whose: Pick<Entry, "origin" | "ownerId">,
    prepare: (entry: Entry) => Promise<void>,
  ): Promise<LearnwareCard> {
    const { store, blobs, onChange } = this.#parts;
    const replaced = await store.find(card.id);
    let entry: Entry;
    for (let attempt = 1; ; attempt++) {
      try {
        entry = await this.#entry(checked, card, whose);
        await prepare(entry);
        await store.put(entry);
        break;
      } catch (error) {
        const isStale = error instanceof AppError && error.code === "stale_island";
        if (!isStale || attempt === MOST_ATTEMPTS) throw error;
      }
    }
    if (!(await blobs.has(card.sha256))) await prepare(entry); // Taken for an orphan meanwhile.
    await onChange(card.islandId);
    if (replaced && replaced.islandId !== card.islandId) await onChange(replaced.islandId);
    return card;
  }

  /** A specification is made of rows of one's own: nobody else's is the same to the last digit, unless it was copied. */
  async #refuseCopies({ card, described, origin }: Entry): Promise<void> {
    const { store } = this.#parts;
    const island = await store.findIsland(card.islandId);
    const space = island && (await store.findSpace(island.space.id));
    if (!space) return;
    const near = await store.nearest(space, described.sketch, { limit: 5 });
    const same = near.filter(({ id, squaredDistance, sketchSelf }) => {
      return id !== card.id && squaredDistance <= SAME * sketchSelf;
    });
    const origins = await store.originsOf(same.map(({ id }) => id));
    const copied = same.find(({ id }) => origins.get(id) !== origin);
    if (!copied) return;
    const message = `its specification is that of ${copied.id}, which is somebody else's: describe rows of your own`;
    throw new AppError("already_there", message, { copyOf: copied.id });
  }

  /**
   * Take many, by ids that differ, much faster than one by one where they are new.
   *
   * @returns By id, the card or what `take` throws of that learnware; the others go on.
   */
  async takeAll(offers: readonly Offer[]): Promise<Map<string, Taken>> {
    const { store } = this.#parts;
    const taken = new Map<string, Taken>();
    const held = await store.findAll(offers.map(({ id }) => id));
    const replacing = new Set(held.map(({ id }) => id));
    const single = offers.filter(({ id }) => replacing.has(id));
    const groups = new Map<string, Fresh[]>();
    for (const offer of offers) {
      if (replacing.has(offer.id)) continue;
      try {
        const checked = await this.#checkZip(offer);
        const group = groups.get(checked.islandId) ?? [];
        groups.set(checked.islandId, [...group, { offer, checked }]);
      } catch (error) {
        taken.set(offer.id, refusalOf(error));
      }
    }
    for (const [islandId, group] of groups) {
      const cards = await this.#takeGroup(islandId, group);
      for (const card of cards ?? []) taken.set(card.id, card);
      if (!cards) single.push(...group.map(({ offer }) => offer));
    }
    for (const offer of single) {
      taken.set(offer.id, await this.#takeOffer(offer).catch(refusalOf));
    }
    return taken;
  }

  /**
   * @returns Null if they have to be taken one by one: one of them is to be refused, an id is a removed learnware's, or the
   *   island moved on.
   */
  async #takeGroup(islandId: string, group: readonly Fresh[]): Promise<LearnwareCard[] | null> {
    const { store, blobs, onChange } = this.#parts;
    const entries: Entry[] = [];
    try {
      for (const { offer, checked } of group) {
        const card = toCard(offer.id, checked, measured(offer.zip));
        entries.push(await this.#entry(checked, card, offer));
      }
      await Promise.all(group.map(({ offer }) => blobs.put(offer.zip)));
      await store.putAll(entries);
    } catch (error) {
      refusalOf(error); // Else it would go wrong with each of them.
      return null;
    }
    const cards = entries.map(({ card }) => card);
    for (const [i, { offer }] of group.entries()) {
      if (!(await blobs.has(cards[i]!.sha256))) await blobs.put(offer.zip); // As in `take`.
    }
    await onChange(islandId);
    return cards;
  }

  /**
   * Take a learnware out of the dock, whatever its card says. Its zip stays for as long as it can be brought back.
   *
   * @returns Whether there was one.
   */
  async remove(id: string): Promise<boolean> {
    const islandId = await this.#parts.store.remove(id);
    if (islandId !== null) await this.#parts.onChange(islandId);
    return islandId !== null;
  }

  async #checkZip({ zip, islandId, isTried = false }: Offer): Promise<Checked> {
    const models = isTried ? undefined : this.#parts.models;
    const read = await readPackage(zip);
    return this.#check(read, islandId, models && ((space) => checkRuns(models, zip, read, space)));
  }

  /** @param tryModel - Not there where the model has been tried. */
  async #check(
    read: ReadPackage,
    wanted?: string,
    tryModel?: (space: Space) => Promise<void>,
  ): Promise<Checked> {
    const { model: runnable, rkme, carried, book, ...about } = read;
    const named = read.manifest.space;
    const question = questionOf(runnable);
    if (carried) {
      await tryModel?.(carried);
      const { names, space, islandId } = await this.#founding.take(async () => {
        const found = await this.#findOrFound(carried, wanted);
        return { ...found, islandId: await this.#islandFor(question, found.space, wanted) };
      });
      return { ...about, rkme, model: renamed(runnable, names), space, islandId };
    }
    const versions = await this.#parts.store.spaceVersions(named.id);
    const space = versions.find(({ version }) => version === named.version);
    if (!space) throw new AppError("bad_input", whyUnknown(named, versions));
    checkBelongs(space, runnable, rkme);
    if (book !== undefined && space.book && book !== space.book.sha256) {
      throw new AppError("bad_input", "the specification is on another book than its space has");
    }
    await tryModel?.(space);
    const islandId = await this.#founding.take(() => this.#islandFor(question, space, wanted));
    return { ...about, rkme, model: runnable, space, islandId };
  }

  /** The dock's space of these features and what it calls them, on the scale that is carried. */
  async #findOrFound(
    carried: Space,
    wanted?: string,
  ): Promise<{ names: ReadonlyMap<string, string>; space: Space }> {
    const { store } = this.#parts;
    const islands = (await store.islands()).filter(({ id }) => id === (wanted ?? id));
    const spaces = [...new Map(islands.map(({ space }) => [space.id, space])).values()];
    const same = sameSpaceAmong(spaces, carried);
    if (same && same.problem !== null) throw new AppError("bad_input", same.problem);
    if (same) return { names: same.names, space: same.space };
    const founded = kindOf(carried).life.found(carried);
    if (await store.findSpace(founded.id)) {
      throw new AppError("bad_input", "another space has the id that this one would get");
    }
    await this.#requireBook(founded);
    await store.putSpace(founded);
    return { names: new Map(featuresOf(carried).map(({ name }) => [name, name])), space: founded };
  }

  /** The book of a space that is pinned comes with the app. */
  async #requireBook({ id, book }: Space): Promise<void> {
    const { blobs } = this.#parts;
    if (!book || (await blobs.has(book.sha256))) return;
    const { sha256 } = await blobs.put(await readPinnedBook(id));
    if (sha256 !== book.sha256)
      throw new AppError("internal", `the app's book of ${id} is damaged`);
  }

  /** The island of a space that answers this question; the first to ask it founds one. */
  async #islandFor(question: Question, { id: spaceId }: Space, wanted?: string): Promise<string> {
    const { store } = this.#parts;
    const islands = (await store.islands()).filter(({ space }) => space.id === spaceId);
    const open = islandAnswering(islands, question, wanted);
    if (open?.question) return open.id;
    const island = open ? { ...Island.parse(open), question } : foundIsland(islands[0]!, question);
    await store.putIsland(island, spaceId);
    return island.id;
  }

  async #entry(
    checked: Checked,
    card: LearnwareCard,
    { origin, ownerId }: Pick<Entry, "origin" | "ownerId">,
  ): Promise<Entry> {
    const { store, describer } = this.#parts;
    const space = await store.findSpace(checked.space.id);
    if (!space) throw new AppError("bad_input", "the learnware names a space that is not here");
    const { rkme, radiusSquared } = kindOf(space.definition).life.rescale(
      { ...checked.rkme, rowCount: card.rowCount },
      checked.radiusSquared,
      checked.space,
      space.definition,
    );
    const described = await describer.describe(space.definition, rkme, radiusSquared);
    if (!isWhole(described, space.definition) || !described.sketch.every(Number.isFinite)) {
      throw new AppError("bad_input", "the specification is too far from the others of its space");
    }
    const spaceVersion = space.definition.version;
    return { card, spaceVersion, described, origin, ...(ownerId !== undefined && { ownerId }) };
  }
}

function whyUnknown({ version }: Manifest["space"], [current]: readonly Space[]): string {
  if (!current) return "the learnware names a space that is not here";
  return `the learnware is for version ${version} of its space, which is at ${current.version}`;
}

function measured(zip: Uint8Array): BlobInfo {
  return { sha256: createHash("sha256").update(zip).digest("hex"), sizeBytes: zip.length };
}

/** What is wrong with one learnware; anything else is thrown, since it would go wrong with the others too. */
function refusalOf(error: unknown): AppError | EngineError {
  if (error instanceof EngineError) return error;
  if (error instanceof AppError && !dockCodes.has(error.code)) return error;
  // It is what was to be written that PostgreSQL does not like, not where.
  if (error instanceof DatabaseError && /^(22|23|54)/.test(error.code)) {
    return new AppError("bad_input", "the database cannot keep it", {}, { cause: error });
  }
  throw error;
}
