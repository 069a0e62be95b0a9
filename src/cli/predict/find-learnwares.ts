/** @file Which learnwares to reuse: those whose zips are given, or those that a dock has for the table. */

import { readFileSync } from "node:fs";
import { basename } from "node:path";

import type { Dock } from "../../client/dock/dock";
import { inTurn } from "../../client/dock/in-turn";
import { PackageCache } from "../../client/storage/package-cache";
import type { LearnwareCard } from "../../contracts/http/dock-api";
import { fromWire, toWire } from "../../contracts/wire/wire-rkme";
import { EngineError } from "../../engine/ground/errors";
import type { Island } from "../../engine/kinds/table/space/island";
import type { Compute } from "../../engine/specification/kernel/compute";
import { openLearnware } from "../../engine/learnware/package";
import type { Matrix } from "../../engine/ground/matrix";
import { sampleIndices, seededRandom } from "../../engine/ground/random";
import { decodeStat } from "../../engine/specification/files/codec";
import { describeRows } from "../../engine/specification/describe";
import { reduceRows } from "../../engine/specification/reduce/reduce";
import type { Specification } from "../../engine/specification/specification";
import { matchesWithout } from "../../engine/kinds/table/rows/table-rows";
import { readIsland } from "../options";
import { finish } from "../../engine/ground/finish";
import { chooseIsland, matchColumns } from "./match-columns";
import type { Mapping, UserTable } from "./user-table";
import { gaussianKernel } from "../../engine/specification/kernel/kernel";
import type { CandidateSpec } from "../../engine/specification/candidate-spec";

export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly spec: CandidateSpec;
  /** What it predicts. */
  readonly target: string;
  /** 0 for a zip that is here. */
  readonly downloadBytes: number;
  readonly fetchZip: () => Promise<Uint8Array>;
}

/** Learnwares of one island and target, and which columns of the table play the island's features. */
export interface FoundLearnwares extends Mapping {
  readonly candidates: readonly Candidate[];
}

export interface Wanted {
  /** Zips; a dock is asked where there are none. */
  readonly zips: readonly string[];
  /** Id of an island of the dock, or a file with the zips'. */
  readonly island: string | undefined;
  readonly target: string | undefined;
}

/** Learnwares that a dock is asked for. */
const MOST_ASKED = 100;
/** Rows that candidates are compared with. */
const MOST_COMPARED = 10_000;

/**
 * Learnwares for a table: those whose zips are given, else those that the dock finds. To a dock that runs, a
 * specification that passed every check is sent.
 *
 * @throws EngineError `bad_parameter` if there are none, they do not belong together, or no island fits; others as
 *   `describeRows` and `openLearnware` do.
 * @throws AppError as the dock does.
 */
export async function findLearnwares(
  dock: Dock | null,
  compute: Compute,
  table: UserTable,
  wanted: Wanted,
): Promise<FoundLearnwares> {
  const found =
    wanted.zips.length > 0
      ? await fromZips(wanted, table, dock)
      : await fromDock(dock!, compute, table, wanted);
  const targets = [...new Set(found.candidates.map(({ target }) => target))];
  const target = wanted.target ?? targets[0];
  const candidates = found.candidates.filter((candidate) => candidate.target === target);
  if (candidates.length > 0) return { ...found, candidates };
  const known = targets.length > 0 ? `; there are learnwares for ${targets.join(", ")}` : "";
  throw new EngineError("bad_parameter", `no learnware predicts "${target ?? ""}"${known}`);
}

/** Rows that stand for all, scaled by the island. */
export async function sampleOf(table: UserTable, mapping: Mapping): Promise<Matrix<Float32Array>> {
  const rows = sampleIndices(table.rows, MOST_COMPARED, seededRandom(1)).sort();
  return (await table.read(mapping, rows, false)).scaled;
}

async function fromZips(
  { zips, island: islandFile }: Wanted,
  table: UserTable,
  dock: Dock | null,
): Promise<FoundLearnwares> {
  const opened = await Promise.all(
    zips.map(async (path) => {
      const zip = readFileSync(path);
      return { path, zip, learnware: await openLearnware(zip) };
    }),
  );
  const { id } = opened[0]!.learnware.manifest.space;
  const carried = opened.find(({ learnware }) => learnware.island)?.learnware.island;
  const island =
    islandFile === undefined ? (carried ?? (await dock?.island(id))) : readIsland(islandFile);
  if (!island) {
    throw new EngineError(
      "bad_parameter",
      `no zip carries its island "${id}"; give it with --island, or its dock with --dock`,
    );
  }
  for (const { path, learnware } of opened) {
    const own = learnware.manifest.space;
    if (own.id === island.id && own.version === island.version) continue;
    throw new EngineError(
      "bad_parameter",
      `${path} is of the island ${own.id}@${own.version}, not of ${island.id}@${island.version}`,
    );
  }
  const candidates = opened.map(({ path, zip, learnware: { manifest, stat } }) => {
    const { rkme, extras } = decodeStat(stat);
    const name = basename(path);
    const spec = { id: name, rkme, radiusSquared: extras?.radiusSquared ?? Infinity };
    const { target } = manifest.model;
    const about = { id: name, name: manifest.name, spec, target };
    return { ...about, downloadBytes: 0, fetchZip: async () => zip };
  });
  return { ...mappingOf(island, table), candidates };
}

async function fromDock(
  dock: Dock,
  compute: Compute,
  table: UserTable,
  { island: islandId, target }: Wanted,
): Promise<FoundLearnwares> {
  const island = await chooseIsland(dock, table.profile.columns, islandId);
  const mapping = mappingOf(island, table);
  const x = await sampleOf(table, mapping);
  const rkme = dock.sendsRequests
    ? await describeForSending(compute, x, island)
    : await reduceHere(compute, x, island);
  const { singles } = await dock.search({
    islandId: island.id,
    islandVersion: island.version,
    requirement: { kind: "reduced", specification: toWire(rkme) },
    ...(target !== undefined && { filter: { target } }),
    limit: MOST_ASKED,
  });
  const packages = new PackageCache(dock);
  const candidates = await inTurn(singles, {}, async ({ learnware }) =>
    candidateOf(dock, packages, learnware, island),
  );
  return { ...mapping, candidates };
}

function mappingOf(island: Island, { profile, answersColumn }: UserTable): Mapping {
  return { island, matches: matchesWithout(matchColumns(island, profile.columns), answersColumn) };
}

async function candidateOf(
  dock: Dock,
  packages: PackageCache,
  card: LearnwareCard,
  island: Island,
): Promise<Candidate> {
  const named = { ...card, islandVersion: island.version };
  const { id, rkme, radiusSquared } = await dock.specification(named);
  return {
    id,
    name: card.name,
    spec: { id, rkme: fromWire(rkme), radiusSquared },
    target: card.target,
    downloadBytes: card.sizeBytes,
    fetchZip: () => packages.get(card),
  };
}

async function describeForSending(
  compute: Compute,
  x: Matrix<Float32Array>,
  { gamma }: Island,
): Promise<Specification> {
  const { rkme, rows, preflight } = await finish(
    describeRows(compute, x, { kernel: gaussianKernel(gamma) }),
  );
  rows.dispose();
  console.error(`sent: ${preflight.points} made-up points, each for several rows; never a row`);
  return rkme;
}

/** For a search that is made here: nothing leaves, so there is nothing to check. */
async function reduceHere(
  compute: Compute,
  x: Matrix<Float32Array>,
  { gamma }: Island,
): Promise<Specification> {
  const rows = await compute.load(x);
  try {
    return await finish(reduceRows(compute, rows, x, { kernel: gaussianKernel(gamma) }));
  } finally {
    rows.dispose();
  }
}
