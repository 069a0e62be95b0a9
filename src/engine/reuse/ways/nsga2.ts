import { EngineError } from "../../ground/errors";
import type { Steps } from "../../ground/progress";
import { type Random, seededRandom } from "../../ground/random";

/** A search over bit strings with several objectives, all to be made small. */
export interface BitProblem {
  readonly bits: number;
  /** Make a string allowed, in place. */
  repair(genome: Uint8Array, random: Random): void;
  /** The objectives of an allowed string, always equally many. */
  evaluate(genome: Uint8Array): readonly number[];
}

export interface Candidate {
  readonly genome: Uint8Array;
  readonly objectives: readonly number[];
}

export interface SearchOptions {
  /** Strings kept from one generation to the next, ≥ 2. */
  readonly population: number;
  readonly generations: number;
  readonly seed: number;
  /** Strings the first generation is to hold. */
  readonly first?: readonly Uint8Array[];
}

interface Ranked extends Candidate {
  /** 0 where nothing is better in all objectives. */
  readonly rank: number;
  /** How far its neighbours in objectives are; Infinity at the ends. */
  readonly crowding: number;
}

/**
 * NSGA-II: strings that no other beats in all objectives, spread along the front they form.
 *
 * Parents by binary tournament on rank, then crowding; uniform crossover; each bit flipped with probability 1 / bits;
 * the best of parents and children live on. No string is kept twice. The same seed gives the same answer.
 * Cost is O(generations · population · (evaluation + population · objectives)).
 *
 * Source: Deb, Pratap, Agarwal, Meyarivan, "A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II", IEEE
 * Transactions on Evolutionary Computation 6 (2002), sections III A–C.
 *
 * @returns The first front, without duplicates; yields `train` after each generation.
 * @throws EngineError `bad_parameter` without a bit, or below a population of two.
 */
export async function* searchFront(
  problem: BitProblem,
  { population, generations, seed, first = [] }: SearchOptions,
): Steps<Candidate[]> {
  if (problem.bits < 1 || population < 2) {
    throw new EngineError(
      "bad_parameter",
      `a search needs a bit and a population of 2, got ${problem.bits} and ${population}`,
    );
  }
  const random = seededRandom(seed);
  const strings = first.slice(0, population).map((genome) => genome.slice());
  while (strings.length < population) {
    strings.push(Uint8Array.from({ length: problem.bits }, () => (random() < 0.5 ? 1 : 0)));
  }
  let living = survivors(judge(problem, strings, random), population);
  for (let generation = 0; generation < generations; generation++) {
    const children = Array.from({ length: population }, () =>
      mutate(cross(choose(living, random), choose(living, random), random), random),
    );
    living = survivors([...living, ...judge(problem, children, random)], population);
    yield { stage: "train", done: generation + 1, total: generations };
  }
  return living.filter(({ rank }) => rank === 0);
}

function judge(problem: BitProblem, genomes: Uint8Array[], random: Random): Candidate[] {
  return genomes.map((genome) => {
    problem.repair(genome, random);
    return { genome, objectives: problem.evaluate(genome) };
  });
}

/** Whole fronts while they fit, and of the next one the least crowded. */
function survivors(candidates: readonly Candidate[], count: number): Ranked[] {
  const different = [...new Map(candidates.map((one) => [one.genome.join(""), one])).values()];
  const kept: Ranked[] = [];
  let rank = 0;
  for (const front of fronts(different)) {
    const ranked = withCrowding(front, rank++);
    if (kept.length + ranked.length > count) ranked.sort((a, b) => b.crowding - a.crowding);
    kept.push(...ranked.slice(0, count - kept.length));
    if (kept.length === count) break;
  }
  return kept;
}

/** Candidates in fronts: each is beaten by some of the front before, and by none of its own. */
function fronts(candidates: readonly Candidate[]): Candidate[][] {
  const beats = candidates.map((): number[] => []);
  const beatenBy = new Int32Array(candidates.length);
  candidates.forEach((a, i) => {
    for (let j = 0; j < i; j++) {
      const b = candidates[j]!;
      if (dominates(a.objectives, b.objectives)) {
        beats[i]!.push(j);
        beatenBy[j]! += 1;
      } else if (dominates(b.objectives, a.objectives)) {
        beats[j]!.push(i);
        beatenBy[i]! += 1;
      }
    }
  });
  const found: Candidate[][] = [];
  let front = [...candidates.keys()].filter((i) => beatenBy[i] === 0);
  while (front.length > 0) {
    found.push(front.map((i) => candidates[i]!));
    front = front.flatMap((i) => beats[i]!.filter((j) => (beatenBy[j]! -= 1) < 1));
  }
  return found;
}

/** Nowhere larger, and somewhere smaller. */
function dominates(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, k) => value <= b[k]!) && a.some((value, k) => value < b[k]!);
}

function withCrowding(front: readonly Candidate[], rank: number): Ranked[] {
  const crowding = new Float64Array(front.length);
  const objectives = front[0]!.objectives.length;
  for (let k = 0; k < objectives; k++) {
    const value = (i: number) => front[i]!.objectives[k]!;
    const order = [...front.keys()].sort((a, b) => value(a) - value(b));
    const range = value(order.at(-1)!) - value(order[0]!);
    crowding[order[0]!] = Infinity;
    crowding[order.at(-1)!] = Infinity;
    if (!(range > 0)) continue;
    for (let p = 1; p + 1 < order.length; p++) {
      crowding[order[p]!]! += (value(order[p + 1]!) - value(order[p - 1]!)) / range;
    }
  }
  return front.map((one, i) => ({ ...one, rank, crowding: crowding[i]! }));
}

function choose(living: readonly Ranked[], random: Random): Uint8Array {
  const draw = () => living[Math.floor(random() * living.length)]!;
  const [a, b] = [draw(), draw()];
  return a.rank < b.rank || (a.rank === b.rank && a.crowding > b.crowding) ? a.genome : b.genome;
}

function cross(a: Uint8Array, b: Uint8Array, random: Random): Uint8Array {
  return a.map((bit, i) => (random() < 0.5 ? bit : b[i]!));
}

function mutate(genome: Uint8Array, random: Random): Uint8Array {
  return genome.map((bit) => (random() < 1 / genome.length ? 1 - bit : bit));
}
