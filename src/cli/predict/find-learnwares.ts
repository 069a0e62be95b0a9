/** @file Which learnwares to reuse: those whose zips are given, or those that a dock has for the table. */

import { readFileSync } from "node:fs";
import { basename } from "node:path";

import type { Dock } from "../../client/dock/dock";
import { EngineError } from "../../engine/ground/errors";
import { plainText } from "../../engine/ground/plain-text";
import { finish } from "../../engine/ground/finish";
import { comparedOf } from "../../engine/kinds/table/match/compared";
import { isOfTables, type Space } from "../../engine/kinds/space";
import { openLearnware } from "../../engine/learnware/package";
import { matchesWithout } from "../../engine/kinds/table/rows/table-rows";
import { ownWeights } from "../../engine/specification/book/weigh";
import type { CandidateSpec } from "../../engine/specification/candidate-spec";
import { decodeStat } from "../../engine/specification/files/codec";
import type { Compute } from "../../engine/specification/kernel/compute";
import { chooseIsland } from "../../library/choose-island";
import { findInDock, type FoundLearnwares } from "../../library/find-in-dock";
import type { Mapping, UserTable } from "../../library/user-table";
import { type OfferCard, offersFrom } from "../../workflows/find/offers";
import { isPlainAverage } from "../../workflows/find/privacy";
import type { Payload } from "../../workflows/find/payload";
import { rankedRows, rankRows } from "../../workflows/find/describe/describe-rows";
import { verdictOf } from "../../workflows/find/verdict";
import { readPinnedBook } from "../describe/describe-pinned";
import { machineSecret } from "../machine-secret";
import { readIsland } from "../options";
import { type Things, THINGS } from "../things";
import { choosePinnedIsland } from "./choose-pinned-island";
import { matchColumns } from "./match-columns";

export interface Wanted {
  /** Zips; a dock is asked where there are none. */
  readonly zips: readonly string[];
  /** Id of an island of the dock, or a file with the zips'. */
  readonly island: string | undefined;
  readonly target: string | undefined;
}

/**
 * Learnwares for a table: those whose zips are given, else those that the dock finds. To a dock that runs, a
 * specification that passed every check is sent.
 *
 * @throws EngineError `bad_parameter` if they do not belong together, none predicts what is wanted, or no island fits;
 *   others as `describeRows` and `openLearnware` do.
 * @throws AppError as the dock does.
 */
export async function findLearnwares(
  dock: Dock | null,
  compute: Compute,
  table: UserTable,
  wanted: Wanted,
): Promise<FoundLearnwares> {
  return wanted.zips.length > 0
    ? fromZips(wanted, table, compute, dock)
    : fromDock(dock!, compute, table, wanted);
}

async function fromZips(
  { zips, island: islandFile, target: named }: Wanted,
  table: UserTable,
  compute: Compute,
  dock: Dock | null,
): Promise<FoundLearnwares> {
  const opened = await Promise.all(
    zips.map(async (path) => {
      const zip = new Uint8Array(readFileSync(path));
      return { path, zip, learnware: await openLearnware(zip) };
    }),
  );
  const { id } = opened[0]!.learnware.manifest.space;
  const carried = opened.find(({ learnware }) => learnware.space)?.learnware.space;
  const island =
    islandFile === undefined ? (carried ?? (await spaceOf(dock, id))) : readIsland(islandFile);
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
  const targetOf = ({ learnware }: (typeof opened)[number]) =>
    plainText(learnware.manifest.model.target);
  const target = named ?? targetOf(opened[0]!);
  const given = opened.filter((one) => targetOf(one) === target);
  if (given.length === 0) throw noTarget(target, opened.map(targetOf));
  const mapping = mappingOf(island, table);
  const cards = given.map(({ path, learnware: { manifest, semantic } }): OfferCard => {
    const { task, output } = manifest.model;
    const labels = output.type === "scores" ? output.labels.map(plainText) : [];
    const [name, description] = [manifest.name, semantic.Description.Values].map(plainText) as [
      string,
      string,
    ];
    // What is here already costs nothing to download.
    const here = { sha256: "", sizeBytes: 0 };
    return { id: basename(path), name, description, task, target, labels, ...here };
  });
  const book = isOfTables(island) ? null : await readPinnedBook(island);
  const specs = given.map(({ path, learnware: { stat } }): CandidateSpec => {
    const { rkme, extras } = decodeStat(stat);
    const bookWeights = (book && ownWeights({ points: book }, rkme)) ?? undefined;
    const radiusSquared = extras?.radiusSquared ?? Infinity;
    return { id: basename(path), rkme, radiusSquared, bookWeights };
  });
  const rows = rankedRows(await table.scaledRows(mapping), island, mapping.matches, book);
  const ranking = await finish(rankRows(compute, rows, specs));
  const offers = offersFrom(ranking, cards, specs, new Map(), island);
  const zipOf = new Map(given.map(({ path, zip }) => [basename(path), zip]));
  const fetchPackage = async ({ id }: OfferCard) => zipOf.get(id)!;
  const verdict = verdictOf(offers, comparedOf(mapping.matches), island);
  return { ...mapping, offers, verdict, fetchPackage };
}

async function fromDock(
  dock: Dock,
  compute: Compute,
  table: UserTable,
  { island: islandId, target: named }: Wanted,
): Promise<FoundLearnwares> {
  const island = table.lies
    ? await choosePinnedIsland(dock, table.lies, { islandId, target: named })
    : await chooseIsland(dock, table.profile.columns, islandId);
  if (named !== undefined && !island.targets.includes(named)) throw noTarget(named, island.targets);
  const { matches } = mappingOf(island.space, table);
  return findInDock(dock, compute, table, {
    ...{ island, matches, target: named ?? null, secret: machineSecret },
    review: async (payload) => {
      if (payload.level === "reduced")
        console.error(`sent: ${sentOf(payload, THINGS[table.lies?.kind ?? "table"])}`);
    },
  });
}

function sentOf(
  { bookPoints, bytes, description }: Extract<Payload, { level: "reduced" }>,
  { one }: Things,
) {
  if (bookPoints !== null) {
    return `${bookPoints} weights on public points, ${bytes} bytes; never a ${one}`;
  }
  const { points } = description.preflight;
  return isPlainAverage(description)
    ? `${points} made-up ${points === 1 ? "point" : "points"}: so small a table is told by the averages of ${points === 1 ? "its columns" : `its columns in ${points} groups of rows`}; never a row. A dock of plain files is sent nothing`
    : `${points} made-up points, each for several rows; never a row`;
}

/** The space of this id, by one of its islands. */
async function spaceOf(dock: Dock | null, id: string): Promise<Space | undefined> {
  const islands = (await dock?.islands()) ?? [];
  return islands.find(({ space }) => space.id === id)?.space;
}

function mappingOf(island: Space, { lies, profile, answersColumn }: UserTable): Mapping {
  const [wanted, kind] = [lies?.kind ?? "table", isOfTables(island) ? "table" : island.kind];
  if (wanted !== kind) {
    const hint = kind === "table" ? `leave out --kind ${wanted}` : `say --kind ${kind}`;
    const message = `"${island.name}" is of the kind "${kind}": ${hint}`;
    throw new EngineError("unsupported_kind", message);
  }
  if (!isOfTables(island)) return { island, matches: [] };
  return {
    island,
    matches: matchesWithout(matchColumns(island, profile.columns), answersColumn),
  };
}

function noTarget(target: string, targets: readonly string[]): EngineError {
  const known = [...new Set(targets)].join(", ");
  const also = known === "" ? "" : `; there are learnwares for ${known}`;
  return new EngineError("bad_parameter", `no learnware predicts "${target}"${also}`);
}
