/** @file Makes the learnwares of one feature space, and the tables of users who have another. */

import { join } from "node:path";

import { readTableFile } from "../../src/cli/read-table-file";
import { type Domain, domainsOf } from "../../src/cli/starter/domains";
import { finish } from "../../src/engine/ground/finish";
import { EngineError } from "../../src/engine/ground/errors";
import { encodeRows } from "../../src/engine/kinds/table/space/encode";
import { foundSpace } from "../../src/engine/kinds/table/space/found";
import type { Space } from "../../src/engine/kinds/table/space/space";
import type { Compute } from "../../src/engine/specification/kernel/compute";
import { pickTarget, type Target } from "../../src/engine/learner/target";
import { type RunnableModel, runnableModel } from "../../src/engine/learnware/runnable-model";
import { openLearnware } from "../../src/engine/learnware/package";
import { trainLearnware } from "../../src/workflows/train/train";
import { trainingTarget } from "../../src/workflows/train/training-target";
import { sampleIndices, seededRandom } from "../../src/engine/ground/random";
import { decodeStat, encodeStat } from "../../src/engine/specification/files/codec";
import type { Specification } from "../../src/engine/specification/specification";
import type { Column, Table } from "../../src/engine/kinds/table/columns/column";
import type { ColumnProfile } from "../../src/engine/kinds/table/columns/profile";
import { readTable } from "../../src/engine/kinds/table/read/delimited/read-table";
import { selectRows } from "../../src/engine/kinds/table/columns/select-rows";
import { sourceOfBytes, type TableSource } from "../../src/engine/kinds/table/read/source";
import { byteTools } from "../../src/runtime/byte-tools";
import { openModel, type OrtModel } from "../../src/runtime/models/ort-session";
import type { Cache } from "./market-cache";
import type { HeteroPlan } from "./market-hetero-plans";
import { reduceAsReference } from "./reference-way";
import type { CandidateSpec } from "../../src/engine/specification/candidate-spec";
import { secretOf } from "../fixtures/secret";

export interface HeteroLearnware {
  readonly id: string;
  readonly about: RunnableModel;
  readonly spec: CandidateSpec;
  /** The specification that the reference makes of the same rows. */
  readonly reference: Specification;
  readonly model: OrtModel;
}

export interface HeteroUser {
  /** Of the domain, and of its learnware if there is one. */
  readonly id: string;
  /** What the user has: first the rows that may be labelled, then those asked about. */
  readonly table: Table;
  readonly columns: readonly ColumnProfile[];
  /** The same rows with all columns of the market, by their own names. */
  readonly whole: Table;
  /** Of all rows. */
  readonly target: Target;
  readonly labelled: number;
}

export interface HeteroMarket {
  readonly island: Space;
  readonly learnwares: readonly HeteroLearnware[];
  readonly users: readonly HeteroUser[];
  /** Names of the classes in the order of the target's codes; empty for numbers. */
  readonly labels: readonly string[];
}

const HELD_BACK_SHARE = 0.4;
const MOST_ASKED = 300;
const MOST_LABELLED = 200;
/** With fewer there are no 200 rows that can be labelled. */
const FEWEST_ROWS = MOST_LABELLED / (1 - HELD_BACK_SHARE) + 1;

export async function buildHetero(
  plan: HeteroPlan,
  data: string,
  compute: Compute,
  cache: Cache,
  size: { readonly domains: number; readonly users: number },
): Promise<HeteroMarket> {
  const read = (await readTableFile(join(data, plan.table.file))).table;
  const { rows, target, labels } = trainingTarget(read, {
    column: plan.table.target.column,
    task: plan.table.task,
  });
  const table = selectRows(read, rows);
  const domains = domainsOf(plan.table, table)
    .filter(({ rows: own }) => own.length >= FEWEST_ROWS)
    .slice(0, size.domains);
  const random = seededRandom(1);
  const parts = domains.map(({ id, rows: own }) => {
    const mixed = Array.from(sampleIndices(own.length, own.length, random), (i) => own[i]!);
    const held = Math.round(HELD_BACK_SHARE * own.length);
    return { id, asked: mixed.slice(0, held).slice(0, MOST_ASKED), trained: mixed.slice(held) };
  });
  const about = plan.table.island;
  const features = about.features.filter(({ column }) => plan.learned.includes(column));
  const trainedRows = parts.flatMap(({ trained }) => trained);
  const island = foundSpace({ ...about, features }, selectRows(table, trainedRows));
  const learnwares: HeteroLearnware[] = [];
  for (const [i, domain] of domains.entries()) {
    const made = await makeLearnware(
      plan,
      compute,
      cache,
      table,
      island,
      domain,
      parts[i]!.trained,
    );
    if (made) learnwares.push(made);
  }
  const chosen = [...sampleIndices(parts.length, size.users, seededRandom(3))];
  const users = await Promise.all(
    chosen.map(async (index) => {
      const { id, asked, trained } = parts[index]!;
      const known = trained.slice(0, MOST_LABELLED);
      const own = [...known, ...asked];
      const whole = selectRows(table, own);
      const { table: had, profile } = await finish(readTable(csvOf(whole, plan.had)));
      const common = { id, table: had, columns: profile.columns, whole };
      return { ...common, target: pickTarget(target, own), labelled: known.length };
    }),
  );
  return { island, learnwares, users, labels };
}

/** Null if no specification of the domain's rows is safe to publish. */
async function makeLearnware(
  { table: plan }: HeteroPlan,
  compute: Compute,
  cache: Cache,
  table: Table,
  island: Space,
  { id, name }: Domain,
  trained: readonly number[],
): Promise<HeteroLearnware | null> {
  const options = {
    target: { column: plan.target.column, task: plan.task },
    about: {
      name: plan.title.replaceAll("{domain}", name),
      description: plan.about.replaceAll("{domain}", name),
      scenario: plan.scenario,
      licence: plan.licence,
      source: plan.source,
    },
    model: "trees" as const,
    secret: secretOf(1),
  };
  const matches = island.features.map((feature) => ({
    feature: feature.name,
    column: table.columns.findIndex((column) => column.name === feature.name),
  }));
  const madeFrom = ["hetero", JSON.stringify([island, plan.target, id, trained])];
  const zip = await cache.get(madeFrom, async () => {
    const own = selectRows(table, trained);
    try {
      return (await finish(trainLearnware(compute, own, island, matches, options))).zip;
    } catch (error) {
      if (error instanceof EngineError && error.code === "preflight_failed") return NOTHING;
      throw error;
    }
  });
  if (zip.length === 0) return null;
  const { stat, model, manifest } = await openLearnware(zip);
  const { rkme, extras } = decodeStat(stat);
  const spec = { id, rkme, radiusSquared: extras!.radiusSquared };
  const raw = encodeRows(selectRows(table, trained), island, matches, { scaled: false });
  const reference = await cache.get(["hetero reference", ...madeFrom], () =>
    new TextEncoder().encode(
      encodeStat(reduceAsReference(raw), { space: island.id, spaceVersion: 1, radiusSquared: 0 }),
    ),
  );
  const about = runnableModel(manifest);
  return {
    id,
    about,
    spec,
    reference: decodeStat(new TextDecoder().decode(reference)).rkme,
    model: await openModel(model, about),
  };
}

const NOTHING = new Uint8Array(0);

/** The user's columns under the user's names, as a file. */
function csvOf({ columns, rows }: Table, had: HeteroPlan["had"]): TableSource {
  const own = Object.entries(had).map(([name, renamed]) => ({
    column: columns.find((column) => column.name === name)!,
    renamed,
  }));
  const lines = Array.from({ length: rows }, (_, i) => own.map(({ column }) => cell(column, i)));
  const text = [own.map(({ renamed }) => renamed), ...lines].map((l) => l.join(",")).join("\n");
  return sourceOfBytes(new TextEncoder().encode(text), byteTools);
}

function cell({ numbers, codes, categories }: Column, row: number): string {
  if (numbers) return Number.isNaN(numbers[row]!) ? "" : String(numbers[row]!);
  const code = codes?.[row] ?? -1;
  return code < 0 ? "" : `"${categories[code]!}"`;
}
