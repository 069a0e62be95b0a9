import { Island, type LearnwareCard } from "../../contracts/http/dock-api";
import { AppError } from "../../contracts/outcome";
import { StaticIndex, StaticIsland, staticPaths } from "../../contracts/static/static-dock";
import { isOfTables, type Space } from "../../engine/kinds/space";
import { decodeBook } from "../../engine/specification/files/book-file";
import type { Progress } from "../../engine/ground/progress";
import type { Describer } from "../storage/describer";
import type { Intake } from "../intake/intake";
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
  readonly onProgress?: (progress: Progress) => void;
  /** Told of each that intake does not let in; the others go on. */
  readonly onRefused?: (id: string, reason: string) => void;
}

/** An island as a mirror needs it. */
export interface PublishedIsland extends Pick<StaticIsland, "island" | "earlier"> {
  /** By id. */
  readonly learnwares: readonly Pick<StaticIsland["learnwares"][number], "id" | "package">[];
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

type Listed = PublishedIsland["learnwares"][number];
type Outcome = "added" | "kept" | "skipped" | "refused";

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
  { origin, onProgress, onRefused = () => undefined }: ImportOptions,
): Promise<ImportReport> {
  const count = { added: 0, kept: 0, skipped: 0, refused: 0 };
  const { learnwares: cards } = await parts.store.list({ origin }, { limit: 1e6, offset: 0 });
  const held = new Map(cards.map((card) => [card.id, card]));
  const total = islands.reduce((sum, { learnwares }) => sum + learnwares.length, 0);
  const wanted = new Set<string>();
  for (const published of islands) {
    const { island, learnwares } = published;
    const isPlaced = await placeIsland(source, parts, published, origin, cards);
    const addedBefore = count.added;
    for (const listed of learnwares) {
      wanted.add(listed.id);
      const own = held.get(listed.id);
      const outcome = await takeOne(source, parts, { origin, onRefused }, listed, own);
      count[outcome]++;
      onProgress?.({ stage: "download", done: wanted.size, total });
    }
    // The scale that came with them was estimated from them.
    if (isPlaced && count.added > addedBefore) await parts.store.settle(island.space.id);
  }
  const gone = cards.filter(({ id }) => !wanted.has(id));
  await removeAll(parts, gone, new Set(islands.map(({ island }) => island.id)));
  return { ...count, removed: gone.length };
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

async function takeOne(
  source: StaticSource,
  { store, blobs, intake }: ImportParts,
  { origin, onRefused }: Required<Pick<ImportOptions, "origin" | "onRefused">>,
  { id, package: zip }: Listed,
  own: LearnwareCard | undefined,
): Promise<Outcome> {
  if (own?.sha256 === zip.sha256 && (await blobs.has(zip.sha256))) return "kept";
  if (!own && (await store.find(id))) return "skipped";
  const held = await blobs.open(zip.sha256);
  const bytes =
    (held && (await readAll(held.stream))) ??
    (await readMarked(source, staticPaths.package(zip.sha256), zip));
  const outcome = (await intake.takeAll([{ id, zip: bytes, origin }])).get(id);
  if (!(outcome instanceof Error)) return "added";
  onRefused(id, outcome.message);
  return "refused";
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
