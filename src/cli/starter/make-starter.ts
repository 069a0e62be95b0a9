/**
 * @file Makes public/starter, the learnwares a new dock begins with, from the tables named in
 * tables.ts. Run with `npm run starter -- --data DIR`. The tables themselves are not kept. What is published of their
 * rows depends on the machine's secret, so bytes differ by machine unless BERTH_SECRET_FILE names the same. With `--words`
 * models and specifications stay as they are, and only what is said of them is written again; with `--pinned` those of texts
 * and pictures are made anew, and those of tables stay.
 */

import { createHash } from "node:crypto";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { EngineError } from "../../engine/ground/errors";
import { foundSpace } from "../../engine/kinds/table/space/found";
import type { FeatureMatch, Space } from "../../engine/kinds/table/space/space";
import { openLearnware } from "../../engine/learnware/package";
import type { BookPoints } from "../../engine/specification/book/book";
import { FEWEST_FOR_BOOK, makeBook } from "../../engine/specification/book/make-book";
import { encodeBook } from "../../engine/specification/files/book-file";
import { decodeStat } from "../../engine/specification/files/codec";
import type { Compute } from "../../engine/specification/kernel/compute";
import { trainLearnware } from "../../workflows/train/train";
import type { Table } from "../../engine/kinds/table/columns/column";
import { selectRows } from "../../engine/kinds/table/columns/select-rows";
import { WasmCompute } from "../../runtime/compute/wasm/wasm-compute";
import { machineSecret } from "../machine-secret";
import { readTableFile } from "../read-table-file";
import { finish } from "../../engine/ground/finish";
import type { ExportReport } from "../../dock/mirror/static-export";
import { inChinese } from "./chinese";
import { domainsOf } from "./domains";
import { type Packed, packStarter } from "./pack-starter";
import { makePinned } from "./pinned/make-pinned";
import type { StarterTable } from "./recipe";
import { sayAgain } from "./say-again";
import { starterTables } from "./tables";

const folder = join(import.meta.dirname, "../../../public/starter");

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: "string", default: "../shared/data" },
      words: { type: "boolean", default: false },
      pinned: { type: "boolean", default: false },
    },
  });
  if (values.words || values.pinned) {
    const kept = await sayAgain(folder);
    const pinned = values.pinned ? await makePinned(values.data) : kept.pinned;
    tell(await packStarter(kept.spaces, kept.books, [...kept.tables, ...pinned], folder));
    return;
  }
  const compute = await WasmCompute.create();
  const islands: Space[] = [];
  const books: Uint8Array[] = [];
  const packed: Packed[] = [];
  for (const [id, tables] of byIsland()) {
    const loaded = await Promise.all(
      tables.map(async (plan) => ({
        plan,
        table: (await readTableFile(join(values.data, plan.file))).table,
      })),
    );
    const founding = loaded.map(({ plan, table }) => selectRows(table, trainedRows(plan, table)));
    const founded = foundSpace(tables[0]!.island, stack(founding));
    const makeAll = async (island: Space, book: BookPoints | null) => {
      const made: Packed[] = [];
      for (const { plan, table } of loaded) {
        made.push(...(await makeLearnwares(compute, plan, table, island, book)));
      }
      return made;
    };
    // Outlines found the island; where they are enough, its book is made of them, and all are described anew on it.
    const outlined = await makeAll(founded, null);
    const opened = await openBookOf(founded, outlined);
    const island = opened?.island ?? founded;
    islands.push(island);
    if (opened) books.push(opened.file);
    packed.push(...(opened ? await makeAll(island, opened.points) : outlined));
    const points = island.book ? `a book of ${island.book.points} points` : "no book";
    console.log(
      `${id}: gamma ${island.kernel.gamma}, ${points}, ${packed.length} learnwares so far`,
    );
  }
  packed.push(...(await makePinned(values.data)));
  tell(await packStarter(islands, books, packed, folder));
}

function tell({ learnwares, islands, sizeBytes }: ExportReport): void {
  console.log(`${learnwares} learnwares on ${islands} islands, ${(sizeBytes / 1e6).toFixed(1)} MB`);
}

function byIsland(): Map<string, StarterTable[]> {
  const groups = new Map<string, StarterTable[]>();
  for (const table of starterTables) {
    const group = groups.get(table.island.id) ?? [];
    groups.set(table.island.id, [...group, table]);
  }
  return groups;
}

/** Rows of domains that get a learnware; the held-out ones must not shape the island either. */
function trainedRows(plan: StarterTable, table: Table): Int32Array {
  return Int32Array.from(domainsOf(plan, table).flatMap(({ rows }) => [...rows]));
}

async function makeLearnwares(
  compute: Compute,
  plan: StarterTable,
  table: Table,
  island: Space,
  book: BookPoints | null,
): Promise<Packed[]> {
  const matches: FeatureMatch[] = island.features.map(({ name }) => ({
    feature: name,
    column: table.columns.findIndex((column) => column.name === name),
  }));
  const split = table.columns.find(({ name }) => name === plan.splitColumn);
  const made: Packed[] = [];
  for (const domain of domainsOf(plan, table)) {
    const rows = selectRows(table, domain.rows);
    const isTestRow = split?.codes
      ? (row: number) => split.categories[split.codes![domain.rows[row]!]!] === "test"
      : undefined;
    const named = (text: string) => text.replaceAll("{domain}", domain.name);
    try {
      const { zip, manifest, preflight, kind } = await finish(
        trainLearnware(compute, rows, island, matches, {
          target: {
            column: plan.target.column,
            task: plan.task,
            ...(plan.labels && { labels: plan.labels }),
            ...(plan.target.unit && { unit: plan.target.unit }),
          },
          about: {
            name: named(plan.title),
            description: named(plan.about),
            scenario: plan.scenario,
            licence: plan.licence,
            source: plan.source,
            translations: inChinese(named(plan.title)),
          },
          secret: machineSecret(),
          book,
          ...(isTestRow && { isTestRow }),
        }),
      );
      const id = domain.id;
      made.push({ id, zip });
      const [metric] = manifest.metrics;
      console.log(
        `  ${id}: ${rows.rows} rows, ${kind}, ${preflight.points} points, ${(zip.length / 1000).toFixed(0)} kB, ` +
          `${metric?.name} ${metric?.value} (trivial ${metric?.trivial})`,
      );
    } catch (error) {
      if (!(error instanceof EngineError && error.code === "preflight_failed")) throw error;
      console.log(`  ${domain.id}: left out, ${error.message}`);
    }
  }
  return made;
}

/** The island with a book of what its learnwares publish; null if they are too few for one. */
async function openBookOf(island: Space, outlined: readonly Packed[]) {
  if (outlined.length < FEWEST_FOR_BOOK) return null;
  const outlines = await Promise.all(
    outlined.map(async ({ zip }) => decodeStat((await openLearnware(zip)).stat).rkme),
  );
  const points = await makeBook(outlines, `${island.id}@${island.version}`);
  if (!points) return null;
  const file = encodeBook(points);
  const sha256 = createHash("sha256").update(file).digest("hex");
  return { points, file, island: { ...island, book: { sha256, points: points.rows } } };
}

/** Tables of the same columns as one, below each other; numbers only, as its one user needs. */
function stack(tables: readonly Table[]): Table {
  const [first, ...others] = tables;
  if (others.length === 0) return first!;
  return {
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    columns: first!.columns.map(({ name, type }, c) => ({
      name,
      type,
      numbers: Float64Array.from(tables.flatMap((table) => [...(table.columns[c]!.numbers ?? [])])),
      codes: null,
      categories: [],
    })),
  };
}

await main();
