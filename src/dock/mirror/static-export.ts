import { join } from "node:path";

import type {
  IslandSummary,
  LearnwareCard,
  WireSpecification,
} from "../../contracts/http/dock-api";
import { ChartDocument } from "../../contracts/http/chart-api";
import { sketchLength } from "../../contracts/wire/sketch-length";
import { AppError } from "../../contracts/outcome";
import {
  type FileMark,
  staticFolders,
  type StaticIndex,
  type StaticIsland,
  staticPaths,
  type StaticTexts,
} from "../../contracts/static/static-dock";
import { chartOf } from "../../contracts/wire/wire-chart";
import { specificationFromWire, weightsFromWire } from "../../contracts/wire/wire-on-book";
import { openBook, sketchOnBook } from "../../engine/specification/book/book";
import { decodeBook } from "../../engine/specification/files/book-file";
import { sketchOf } from "../../engine/specification/kernel/random-features";
import { islandFeatures } from "../../engine/search/sketches/island-features";
import { tagsOf } from "../../engine/search/words/semantic-filter";
import { quantiseSketches } from "../../engine/search/sketches/sketch-scan";
import { ChartDrawing } from "../jobs/draw-chart";
import { HashedFiles } from "./hashed-files";
import { exportApp } from "./static-app";
import type { BlobStore } from "../storage/blobs/blob-store";
import { readAll } from "../storage/blobs/read-all";
import type { LearnwareStore, MatchQuery, TextMatch } from "../storage/learnware-store";
import { kindOf } from "../../engine/kinds/index";
import type { Space } from "../../engine/kinds/space";
import type { BookMark } from "../../engine/specification/book/book-mark";

interface ExportParts {
  readonly store: Pick<
    LearnwareStore,
    | "chart"
    | "findSpace"
    | "growth"
    | "islands"
    | "list"
    | "match"
    | "placed"
    | "putChart"
    | "spaceVersions"
    | "specificationsOn"
  >;
  readonly blobs: Pick<BlobStore, "open">;
}

interface ExportOptions {
  /** The built app, to be put beside the dock, which then lies in `dock/`. */
  readonly appDirectory?: string;
  /** What the dock is called. */
  readonly name?: string | undefined;
  /** Origins of other docks that the page may ask. */
  readonly docks?: readonly string[];
  /** Remove what an older export left. Pages that were opened before may still ask for it. */
  readonly prune?: boolean;
}

/** What an export wrote, and what it removed. */
export interface ExportReport {
  readonly islands: number;
  readonly learnwares: number;
  /** Learnwares that cannot be read, and are left out. */
  readonly unreadable: number;
  /** Files that were not there before. */
  readonly written: number;
  readonly removed: number;
  /** Of the whole dock, without the app. */
  readonly sizeBytes: number;
}

/** Where the dock lies beside the app. */
const BESIDE_APP = "dock";
/** Cards read at once. */
const PAGE = 5000;

/**
 * Write a dock as plain files, which any web server can host. The same dock gives the same bytes.
 * The index comes last, so that it never names a file that is not there; what is there already is
 * not written again.
 *
 * @throws AppError `not_found` if a learnware's zip is gone, `hash_mismatch` if it is another.
 */
export async function exportStatic(
  parts: ExportParts,
  directory: string,
  { appDirectory, name, docks = [], prune = false }: ExportOptions = {},
): Promise<ExportReport> {
  const files = new HashedFiles(appDirectory ? join(directory, BESIDE_APP) : directory);
  const index: StaticIndex = {
    format: "berth-dock-3",
    ...(name !== undefined && { name }),
    islands: [],
  };
  const exported = new Set<string>();
  let learnwares = 0;
  let unreadable = 0;
  for (const summary of await parts.store.islands()) {
    const island = await exportIsland(parts, files, summary);
    learnwares += island.learnwares.length;
    for (const { id } of island.learnwares) exported.add(id);
    unreadable += Math.max(0, summary.learnwareCount - island.learnwares.length);
    const mark = await files.put(encode(island), staticPaths.island);
    const { id, space } = summary;
    index.islands.push({ id, spaceVersion: space.version, ...mark });
  }
  index.chart = await exportChart(parts.store, files, exported);
  await files.replace(staticPaths.index, canonicalJson(index));
  const removed = prune ? await files.prune(staticFolders) : 0;
  if (appDirectory) await exportApp(appDirectory, directory, BESIDE_APP, docks);
  const { written, sizeBytes } = files;
  return { islands: index.islands.length, learnwares, unreadable, written, removed, sizeBytes };
}

async function exportIsland(
  { store, blobs }: ExportParts,
  files: HashedFiles,
  island: IslandSummary,
): Promise<StaticIsland> {
  const { space } = island;
  const cards = await cardsOf(store, island.id);
  const specifications = (await store.specificationsOn(island.id, space.version))
    .filter(({ id }) => cards.has(id)) // Others were removed in between.
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const versions = await store.spaceVersions(space.id);
  for (const { book } of versions) if (book) await exportBook(blobs, files, book);
  const count = sketchLength(space);
  const sketch = await sketcherOf(blobs, space);
  const sketches = new Float32Array(specifications.length * count);
  const learnwares: Omit<StaticIsland["learnwares"][number], "scale">[] = [];
  const texts: StaticTexts = [];
  for (const [i, specification] of specifications.entries()) {
    sketches.set(sketch(specification), i * count);
    const { card, coveredBy } = cards.get(specification.id)!;
    const { id, task, target, sha256, sizeBytes } = card;
    const zip = { sha256, sizeBytes };
    await files.take(zip, staticPaths.package, () => openZip(blobs, card));
    const file = await files.put(encode({ card, specification }), staticPaths.learnware);
    learnwares.push({ id, task, target, coveredBy, file, package: zip });
    const { name, description, semantic, metrics, rowCount, translations } = card;
    texts.push({
      ...{ name, description, tags: tagsOf(semantic), metrics, rowCount },
      ...(translations && { translations }),
    });
  }
  const { data, scales } = quantiseSketches(sketches, count);
  const targets = [...new Set(learnwares.map(({ target }) => target))].sort();
  return {
    island: { ...island, learnwareCount: learnwares.length, targets },
    earlier: versions.filter(({ version }) => version < space.version),
    learnwares: learnwares.map((one, i) => ({ ...one, scale: scales[i]! })),
    sketches: await files.put(new Uint8Array(data.buffer), staticPaths.sketches),
    texts: await files.put(encode(texts), staticPaths.texts),
  };
}

/** Drawn anew if it lags behind; without what was left out. */
async function exportChart(
  store: ExportParts["store"],
  files: HashedFiles,
  exported: ReadonlySet<string>,
): Promise<FileMark> {
  const drawn = await new ChartDrawing({ store }).run({ keep: () => Promise.resolve() });
  const document = ChartDocument.parse(JSON.parse(drawn.document));
  return files.put(encode(chartOf(document, exported)), staticPaths.chart);
}

async function exportBook(
  blobs: ExportParts["blobs"],
  files: HashedFiles,
  { sha256 }: BookMark,
): Promise<void> {
  await files.put(await readBook(blobs, sha256), staticPaths.book);
}

async function readBook(blobs: ExportParts["blobs"], sha256: string): Promise<Uint8Array> {
  const blob = await blobs.open(sha256);
  const bytes = blob && (await readAll(blob.stream));
  if (!bytes) throw new AppError("not_found", `the book ${sha256} is gone`);
  return bytes;
}

/** Makes the sketches of a space, by plain loops in double precision. */
async function sketcherOf(
  blobs: ExportParts["blobs"],
  space: Space,
): Promise<(specification: WireSpecification) => Float64Array> {
  const width = kindOf(space).dimension(space);
  const { book: mark } = space;
  if (mark) {
    const points = decodeBook(await readBook(blobs, mark.sha256), width);
    const book = openBook(points, space.kernel);
    return ({ rkme }) => {
      if ("book" in rkme) return sketchOnBook(book, weightsFromWire(rkme, mark));
      throw new AppError("internal", "a specification is not on the book of its space");
    };
  }
  const features = islandFeatures(space, width);
  return ({ rkme }) => {
    const { points, weights } = specificationFromWire(rkme, space, null);
    return sketchOf(points, weights, features);
  };
}

async function cardsOf(
  store: ExportParts["store"],
  islandId: string,
): Promise<Map<string, TextMatch>> {
  const cards = new Map<string, TextMatch>();
  for (let after: MatchQuery["after"]; ;) {
    const page = await store.match({ filter: {}, islandIds: [islandId], after, limit: PAGE });
    for (const match of page) cards.set(match.card.id, match);
    const last = page.at(-1);
    if (!last || page.length < PAGE) return cards;
    after = { at: last.at, id: last.card.id };
  }
}

async function openZip(
  blobs: ExportParts["blobs"],
  { id, sha256 }: LearnwareCard,
): Promise<AsyncIterable<Uint8Array>> {
  const blob = await blobs.open(sha256);
  if (!blob) throw new AppError("not_found", `the zip of ${id} is gone`);
  return blob.stream;
}

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(canonicalJson(value));
}

/** With keys in alphabetical order, so that the same value always gives the same bytes. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
