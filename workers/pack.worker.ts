/** @file Makes a learnware of a model that was trained elsewhere, as `berth pack` does. The rows stay in here. */

import "../src/contracts/no-eval";

import { AppError } from "../src/contracts/outcome";
import type { PackApi, PackWish } from "../src/contracts/workers/pack-api";
import type { TableSpace } from "../src/engine/kinds/space";
import type { ReadTable } from "../src/engine/kinds/table/columns/typed-table";
import type { FeatureMatch } from "../src/engine/kinds/table/space/space";
import { otherReaders } from "../src/engine/kinds/table/read/formats";
import { openTable } from "../src/engine/kinds/table/read/index";
import type { ReadOptions } from "../src/engine/kinds/table/read/reader";
import { type ForeignModel, readForeign } from "../src/engine/pack/foreign-model";
import { chooseCompute } from "../src/runtime/compute/choose-compute";
import { ModelPool } from "../src/runtime/models/model-pool";
import { startRuntime } from "../src/runtime/models/start-runtime";
import { drive } from "../src/runtime/threads/drive";
import { nextTask } from "../src/runtime/threads/next-task";
import { type Job, serve, stopIfAborted } from "../src/runtime/threads/serve";
import { workerThread } from "../src/runtime/threads/worker-thread";
import { rankSpaces } from "../src/workflows/columns/rank-spaces";
import { packModel } from "../src/workflows/pack/pack-model";
import { readAsTaken, typesLike, valuesOf } from "../src/workflows/pack/read-as-taken";
import { fixedValues } from "../src/engine/pack/fixed-values";
import { runForeign } from "../src/workflows/pack/run-foreign";
import { foundIsland } from "../src/workflows/train/found-island";
import { sourceOfFile } from "./parts/file-source";
import ModelsWorker from "./models.worker?worker&inline";

type Types = ReadOptions["types"];

let model: ForeignModel | null = null;
let rows: File | null = null;
/** How it was read last, by the types that were asked for. */
let lastRead: { readonly key: string; readonly read: ReadTable } | null = null;

serve<PackApi>({
  readModel(bytes) {
    model = readForeign(bytes);
    const { inputs, outputs, classes } = model;
    return { inputs, outputs, classes };
  },
  async readRows(file, job) {
    rows = file;
    lastRead = null;
    const { table } = await readRows({}, job);
    const columns = table.columns.map(({ name, type }) => ({ name, type }));
    return { rows: table.rows, columns };
  },
  async places(wish, spaces, job) {
    const { read, plan } = await taken(wish, job);
    const inputs = plan.chosen.inputs.map(({ input, columns }) => ({ input: input.name, columns }));
    const ranked = rankSpaces(spaces, read.profile);
    const fitting = ranked.flatMap(({ islandId, matches }) =>
      holdsAll(matches, plan.columns, read) ? [islandId] : [],
    );
    return { inputs, fitting };
  },
  async pack(request, secret, ortWasm, job) {
    const { target, title, join, isUnseen, about, answer } = request;
    const { output, labels, isLogits, pick } = answer;
    const { read, plan } = await taken(request, job);
    const { island, matches } = join
      ? { island: join.space, matches: matchesIn(join.space, read) }
      : foundIsland(read.table, {
          ...{ target, name: title, columns: plan.columns },
          values: valuesOf(read, plan),
        });
    const types = typesLike(read, [target, ...plan.columns]);
    const test = request.test && (await readTable(request.test, types, job)).table;
    const sample = request.sample && (await readTable(request.sample, types, job)).table;
    const wasm = await ortWasm.arrayBuffer();
    const pool = new ModelPool({ spawn: () => workerThread(new ModelsWorker()), count: 1, wasm });
    const stop = () => pool.dispose();
    job.signal.addEventListener("abort", stop, { once: true });
    const compute = await chooseCompute("wasm", nextTask);
    try {
      await startRuntime((bytes) => pool.open(bytes));
      const steps = packModel(compute, opened(), read.table, island, matches, plan, {
        target: { column: target },
        about: { ...about, scenario: ["Others"], licence: "Others", source: "not stated" },
        wish: {
          ...{ output: output ?? undefined, labels: labels ?? undefined },
          ...{ isLogits: isLogits ?? undefined, pick: pick ?? undefined },
        },
        ...{ fixed: fixedBy(request), test, sample, isUnseen, secret, run: runForeign(pool) },
        book: join?.book ?? null,
      });
      const { zip, preflight, measured, notes } = await drive(steps, job);
      stopIfAborted(job.signal);
      return job.give({ zip, preflight, measured, notes });
    } finally {
      job.signal.removeEventListener("abort", stop);
      compute.dispose();
      pool.dispose();
    }
  },
});

function opened(): ForeignModel {
  if (!model) throw new AppError("not_prepared", "no model was opened");
  return model;
}

function taken(wish: PackWish, job: Job) {
  const { target, names } = wish;
  const asked = { target, names, fixed: fixedBy(wish) };
  return readAsTaken((types) => readRows(types, job), opened(), asked);
}

function fixedBy({ fixed }: PackWish) {
  return fixedValues(opened(), fixed);
}

async function readRows(types: Types, job: Job): Promise<ReadTable> {
  if (!rows) throw new AppError("not_prepared", "no table was opened");
  const key = JSON.stringify(types);
  if (lastRead?.key === key) return lastRead.read;
  const read = await readTable(rows, types, job);
  lastRead = { key, read };
  return read;
}

async function readTable(file: File, types: Types, job: Job): Promise<ReadTable> {
  const opening = openTable(sourceOfFile(file), file.name, types ? { types } : {}, otherReaders);
  const { read } = await drive(opening, job);
  return read;
}

function matchesIn(space: TableSpace, { profile }: ReadTable): readonly FeatureMatch[] {
  return rankSpaces([space], profile)[0]?.matches ?? [];
}

/** Whether each of these columns is a feature. */
function holdsAll(
  matches: readonly FeatureMatch[],
  names: readonly string[],
  { table }: ReadTable,
): boolean {
  return names.every((name) => {
    const place = table.columns.findIndex((column) => column.name === name);
    return matches.some(({ column }) => column === place);
  });
}
