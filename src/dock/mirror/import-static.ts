import { Island, type LearnwareCard } from "../../contracts/http/dock-api";
import { AppError } from "../../contracts/outcome";
import { StaticIndex, StaticIsland, staticPaths } from "../../contracts/static/static-dock";
import { isOfTables, type Space } from "../../engine/kinds/space";
import { decodeBook } from "../../engine/specification/files/book-file";
import type { Progress } from "../../engine/ground/progress";
import type { Describer } from "../storage/describer";
import { type Intake, type Offer, TOGETHER } from "../intake/intake";
import { moveIsland } from "../jobs/move-island";
import { kindOf } from "../../engine/kinds/index";
import { readMarked, readNamed, type StaticSource } from "./static-source";
import { readAll } from "../storage/blobs/read-all";
import type { BlobStore } from "../storage/blobs/blob-store";
import type { LearnwareStore, Origin } from "../storage/learnware-store";

interface ImportParts {
  readonly store: Pick<
    LearnwareStore,
    | "fillSpace"
    | "find"
    | "findIsland"
    | "findSpace"
    | "list"
    | "missingFrom"
    | "prepareSpace"
    | "publishSpace"
    | "islands"
    | "putIsland"
    | "putSpace"
    | "removeEmptyIsland"
    | "setCoveredBy"
    | "settle"
    | "spaceVersions"
  >;
  readonly blobs: Pick<BlobStore, "has" | "open" | "put">;
  readonly intake: Pick<Intake, "takeAll" | "remove">;
  readonly describer: Describer;
}

interface ImportOptions {
  /** Whose learnwares they are from now on: only those of the same name are replaced or removed. */
  readonly origin: Origin;
  /** They come with the app: their models were run, and their redundant ones marked, when they were made. */
  readonly areShipped?: boolean;
  readonly onProgress?: (progress: Progress) => void;
  /** Told of each that intake does not let in; the others go on. */
  readonly onRefused?: (id: string, reason: string) => void;
}

type StaticLearnware = StaticIsland["learnwares"][number];
type Listed = Pick<StaticLearnware, "id" | "package"> & Partial<Pick<StaticLearnware, "coveredBy">>;

/** An island as a mirror needs it. */
export interface PublishedIsland extends Pick<StaticIsland, "island" | "earlier"> {
  /** By id. */
  readonly learnwares: readonly Listed[];
}

/** How many learnwares an import took in, found in place, removed, left because the id is another's, and refused. */
export interface ImportReport {
  readonly added: number;
  readonly kept: number;
  readonly removed: number;
  readonly skipped: number;
  readonly refused: number;
}

/** Of a book's file, before its numbers. */
const MOST_BOOK_HEADER = 256;

/** The origin of what a dock begins with. */
export const STARTER = "starter";

/**
 * Make the islands and learnwares of an origin those of a static dock. What is here already is not
 * read again, so an import that broke off goes on where it was; what an earlier import of this origin
 * left is removed at the end; what others put here is not touched.
 *
 * @throws AppError `hash_mismatch`, `not_found` or `too_large` if a file is not the one that was
 *   named; nothing of that file is used. `bad_input` if this is no static dock; EngineError `bad_specification` if a book of
 *   it is none.
 */
export async function importStatic(
  source: StaticSource,
  parts: ImportParts,
  options: ImportOptions,
): Promise<ImportReport> {
  return importIslands(await readIslands(source), source, parts, options);
}

/**
 * The same of islands that were read already.
 *
 * @param source - Where zips and books are.
 */
export async function importIslands(
  islands: readonly PublishedIsland[],
  source: StaticSource,
  parts: ImportParts,
  { origin, areShipped = false, onProgress, onRefused = () => undefined }: ImportOptions,
): Promise<ImportReport> {
  const { learnwares: cards } = await parts.store.list({ origin }, { limit: 1e6, offset: 0 });
  const total = islands.reduce((sum, { learnwares }) => sum + learnwares.length, 0);
  const batches = new Batches(source, parts, {
    ...{ origin, areShipped, onRefused },
    held: new Map(cards.map((card) => [card.id, card])),
    onDone: (done) => onProgress?.({ stage: "download", done, total }),
  });
  for (const published of islands) {
    const { island, learnwares } = published;
    const isPlaced = await placeIsland(source, parts, published, origin, cards);
    const addedBefore = batches.count.added;
    await batches.takeAll(learnwares);
    // The scale that came with them was estimated from them.
    const hasGrown = batches.count.added > addedBefore;
    if (isPlaced && hasGrown) await parts.store.settle(island.space.id);
    if (areShipped && hasGrown) await takeMarks(parts.store, published);
  }
  const wanted = new Set(islands.flatMap(({ learnwares }) => learnwares.map(({ id }) => id)));
  const gone = cards.filter(({ id }) => !wanted.has(id));
  await removeAll(parts, gone, new Set(islands.map(({ island }) => island.id)));
  return { ...batches.count, removed: gone.length };
}

/** Every island's file, checked, before anything is changed. */
export async function readIslands(source: StaticSource): Promise<StaticIsland[]> {
  const chunks = await source(staticPaths.index);
  if (!chunks) throw new AppError("not_found", "there is no static dock");
  const index = parse(StaticIndex, await readAll(chunks), staticPaths.index);
  const islands: StaticIsland[] = [];
  for (const mark of index.islands) {
    const path = staticPaths.island(mark.sha256);
    const read = parse(StaticIsland, await readMarked(source, path, mark), path);
    if (read.island.id !== mark.id || read.island.space.version !== mark.spaceVersion) {
      throw new AppError("bad_input", `${path} is not the island that the index names`);
    }
    islands.push(read);
  }
  return islands;
}

function parse<T>(schema: { parse(value: unknown): T }, bytes: Buffer | null, path: string): T {
  try {
    return schema.parse(JSON.parse(bytes?.toString("utf8") ?? ""));
  } catch (cause) {
    throw new AppError(
      "bad_input",
      `${path} is not of a format that this dock reads`,
      {},
      { cause },
    );
  }
}

/**
 * Bring an island here to the version that is published, with all that lives on it. The versions before
 * are put first, because packages may be made for them. Nothing is done if this dock has come further
 * by itself, or others than this mirror live on the island.
 *
 * @returns Whether the island has the published scale now.
 */
async function placeIsland(
  source: StaticSource,
  { store, blobs, describer }: ImportParts,
  { island, earlier }: PublishedIsland,
  origin: Origin,
  cards: readonly LearnwareCard[],
): Promise<boolean> {
  const { space } = island;
  const versions = [...earlier, space].sort((a, b) => a.version - b.version);
  const here = await store.findSpace(space.id);
  if (!here) {
    await takeBooks(source, blobs, versions);
    for (const version of versions) await store.putSpace(version);
    await store.putIsland(Island.parse(island), space.id);
    return true;
  }
  const { definition } = here;
  const ours = (await store.islands()).filter((one) => one.space.id === space.id);
  const living = ours.reduce((sum, { learnwareCount }) => sum + learnwareCount, 0);
  const own = cards.filter(({ islandId }) => ours.some(({ id }) => id === islandId)).length;
  if (living > own && origin !== STARTER) return false;
  if (definition.version > space.version) return false;
  if (definition.version === space.version && scaleOf(definition) !== scaleOf(space)) return false;
  await takeBooks(source, blobs, versions);
  for (const version of versions) {
    const current = await store.findSpace(space.id);
    if (!current || version.version <= current.definition.version) continue;
    await moveIsland({ store, describer }, current, version, () => Promise.resolve());
  }
  await store.putSpace(space); // For its name and the like.
  await store.putIsland(Island.parse(island), space.id);
  return true;
}

/** Keeps the books of all versions. */
async function takeBooks(
  source: StaticSource,
  blobs: ImportParts["blobs"],
  versions: readonly Space[],
): Promise<void> {
  for (const space of versions) {
    if (!space.book || (await blobs.has(space.book.sha256))) continue;
    const { sha256, points } = space.book;
    const cols = kindOf(space).dimension(space);
    const path = staticPaths.book(sha256);
    const bytes = await readNamed(source, path, sha256, MOST_BOOK_HEADER + 4 * points * cols);
    if (decodeBook(bytes, cols).rows !== points) {
      throw new AppError("bad_input", `${path} has another number of points than its space says`);
    }
    await blobs.put(bytes);
  }
}

/** All that specifications depend on. */
function scaleOf(space: Space): string {
  const { kernel, book } = space;
  if (!isOfTables(space)) return JSON.stringify({ kernel, projection: space.projection, book });
  const scales = space.features.map(({ name, type, categories, center, scale }) => {
    return { name, type, categories, center, scale };
  });
  return JSON.stringify({ kernel, scales, book });
}

interface BatchOptions extends Required<
  Pick<ImportOptions, "origin" | "areShipped" | "onRefused">
> {
  /** Of this origin, what is here, by id. */
  readonly held: ReadonlyMap<string, LearnwareCard>;
  readonly onDone: (learnwares: number) => void;
}

/** Takes learnwares in, several at once. */
class Batches {
  readonly count = { added: 0, kept: 0, skipped: 0, refused: 0 };
  readonly #source: StaticSource;
  readonly #parts: Pick<ImportParts, "store" | "blobs" | "intake">;
  readonly #options: BatchOptions;
  #offers: Offer[] = [];

  constructor(
    source: StaticSource,
    parts: Pick<ImportParts, "store" | "blobs" | "intake">,
    options: BatchOptions,
  ) {
    this.#source = source;
    this.#parts = parts;
    this.#options = options;
  }

  /** @throws What `readMarked` throws of a zip; those before it are in. */
  async takeAll(learnwares: readonly Listed[]): Promise<void> {
    try {
      for (const listed of learnwares) {
        const here = await this.#findHere(listed);
        if (here) this.count[here]++;
        else await this.#add(listed);
        this.#say();
      }
    } finally {
      await this.#take();
    }
  }

  /** @returns What is done with one that is not to be read. */
  async #findHere({ id, package: zip }: Listed): Promise<"kept" | "skipped" | null> {
    const { store, blobs } = this.#parts;
    const own = this.#options.held.get(id);
    if (own?.sha256 === zip.sha256 && (await blobs.has(zip.sha256))) return "kept";
    return !own && (await store.find(id)) ? "skipped" : null;
  }

  async #add({ id, package: { sha256, sizeBytes } }: Listed): Promise<void> {
    const held = await this.#parts.blobs.open(sha256);
    const zip =
      (held && (await readAll(held.stream))) ??
      (await readMarked(this.#source, staticPaths.package(sha256), { sha256, sizeBytes }));
    const { origin, areShipped } = this.#options;
    this.#offers.push({ id, zip, origin, isTried: areShipped });
    const bytes = this.#offers.reduce((sum, offer) => sum + offer.zip.length, 0);
    if (this.#offers.length === TOGETHER.zips || bytes >= TOGETHER.bytes) await this.#take();
  }

  async #take(): Promise<void> {
    const offers = this.#offers;
    this.#offers = [];
    if (offers.length === 0) return;
    for (const [id, outcome] of await this.#parts.intake.takeAll(offers)) {
      const isRefused = outcome instanceof Error;
      this.count[isRefused ? "refused" : "added"]++;
      if (isRefused) this.#options.onRefused(id, outcome.message);
    }
    this.#say();
  }

  #say(): void {
    const { added, kept, skipped, refused } = this.count;
    this.#options.onDone(added + kept + skipped + refused);
  }
}

/** Marks as redundant what was found to be so where an island was made, if nobody else lives there. */
async function takeMarks(
  store: ImportParts["store"],
  { island, learnwares }: PublishedIsland,
): Promise<void> {
  const here = await store.findIsland(island.id);
  if (here?.learnwareCount !== learnwares.length) return;
  const packages = new Map(learnwares.map(({ id, package: { sha256 } }) => [id, { id, sha256 }]));
  for (const { id, coveredBy = null } of learnwares) {
    const cover = coveredBy === null ? undefined : packages.get(coveredBy);
    await store.setCoveredBy(packages.get(id)!, cover ?? null);
  }
}

/** Take learnwares out of the dock, and islands that nobody lists any more and nobody lives on. */
async function removeAll(
  { store, intake }: ImportParts,
  gone: readonly LearnwareCard[],
  listed: ReadonlySet<string>,
): Promise<void> {
  for (const { id } of gone) await intake.remove(id);
  for (const islandId of new Set(gone.map((card) => card.islandId))) {
    if (!listed.has(islandId)) await store.removeEmptyIsland(islandId);
  }
}
