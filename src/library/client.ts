/** @file `berth/client`: docks, and what they have for a table. For Node and browsers. */

import { findDock } from "../client/dock/find-dock";
import type { Dock } from "../client/dock/dock";
import { HttpDock } from "../client/dock/http-dock";
import { PlainSearcher } from "../client/dock/sketch-search";
import { StaticDock } from "../client/dock/static-dock";
import { finish } from "../engine/ground/finish";
import { isOfTables } from "../engine/kinds/space";
import type { AddedColumn } from "../engine/kinds/added-column";
import { EngineError } from "../engine/ground/errors";
import type { Secret } from "../engine/specification/keyed/secret";
import { predictionColumns } from "../engine/reuse/predict/prediction-columns";
import type { ReuserName } from "../engine/reuse/reuser";
import { WasmCompute } from "../runtime/compute/wasm/wasm-compute";
import { advisedOffer } from "../workflows/find/advised-offer";
import type { Payload } from "../workflows/find/payload";
import { cautionInFiles, cautionOf } from "../workflows/reuse/caution";
import { reuse as reuseFound, type Reused } from "../workflows/reuse/reuse";
import { chooseIsland } from "./choose-island";
import { placeTable } from "./engine";
import { findInDock, type FoundLearnwares } from "./find-in-dock";
import { modelsHere } from "./models-here";
import { reuseHere } from "./reuse-here";
import type { UserTable } from "./user-table";

export { submitZip, waitForVerdict } from "../client/account/submissions";
export { fetchLearnware } from "./fetch-learnware";
export type { Dock, FoundLearnwares, Payload };

/**
 * The dock at an address: one that runs, or one of plain files.
 *
 * @throws AppError `not_found` if what answers is no dock; else why nothing does.
 */
export async function openDock(address: string): Promise<Dock> {
  const { kind, base } = await findDock(address.replace(/\/?$/, "/"));
  return kind === "api" ? new HttpDock(base.slice(0, -1)) : new StaticDock(base, new PlainSearcher()); // prettier-ignore
}

export interface FindWish {
  readonly secret: Secret;
  /** Id; what fits the columns best where left out. */
  readonly island?: string;
  /** What is to be predicted, where learnwares of the island predict several things. */
  readonly target?: string;
  /** Sees all that leaves before it does: `payload.json` is the request's body. May refuse by throwing. */
  readonly review?: (payload: Payload) => Promise<void>;
}

/**
 * Learnwares of a dock for a table. To a dock that runs, a specification that passed every check is sent, and nothing else.
 *
 * @throws EngineError `bad_parameter` if no island fits; `preflight_failed` if no specification of the rows is safe.
 * @throws AppError as the dock does.
 */
export async function find(
  dock: Dock,
  table: UserTable,
  { secret, island: id, target, review = () => Promise.resolve() }: FindWish,
): Promise<FoundLearnwares> {
  const island = await chooseIsland(dock, table.profile.columns, id);
  if (!isOfTables(island.space)) {
    throw new EngineError("unsupported_kind", `"${island.name}" is not of tables`);
  }
  const { matches } = placeTable(table, island.space);
  const wanted = { island, matches, target: target ?? null, secret: () => secret, review };
  return findInDock(dock, await WasmCompute.create(), table, wanted);
}

export interface ReuseWish {
  /** Which of what was found; what is advised first where left out. */
  readonly offer?: FoundLearnwares["offers"][number];
  /** The recommended way where left out. */
  readonly way?: ReuserName;
  /** How models get features that the table lacks. */
  readonly filling?: "lines" | "network";
}

export interface Predicted extends Reused {
  /** To be written at the right of the table: `table.write(columns, …)`. */
  readonly columns: readonly AddedColumn[];
}

/**
 * Predictions for a table by what was found: learnwares are fetched, tried, put together and run here.
 *
 * @returns Null if nothing that was found is advised: `found.verdict` says why.
 * @throws AppError and EngineError as fetching and running do.
 */
export async function reuse(
  { island, matches, offers, fetchPackage }: FoundLearnwares,
  table: UserTable,
  { offer: wanted, way, filling = "lines" }: ReuseWish = {},
): Promise<Predicted | null> {
  const offer = wanted ? advisedOffer([wanted], true) : advisedOffer(offers, false);
  if (!offer) return null;
  const pool = modelsHere();
  const predictor = reuseHere(table, await WasmCompute.create(), pool);
  const { rows, answersColumn } = table;
  const run = { plan: 1, offer, island, matches, rows, answersColumn, filling } as const;
  const wayOf = way && (() => way);
  const reused = await finish(reuseFound({ fetchPackage, predictor }, run, wayOf)).finally(() =>
    pool.dispose(),
  );
  const caution = cautionOf(run, reused.reuse.way);
  const columns = predictionColumns(reused.reuse.predictions, caution && cautionInFiles(caution));
  return { ...reused, columns };
}
