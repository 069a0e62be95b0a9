/** @file A thread that makes learnwares of a simulated market, and compares them with queries. */

import type { Entry } from "../../src/dock/storage/learnware-store";
import { packRkme, type PackedRkme, selfProduct } from "../../src/engine/search/pairs";
import { serveThread } from "../../src/runtime/threads/node/serve-thread";
import { seededRandom } from "../../src/engine/ground/random";
import { onBook } from "../../src/engine/specification/book/book";
import { unpackShares } from "../../src/engine/specification/book/shares";
import type { Specification } from "../../src/engine/specification/specification";
import { WasmPairs } from "../../src/runtime/compute/wasm/wasm-pairs";
import { simulatedCard } from "../fixtures/simulated-cards";
import { rkmeOf, SimulatedMarket } from "../fixtures/simulated-market";
import { type FormedSpace, formedSpace, type SearchForm } from "./search-form";

/** Learnwares of a market of so many: from first, below end. */
export interface Part {
  readonly count: number;
  readonly first: number;
  readonly end: number;
}

export interface SearchThreadApi {
  make(part: Part, form: SearchForm): Entry[];
  /** Of every query, the nearest of the learnwares by exact squared MMD, best first. */
  rank(part: Part, queries: readonly PackedRkme[], limit: number): Scored[][];
}

/** A learnware's index in its market, and ⟨v, v⟩ − 2⟨query, v⟩: squared MMD less the query's own term. */
export type Scored = readonly [index: number, score: number];

/** Learnwares compared at once. */
const SLICE = 500;
/** On a book so many are weighed, at some milliseconds each; further ones are mixtures of two of those. */
const MOST_WEIGHED = 100_000;

/** By index, what was weighed here: packed weights. */
let weighed: { readonly of: FormedSpace; readonly shares: Uint8Array[] } | null = null;

const pairs = await WasmPairs.create();
let formed: {
  readonly market: SimulatedMarket;
  readonly form: SearchForm;
  readonly in: FormedSpace;
} | null = null;
let market = new SimulatedMarket({ count: 1 });

serveThread<SearchThreadApi>({ make, rank });

function marketOf(count: number): SimulatedMarket {
  if (market.count !== count) market = new SimulatedMarket({ count });
  return market;
}

async function formOf(market: SimulatedMarket, form: SearchForm): Promise<FormedSpace> {
  if (formed?.market !== market || formed.form !== form) {
    formed = { market, form, in: await formedSpace(market, form) };
  }
  return formed.in;
}

async function make({ count, first, end }: Part, form: SearchForm): Promise<Entry[]> {
  const market = marketOf(count);
  const { space, describer } = await formOf(market, form);
  const entries: Entry[] = [];
  const known = weighed?.of === formed!.in ? weighed.shares : [];
  weighed = { of: formed!.in, shares: known };
  for (let i = first; i < end; i++) {
    const set = market.learnware(i);
    const isMixed = form === "book" && i >= MOST_WEIGHED;
    const rkme = isMixed ? await mixed(i, known, formed!.in) : rkmeOf(set, space.kernel.gamma);
    const described = await describer.describe(space, rkme, set.radiusSquared);
    if (form === "book" && !isMixed) known.push(described.weights);
    entries.push({
      ...{ card: simulatedCard(market, i), spaceVersion: space.version },
      ...{ described, origin: "bench" },
    });
  }
  return entries;
}

/** Between two that were weighed here, nearer to the first. */
async function mixed(
  i: number,
  known: readonly Uint8Array[],
  { space, book }: FormedSpace,
): Promise<Specification> {
  const random = seededRandom(i);
  const drawn = () => unpackShares(known[Math.floor(random() * known.length)]!);
  const [one, other, share] = [drawn(), drawn(), 0.5 * random()];
  const weights = one.map((weight, j) => (1 - share) * weight + share * other[j]!);
  return onBook({ points: book!, kernel: space.kernel }, weights, 1000);
}

function rank(
  { count, first, end }: Part,
  queries: readonly PackedRkme[],
  limit: number,
): Scored[][] {
  const market = marketOf(count);
  const { gamma } = market.island.kernel;
  const nearest = queries.map((): Scored[] => []);
  for (let from = first; from < end; from += SLICE) {
    const sets = Array.from({ length: Math.min(SLICE, end - from) }, (_, i) => {
      const set = market.learnware(from + i);
      return { ...packRkme(rkmeOf(set, gamma)), radiusSquared: set.radiusSquared };
    });
    const selves = sets.map((set) => selfProduct(pairs, set, gamma));
    queries.forEach((query, q) => {
      pairs.compare(query, gamma, sets).forEach(({ cross }, i) => {
        offer(nearest[q]!, [from + i, selves[i]! - 2 * cross], limit);
      });
    });
  }
  return nearest;
}

function offer(nearest: Scored[], scored: Scored, limit: number): void {
  if (nearest.length === limit && scored[1] >= nearest[limit - 1]![1]) return;
  nearest.push(scored);
  nearest.sort((a, b) => a[1] - b[1]);
  nearest.length = Math.min(nearest.length, limit);
}
