/** @file The island that a learnware of a table lies on: one that is there, or one that it founds. */

import { basename } from "node:path";

import type { ReadTable } from "../../engine/kinds/table/columns/typed-table";
import type { Space } from "../../engine/kinds/table/space/space";
import type { OwnIsland } from "../../workflows/train/found-island";
import { matchTable } from "../options";
import { writeOutput } from "../output";

export function joinIsland(island: Space, read: ReadTable): OwnIsland {
  return { island, matches: matchTable(island, read) };
}

/** What an island is called that nobody has named: as the file of the table. */
export function islandNameOf(file: string): string {
  return basename(file).replace(/\.(csv|tsv|txt)(\.gz)?$/i, "");
}

/** Write a new island where others can join it. */
export async function writeIsland(island: Space, path = `${island.id}.island.json`): Promise<void> {
  await writeOutput(path, `${JSON.stringify(island, null, 1)}\n`);
  console.log(`${path}: a new island of ${island.features.length} features`);
}
