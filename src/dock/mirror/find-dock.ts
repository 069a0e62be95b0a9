import { z } from "zod";

import {
  IslandList,
  type LearnwareCard,
  LearnwareList,
  SpaceVersions,
} from "../../contracts/http/dock-api";
import { AppError } from "../../contracts/outcome";
import { StaticIndex, staticPaths } from "../../contracts/static/static-dock";
import { readAll } from "../storage/blobs/read-all";
import { type PublishedIsland, readIslands } from "./import-static";
import { directorySource, download, type StaticSource, webSource } from "./static-source";

/** A dock to be mirrored, wherever it is. */
export interface FoundDock {
  /** What names it. */
  readonly address: string;
  readonly islands: readonly PublishedIsland[];
  /** Where its zips and books are. */
  readonly source: StaticSource;
}

/** Cards asked for at once. */
const PAGE = 200;

/**
 * A dock of plain files in a directory.
 *
 * @throws AppError `not_found` if there is none.
 */
export async function dockInDirectory(directory: string): Promise<FoundDock> {
  const source = directorySource(directory);
  return { address: directory, source, islands: await readIslands(source) };
}

/**
 * The dock at an address: one of plain files, there or below `dock/`, where `export --with-app` puts it; or one that runs.
 *
 * @throws AppError `not_found` if there is none; `network_failed`.
 */
export async function dockAt(address: string): Promise<FoundDock> {
  const base = address.replace(/#.*$/, "").replace(/\/?(index\.(json|html))?$/, "/");
  for (const place of [base, `${base}dock/`]) {
    const source = webSource(place);
    if (!(await isStatic(source))) continue;
    return { address: place, source, islands: await readIslands(source) };
  }
  const running = await runningAt(base);
  if (running) return running;
  throw new AppError(
    "not_found",
    `there is no dock at ${base}: neither plain files (index.json, dock/index.json) nor one that runs (api/v1/islands)`,
  );
}

/** Some servers answer every address with their page. */
async function isStatic(source: StaticSource): Promise<boolean> {
  const chunks = await source(staticPaths.index);
  return chunks !== null && (await parsed(chunks, StaticIndex)) !== null;
}

async function runningAt(base: string): Promise<FoundDock | null> {
  const api = new URL("api/v1/", base);
  const list = await ask(api, "islands", IslandList);
  if (!list) return null;
  const islands: PublishedIsland[] = [];
  const idOf = new Map<string, string>();
  for (const island of list.islands) {
    const versions = await ask(api, `islands/${island.id}/versions`, SpaceVersions);
    const earlier = versions?.versions.filter(({ version }) => version < island.space.version);
    const cards = await cardsOf(api, island.id);
    for (const { id, sha256 } of cards) idOf.set(sha256, id);
    const learnwares = cards.map(({ id, sha256, sizeBytes }) => {
      return { id, package: { sha256, sizeBytes } };
    });
    islands.push({ island, earlier: earlier ?? [], learnwares });
  }
  const source: StaticSource = async (path) => {
    const [, folder, sha256 = ""] = /^(\w+)\/([0-9a-f]{64})\./.exec(path) ?? [];
    if (folder === "books") return download(new URL(`books/${sha256}`, api));
    const id = idOf.get(sha256);
    return id === undefined
      ? null
      : download(new URL(`learnwares/${id}/package?sha256=${sha256}`, api));
  };
  return { address: base, islands, source };
}

/** @throws AppError `network_failed` if that is not all: a mirror would remove what it does not see. */
async function cardsOf(api: URL, islandId: string): Promise<LearnwareCard[]> {
  const cards: LearnwareCard[] = [];
  for (let total = Infinity; cards.length < total;) {
    const path = `learnwares?islandId=${islandId}&limit=${PAGE}&offset=${cards.length}`;
    const page = await ask(api, path, LearnwareList);
    if (!page || (page.learnwares.length === 0 && page.total > cards.length)) {
      throw new AppError("network_failed", `${api.host} changed while it was read: pull again`);
    }
    cards.push(...page.learnwares);
    total = page.total;
  }
  return cards;
}

/** Null where there is nothing, or something else. */
async function ask<T>(api: URL, path: string, schema: z.ZodType<T>): Promise<T | null> {
  const chunks = await download(new URL(path, api));
  return chunks && parsed(chunks, schema);
}

async function parsed<T>(
  chunks: AsyncIterable<Uint8Array>,
  schema: z.ZodType<T>,
): Promise<T | null> {
  try {
    return schema.parse(JSON.parse((await readAll(chunks))?.toString("utf8") ?? ""));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
