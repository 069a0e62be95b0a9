/** @file A thread that makes learnwares of a simulated market, and compares them with queries. */

import { packOnBook } from "../../src/dock/storage/forms/book-form";
import type { Described, Entry } from "../../src/dock/storage/learnware-store";
import { packRkme, type PackedRkme, selfProduct } from "../../src/engine/search/pairs";
import { serveThread } from "../../src/runtime/threads/node/serve-thread";
import { seededRandom } from "../../src/engine/ground/random";
import { unpackShares } from "../../src/engine/specification/book/shares";
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
/** On a book so many are weighed, at 3 ms each; further ones are mixtures of two of those, at 0.2 ms. */
const MOST_WEIGHED = 100_000;

/** Weights as they are packed. */
type Weighed = Pick<Described, "weights" | "radiusSquared">;

/** What was weighed here. */
let weighed: { readonly of: FormedSpace; readonly known: Weighed[] } | null = null;

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
  const known = weighed?.of === formed!.in ? weighed.known : [];
  weighed = { of: formed!.in, known };
  const outlined = (i: number) => {
    const set = market.learnware(i);
    return describer.describe(space, rkmeOf(set, space.kernel.gamma), set.radiusSquared);
  };
  const entries: Entry[] = [];
  for (let i = first; i < end; i++) {
    const isMixed = form === "book" && i >= MOST_WEIGHED;
    const described = await (isMixed ? mixed(i, known, formed!.in) : outlined(i));
    if (form === "book" && !isMixed) {
      known.push({ weights: described.weights, radiusSquared: described.radiusSquared });
    }
    entries.push({
      ...{ card: simulatedCard(market, i), spaceVersion: space.version },
      ...{ described, origin: "bench" },
    });
  }
  return entries;
}

/** Between two that were weighed here, nearer to the first; as the describer would keep it. */
async function mixed(
  i: number,
  known: readonly Weighed[],
  { space, describer }: FormedSpace,
): Promise<Described> {
  const form = await describer.form(space);
  const random = seededRandom(i);
  const drawn = () => known[Math.floor(random() * known.length)]!;
  const [one, other, share] = [drawn(), drawn(), 0.5 * random()];
  const theirs = unpackShares(other.weights);
  const weights = unpackShares(one.weights).map(
    (weight, j) => (1 - share) * weight + share * theirs[j]!,
  );
  const packed = packOnBook(form.book!, weights);
  return {
    ...packed,
    rowCount: 1000,
    radiusSquared: one.radiusSquared,
    selfProduct: selfProduct(form.pairs, packed, space.kernel.gamma),
    sketch: form.sketch(packed),
    published: null,
  };
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
