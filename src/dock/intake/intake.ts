import { Island, type LearnwareCard } from "../../contracts/http/dock-api";
import { AppError, type ErrorCode } from "../../contracts/outcome";
import { EngineError } from "../../engine/ground/errors";
import type { Space } from "../../engine/kinds/table/space/space";
import type { Manifest } from "../../engine/learnware/manifest";
import { foundIsland } from "./found-island";
import { type Question, questionOf, sameQuestion } from "../../engine/learnware/question";
import { inspectOnnx } from "../../engine/learnware/onnx/onnx-inspect";
import { runnableModel } from "../../engine/learnware/runnable-model";
import { openLearnware } from "../../engine/learnware/package";
import { decodeStat } from "../../engine/specification/files/codec";
import type { Describer } from "../storage/describer";
import { checkBelongs, type Checked, checkGraph, renamed, toCard } from "./package-checks";
import type { BlobStore } from "../storage/blobs/blob-store";
import type { Entry, LearnwareStore, Origin } from "../storage/learnware-store";
import { Mutex } from "../../engine/ground/mutex";
import { kindOf } from "../../engine/kinds/index";

/** Times that a learnware is described anew because its island moved on meanwhile. */
const MOST_ATTEMPTS = 3;

export interface IntakeParts {
  readonly store: LearnwareStore;
  readonly blobs: Pick<BlobStore, "put" | "has">;
  readonly describer: Describer;
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
}

interface Fresh {
  readonly offer: Offer;
  readonly checked: Checked;
}

/** What became of an offer. */
export type Taken = LearnwareCard | AppError | EngineError;

/** What `putAll` throws where `put` may still do. */
const groupCodes: ReadonlySet<ErrorCode> = new Set(["bad_input", "stale_island"]);

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
   * @throws AppError `bad_input` if it does not fit the island it names.
   */
  async take(
    id: string,
    zip: Uint8Array,
    origin: Origin,
    islandId?: string,
  ): Promise<LearnwareCard> {
    const { store, blobs, onChange } = this.#parts;
    const checked = await this.#check(zip, islandId);
    const blob = await blobs.put(zip);
    const card = toCard(id, checked, blob);
    const replaced = await store.find(id);
    for (let attempt = 1; ; attempt++) {
      try {
        await store.put(await this.#entry(checked, card, origin));
        break;
      } catch (error) {
        const isStale = error instanceof AppError && error.code === "stale_island";
        if (!isStale || attempt === MOST_ATTEMPTS) throw error;
      }
    }
    if (!(await blobs.has(blob.sha256))) await blobs.put(zip); // Taken for an orphan meanwhile.
    await onChange(card.islandId);
    if (replaced && replaced.islandId !== card.islandId) await onChange(replaced.islandId);
    return card;
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
        const checked = await this.#check(offer.zip, offer.islandId);
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
    for (const { id, zip, origin, islandId } of single) {
      taken.set(id, await this.take(id, zip, origin, islandId).catch(refusalOf));
    }
    return taken;
  }

  /** @returns Null if they have to be taken one by one: an id is a removed learnware's, or the island moved on. */
  async #takeGroup(islandId: string, group: readonly Fresh[]): Promise<LearnwareCard[] | null> {
    const { store, blobs, onChange } = this.#parts;
    const cards = await Promise.all(
      group.map(async ({ offer, checked }) =>
        toCard(offer.id, checked, await blobs.put(offer.zip)),
      ),
    );
    try {
      const entries: Entry[] = [];
      for (const [i, { offer, checked }] of group.entries()) {
        entries.push(await this.#entry(checked, cards[i]!, offer.origin));
      }
      await store.putAll(entries);
    } catch (error) {
      if (error instanceof AppError && groupCodes.has(error.code)) return null;
      throw error;
    }
    for (const [i, { offer }] of group.entries()) {
      if (!(await blobs.has(cards[i]!.sha256))) await blobs.put(offer.zip); // As in `take`.
    }
    await onChange(islandId);
    return cards;
  }

  /** Take a learnware out of the dock. Its zip stays for as long as it can be brought back. */
  async remove(card: LearnwareCard): Promise<void> {
    await this.#parts.store.remove(card.id);
    await this.#parts.onChange(card.islandId);
  }

  async #check(zip: Uint8Array, wanted?: string): Promise<Checked> {
    const { manifest, semantic, stat, model, space: carried } = await openLearnware(zip);
    const runnable = runnableModel(manifest);
    checkGraph(runnable, inspectOnnx(model));
    const { rkme, extras } = decodeStat(stat);
    if (!extras) throw new AppError("bad_input", "the specification does not name its space");
    const named = manifest.space;
    if (extras.space !== named.id || extras.spaceVersion !== named.version) {
      throw new AppError("bad_input", "manifest and specification name different spaces");
    }
    const question = questionOf({ ...runnable, kind: manifest.kind });
    const about = { manifest, semantic, rkme, radiusSquared: extras.radiusSquared };
    if (carried) {
      checkBelongs(carried, runnable, rkme);
      const { names, space, islandId } = await this.#founding.take(async () => {
        const found = await this.#findOrFound(carried, wanted);
        return { ...found, islandId: await this.#islandFor(question, found.space, wanted) };
      });
      return { ...about, model: renamed(runnable, names), space, islandId };
    }
    const versions = await this.#parts.store.spaceVersions(named.id);
    const space = versions.find(({ version }) => version === named.version);
    if (!space) throw new AppError("bad_input", whyUnknown(named, versions));
    checkBelongs(space, runnable, rkme);
    const islandId = await this.#founding.take(() => this.#islandFor(question, space, wanted));
    return { ...about, model: runnable, space, islandId };
  }

  /** The dock's space of these features and what it calls them, on the scale that is carried. */
  async #findOrFound(
    carried: Space,
    wanted?: string,
  ): Promise<{ names: ReadonlyMap<string, string>; space: Space }> {
    const { store } = this.#parts;
    const { life } = kindOf(carried);
    const islands = (await store.islands()).filter(({ id }) => id === (wanted ?? id));
    const spaces = [...new Map(islands.map(({ space }) => [space.id, space])).values()];
    const byName = ({ id }: Space) => (id === carried.id ? 0 : 1); // Of several, the one it names.
    for (const space of spaces.sort((a, b) => byName(a) - byName(b))) {
      const same = life.same(space, carried);
      if (!same) continue;
      if (same.problem !== null) throw new AppError("bad_input", same.problem);
      return { names: same.names, space: same.space };
    }
    const founded = life.found(carried);
    if (await store.findSpace(founded.id)) {
      throw new AppError("bad_input", "another space has the id that this one would get");
    }
    await store.putSpace(founded);
    return { names: new Map(carried.features.map(({ name }) => [name, name])), space: founded };
  }

  /** The island of a space that answers this question; the first to ask it founds one. */
  async #islandFor(question: Question, { id: spaceId }: Space, wanted?: string): Promise<string> {
    const { store } = this.#parts;
    const islands = (await store.islands()).filter(({ space }) => space.id === spaceId);
    const named = islands.find(({ id }) => id === wanted);
    if (named?.question) return named.id;
    const same = islands.find((one) => one.question && sameQuestion(one.question, question));
    if (same) return same.id;
    const open = named ?? islands.find((one) => one.question === null);
    const island = open ? { ...Island.parse(open), question } : foundIsland(islands[0]!, question);
    await store.putIsland(island, spaceId);
    return island.id;
  }

  async #entry(checked: Checked, card: LearnwareCard, origin: Origin): Promise<Entry> {
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
    return { card, spaceVersion: space.definition.version, described, origin };
  }
}

function whyUnknown({ version }: Manifest["space"], [current]: readonly Space[]): string {
  if (!current) return "the learnware names a space that is not here";
  return `the learnware is for version ${version} of its space, which is at ${current.version}`;
}

/** What is wrong with one learnware; anything else is thrown, since it would go wrong with the others too. */
function refusalOf(error: unknown): AppError | EngineError {
  if (error instanceof EngineError) return error;
  if (error instanceof AppError && error.code !== "network_failed") return error;
  throw error;
}
