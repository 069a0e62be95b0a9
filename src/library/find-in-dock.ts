/** @file The learnwares that a dock finds for a table. */

import type { Dock } from "../client/dock/dock";
import { PlainSearcher } from "../client/dock/sketch-search";
import { PackageCache } from "../client/storage/package-cache";
import type { IslandSummary } from "../contracts/http/dock-api";
import { finish } from "../engine/ground/finish";
import type { FeatureMatch } from "../engine/kinds/table/space/space";
import type { Compute } from "../engine/specification/kernel/compute";
import type { Secret } from "../engine/specification/keyed/secret";
import { rowDescriber } from "../workflows/find/describe/row-describer";
import { noFilter } from "../workflows/find/filter";
import { find } from "../workflows/find/find";
import type { Offer, OfferCard } from "../workflows/find/offers";
import type { FindDock, FindPorts } from "../workflows/find/ports";
import { wantedTarget } from "../workflows/find/target";
import type { Verdict } from "../workflows/find/verdict";
import type { FetchPackage } from "../workflows/reuse/fetch-members";
import { stepsOf } from "../workflows/steps-of";
import type { Mapping, UserTable } from "./user-table";

/** Learnwares of one island to choose from, and which columns of the table play the island's features. */
export interface FoundLearnwares extends Mapping {
  /** What is advised first. */
  readonly offers: readonly Offer<OfferCard>[];
  readonly verdict: Verdict;
  readonly fetchPackage: FetchPackage;
}

interface Wanted {
  readonly island: IslandSummary;
  readonly matches: readonly FeatureMatch[];
  /** One of the island's; null for whatever it has. */
  readonly target: string | null;
  readonly secret: () => Secret;
  /** Sees what leaves before it does, and may refuse by throwing. */
  readonly review: FindPorts["review"];
}

/**
 * A dock that runs is sent a specification that passed every check; of one of plain files its sketches are fetched.
 *
 * @throws EngineError as `describeRows` does.
 * @throws AppError as the dock does.
 */
export async function findInDock(
  dock: Dock,
  compute: Compute,
  table: UserTable,
  { island, matches, target, secret, review }: Wanted,
): Promise<FoundLearnwares> {
  const packages = new PackageCache(dock);
  const search = find(
    {
      dock: portOf(dock),
      describer: rowDescriber({
        ...{ compute, secret },
        scaledRows: (space, matched) => table.scaledRows({ island: space, matches: matched }),
        randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
        now: () => performance.now(),
      }),
      scan: (query) => stepsOf(() => new PlainSearcher().scan(query)),
      review,
      spend: () => Promise.resolve(),
    },
    {
      ...{ island, matches, target: wantedTarget(island.targets, target) },
      filter: noFilter,
      privacy: { level: dock.sendsRequests ? "reduced" : "nothing", epsilon: 1 },
    },
  );
  const { query, offers, verdict } = await finish(search);
  const fetchPackage: FetchPackage = (card, onProgress) => packages.get(card, { onProgress });
  return { island: query.island.space, matches, offers, verdict, fetchPackage };
}

function portOf(dock: Dock): FindDock {
  return {
    island: (id) => dock.island(id),
    search: (request) => dock.search(request),
    sketches: (id) => stepsOf((onProgress) => dock.sketches(id, { onProgress })),
    learnware: (id) => dock.learnware(id),
    book: (mark, cols) => stepsOf((onProgress) => dock.book(mark, cols, { onProgress })),
    specification: (name) => dock.specification(name),
  };
}
