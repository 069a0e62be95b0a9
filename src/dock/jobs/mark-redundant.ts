import type { LearnwareCard } from "../../contracts/http/dock-api";
import { AppError } from "../../contracts/outcome";
import { specificationFromWire } from "../../contracts/wire/wire-on-book";
import { type Answers, behaveAlike, coveredBy, type Member } from "../../engine/search/redundancy";
import type { Describer } from "../storage/describer";
import type { ModelRunner } from "../intake/model-runner";
import { readAll } from "../storage/blobs/read-all";
import type { BlobStore } from "../storage/blobs/blob-store";
import type { LearnwareStore, Neighbour, SpaceVersion } from "../storage/learnware-store";
import type { JobContext } from "./job-runner";
import { kindOf } from "../../engine/kinds/index";
import type { Probes } from "../../engine/kinds/kind";

interface MarkingParts {
  readonly store: Pick<
    LearnwareStore,
    | "find"
    | "findIsland"
    | "findSpace"
    | "findSpecification"
    | "findVersions"
    | "history"
    | "nearest"
    | "setCoveredBy"
    | "undecided"
  >;
  readonly blobs: Pick<BlobStore, "open">;
  readonly describer: Describer;
  readonly models: Pick<ModelRunner, "run">;
}

/** A learnware, and what it takes to run its model. */
interface Candidate extends Member {
  readonly card: LearnwareCard;
}

/** How many of the nearest by sketch are looked at. */
const NEAREST = 20;
/** After so many learnwares other jobs get their turn. */
const MOST_AT_ONCE = 200;

/**
 * Decides of the learnwares of an island whether they are redundant: whether an older one was trained
 * where each was and behaves the same there. Both models are run on the points of both. One that
 * cannot be run is like no other.
 */
export class RedundancyMarks {
  readonly #parts: MarkingParts;

  constructor(parts: MarkingParts) {
    this.#parts = parts;
  }

  /** @returns Whether every learnware of the island is decided now; else it is to be run again. */
  async run(islandId: string, { keep }: JobContext): Promise<boolean> {
    const { store } = this.#parts;
    const island = await store.findIsland(islandId);
    const space = island && (await store.findSpace(island.space.id));
    const ids = space ? await store.undecided(islandId, MOST_AT_ONCE) : [];
    for (const id of ids) {
      await keep();
      const card = await store.find(id);
      if (card?.islandId === islandId) await this.#decide(card, space!, keep);
    }
    return ids.length < MOST_AT_ONCE;
  }

  async #decide(card: LearnwareCard, space: SpaceVersion, keep: JobContext["keep"]): Promise<void> {
    const { store, describer } = this.#parts;
    const learnware = await this.#asked(card, space);
    if (!learnware) return store.setCoveredBy(card, null);
    const others = await this.#nearest(learnware, space);
    const { packaging } = kindOf(space.definition);
    let runs = packaging.probes !== undefined;
    const behavesLike = async ({ id: otherId }: Member) => {
      if (!runs) return false;
      await keep();
      const other = others.get(otherId)!;
      const probes = packaging.probes!(learnware.rkme, other.rkme, space.definition);
      const answers = await this.#answers(learnware, probes);
      runs = answers !== null;
      const otherAnswers = runs && (await this.#answers(other, probes));
      return !!answers && !!otherAnswers && behaveAlike(answers, otherAnswers, probes.weights);
    };
    const cover = await coveredBy(describer.pairs, learnware, [...others.values()], behavesLike);
    await store.setCoveredBy(card, cover === null ? null : others.get(cover)!.card);
  }

  /** @returns Null if its specification cannot be read: it is like no other. */
  async #asked(
    card: LearnwareCard,
    { definition: island }: SpaceVersion,
  ): Promise<Candidate | null> {
    const { store, describer } = this.#parts;
    const found = await store.findSpecification(card.id, island.version);
    const [latest] = await store.history(card.id);
    const isMoved = (await store.findSpace(island.id))?.definition.version !== island.version;
    if (isMoved || !latest) throw new AppError("stale_island", "the learnware was moved meanwhile");
    if (!found) return null;
    const { radiusSquared } = found;
    const { book } = await describer.form(island);
    const rkme = specificationFromWire(found.rkme, island, book);
    return toCandidate(card, { rkme, radiusSquared, createdAt: latest.createdAt });
  }

  /** By id. */
  async #nearest(learnware: Candidate, space: SpaceVersion): Promise<Map<string, Candidate>> {
    const { store, describer } = this.#parts;
    const form = await describer.form(space.definition);
    const sketch = form.sketch(form.pack(learnware.rkme));
    const { islandId, task, target } = learnware;
    const wanted = { islandId, task, filter: { target }, distinct: true };
    const query = { limit: NEAREST + 1, ...wanted }; // It finds itself.
    const near = await store.nearest(space, sketch, query);
    const cards = await store.findVersions(near);
    const candidates = new Map<string, Candidate>();
    for (const neighbour of near) {
      const card = cards.get(neighbour.number);
      const createdAt = await this.#acceptedAt(neighbour);
      if (!card || !createdAt || card.id === learnware.id) continue;
      const { radiusSquared, rowCount } = neighbour;
      const rkme = form.unpack(neighbour, rowCount);
      candidates.set(card.id, toCandidate(card, { rkme, radiusSquared, createdAt }));
    }
    return candidates;
  }

  async #acceptedAt({ id, version }: Neighbour): Promise<Date | undefined> {
    const history = await this.#parts.store.history(id);
    return history.find((accepted) => accepted.version === version)?.createdAt;
  }

  /** What its model says to probes; null if it cannot be run on them. */
  async #answers({ card, labels }: Candidate, probes: Probes): Promise<Answers | null> {
    try {
      const blob = await this.#parts.blobs.open(card.sha256);
      const zip = blob && (await readAll(blob.stream));
      if (!zip) return null;
      const job = { zip, inputs: probes.inputs({ features: card.features, input: "" }) };
      const outputs = await this.#parts.models.run(job);
      return outputs.cols === Math.max(1, labels.length) ? { outputs, labels } : null;
    } catch (error) {
      if (error instanceof AppError && error.code !== "internal") return null;
      throw error;
    }
  }
}

function toCandidate(
  card: LearnwareCard,
  about: Pick<Member, "rkme" | "radiusSquared"> & { readonly createdAt: Date },
): Candidate {
  const { id, islandId, task, target, labels, metrics } = card;
  const { rkme, radiusSquared, createdAt } = about;
  return {
    ...{ id, islandId, task, target, labels, metrics, card, rkme, radiusSquared },
    acceptedAt: createdAt.getTime(),
    coveredBy: null,
  };
}
