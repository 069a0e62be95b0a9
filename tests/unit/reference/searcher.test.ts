import { expect, test } from "vitest";

import {
  comparable,
  findMixture,
  rankSingles,
  searchByDistance,
  type SearchMethod,
  type SearchResult,
  searchMarket,
  squashImageDistance,
  type Specified,
} from "../../../src/reference/searcher";
import { scoresOfDistances } from "../../../src/engine/search/scores/relative-scores";
import {
  type GaussianSpecification,
  specificationProduct,
} from "../../../src/reference/specification";
import { fromRows } from "../../../src/engine/ground/matrix";
import { solveSimplexQp } from "../../../src/engine/specification/reduce/simplex-qp";
import { readGolden } from "../../fixtures/golden/read-golden";
import { gaussianKernel } from "../../../src/engine/specification/kernel/kernel";

interface GoldenSpec {
  readonly id?: string;
  readonly z: number[][];
  readonly beta: (number | null)[];
  readonly gamma: number;
  readonly num_points: number;
  readonly type: "RKMETableSpecification" | "RKMETextSpecification";
  readonly language?: string[];
}

interface GoldenMixture {
  readonly mmd2: number;
  readonly weights: number[];
  readonly ids: string[];
}

interface GoldenCall {
  readonly single: readonly { readonly id: string; readonly score: number }[];
  readonly multiple: readonly { readonly ids: string[]; readonly score: number }[];
}

interface Run {
  readonly max_search_num: number;
  readonly call_greedy: GoldenCall;
  readonly call_auto?: GoldenCall;
  readonly filtered_ids: string[];
  readonly sorted_ids: string[];
  readonly sorted_dists: number[];
  readonly scores_without_mixture: number[];
  readonly processed_ids?: string[];
  readonly mixture_over_processed?: { readonly mmd2: number };
  readonly greedy?: GoldenMixture;
  readonly auto?: GoldenMixture;
}

interface Market {
  readonly market: readonly (GoldenSpec & { readonly id: string })[];
  readonly users: readonly {
    readonly name: string;
    readonly spec: GoldenSpec;
    readonly runs: readonly Run[];
  }[];
}

interface SmallMarkets {
  readonly markets: readonly {
    readonly name: string;
    readonly market_refs: string[];
    readonly market_ids: string[];
    readonly runs: readonly (Run & { readonly user: string })[];
  }[];
}

const golden = readGolden("search_market_d6") as Market;
const small = readGolden("search_small_markets") as SmallMarkets;

const market = golden.market.map(({ id, ...spec }) => ({ id, specifications: [read(spec)] }));
const users = new Map(golden.users.map(({ name, spec }) => [name, read(spec)]));

const runs = [
  ...golden.users.flatMap(({ name, runs }) =>
    runs.map((run) => ({ title: `${name}, ${run.max_search_num}`, user: name, run, market })),
  ),
  ...small.markets.flatMap(({ name, market_refs, market_ids, runs }) =>
    runs.map((run) => ({
      title: `${run.user} among ${name}`,
      user: run.user,
      run,
      market: market_refs.map((ref, i) => ({
        id: market_ids[i]!,
        specifications: market.find(({ id }) => id === ref)!.specifications,
      })),
    })),
  ),
];

test.for(runs)("singles are ranked as by the package for $title", ({ user, run, market }) => {
  const spec = users.get(user)!;
  expect(comparable(market, spec).map(({ id }) => id)).toEqual(run.filtered_ids);
  const ranked = rankSingles(market, spec);
  expect(ranked.map(({ id }) => id)).toEqual(run.sorted_ids);
  const distances = ranked.map(({ distance }) => distance);
  expectClose(distances, run.sorted_dists, 1e-12);
  expectClose(scoresOfDistances(distances), run.scores_without_mixture, 1e-6);
});

test.for(runs)("mixtures are those of the package for $title", ({ user, run, market }) => {
  const spec = users.get(user)!;
  const ranked = rankSingles(market, spec);
  for (const method of ["greedy", "auto"] as const) {
    const expected = run[method];
    if (expected === undefined) continue;
    const mixture = findMixture(ranked, spec, run.max_search_num, method)!;
    expect(mixture.members.map(({ id }) => id)).toEqual(expected.ids);
    const weights = mixture.members.map(({ weight }) => weight);
    expectClose(weights, expected.weights, 1e-6);
    expectClose([mixture.mmd2], [expected.mmd2], 1e-8);
  }
});

test.for(runs)(
  "the best mixture of all candidates is as near for $title",
  ({ user, run, market }) => {
    const expected = run.mixture_over_processed;
    if (!expected) return;
    const spec = users.get(user)!;
    const pool = rankSingles(market, spec).slice(0, run.max_search_num ** 2);
    expect(pool.map(({ id }) => id)).toEqual(run.processed_ids);
    const specs = pool.map(({ specification }) => specification);
    const gram = fromRows(specs.map((a) => specs.map((b) => specificationProduct(a, b))));
    const target = Float64Array.from(specs, (other) => specificationProduct(spec, other));
    const mmd2 = specificationProduct(spec, spec) + 2 * solveSimplexQp(gram, target).objective;
    expectClose([mmd2], [expected.mmd2], 1e-8);
  },
);

test.for(runs)("the answer is that of the package for $title", ({ user, run, market }) => {
  const spec = users.get(user)!;
  const answer = (method: SearchMethod) =>
    searchByDistance(market, spec, { maxSearchNum: run.max_search_num, method });
  expectAnswer(answer("greedy"), run.call_greedy);
  if (run.call_auto) expectAnswer(answer("auto"), run.call_auto);
});

test("a user equal to a learnware gets no mixture", () => {
  const ranked = rankSingles(market, users.get("exact_copy_of_5")!);
  expect(ranked[0]!.distance).toBe(0);
  expect(findMixture(ranked, users.get("exact_copy_of_5")!, 5, "greedy")).toBeNull();
});

test("three small sets are searched to the digits of the package", () => {
  const [p, q, r, user] = [
    table([[0, 0], [1, 2]], [0.5, 0.5]),
    table([[2, 1], [3, 3], [0, 1]], [0.2, 0.3, 0.5]),
    table([[5, 5]], [1]),
    table([[0, 0.5], [1, 1.5], [3, 3]], [0.4, 0.4, 0.2]),
  ] as const; // prettier-ignore
  const sets: Specified[] = [p, q, r].map((set, i) => ({ id: "PQR"[i]!, specifications: [set] }));
  const greedy = searchByDistance(sets, user);
  expect(greedy.singles.map(({ id }) => id)).toEqual(["Q", "P"]);
  expectClose(
    greedy.singles.map(({ score }) => score!),
    [0.98896, 0.979212],
    1e-6,
  );
  expect(greedy.mixture!.members.map(({ id }) => id)).toEqual(["Q", "P"]);
  expectClose(
    greedy.mixture!.members.map(({ weight }) => weight),
    [0.578451, 0.421549],
    1e-6,
  );
  expect(greedy.mixture!.mmd2).toBeCloseTo(0.00180325, 8);
  expect(greedy.mixture!.score).toBe(1);
  const auto = searchByDistance(sets, user, { method: "auto" });
  expectClose(
    auto.singles.map(({ score }) => score!),
    [1, 0.990143],
    1e-6,
  );
  expect(auto.mixture).toBeNull();
});

test("a text is compared only with learnwares in all its languages", () => {
  const text = (language: string[]): GaussianSpecification => ({
    ...table([[0, 1]], [1]),
    type: "RKMETextSpecification",
    language,
  });
  const learnwares = [["en"], ["en", "de"], []].map((language, i) => ({
    id: String(i),
    specifications: [text(language)],
  }));
  const ids = (language: string[]) => comparable(learnwares, text(language)).map(({ id }) => id);
  expect(ids(["en"])).toEqual(["0", "1"]);
  expect(ids(["de", "en"])).toEqual(["1"]);
  expect(ids([])).toEqual(["0", "1", "2"]);
});

test("the description filters first, and without a specification there are no scores", () => {
  const learnwares = market.slice(0, 5).map(({ id, specifications }, i) => ({
    id,
    specifications,
    semantic: { Data: { Values: [i < 2 ? "Table" : "Image"], Type: "Class" } },
  }));
  const semantic = { Data: { Values: ["Table"], Type: "Class" } };
  const without = searchMarket(learnwares, { semantic, specifications: [] });
  expect(without.singles).toEqual([
    { id: "00000000", score: null },
    { id: "00000001", score: null },
  ]);
  const user = users.get("in_distribution_3")!;
  const found = searchMarket(learnwares, { semantic, specifications: [user] });
  expect(found.singles[0]!.id).toBe("00000001");
  const nothing = { Data: { Values: ["Text"], Type: "Class" } };
  const none = searchMarket(learnwares, { semantic: nothing, specifications: [user] });
  expect(none).toEqual({ singles: [], mixture: null });
});

test("a user whose specification is not finite is refused", () => {
  expect(() => searchByDistance(market, table([[0, 1]], [NaN]))).toThrow(
    expect.objectContaining({ code: "bad_specification" }) as Error,
  );
});

function expectAnswer({ singles, mixture }: SearchResult, expected: GoldenCall): void {
  expect(singles.map(({ id }) => id)).toEqual(expected.single.map(({ id }) => id));
  expectClose(
    singles.map(({ score }) => score!),
    expected.single.map(({ score }) => score),
    1e-6,
  );
  const [multiple] = expected.multiple;
  expect(mixture?.members.map(({ id }) => id)).toEqual(multiple?.ids);
  if (multiple) expectClose([mixture!.score], [multiple.score], 1e-6);
}

function expectClose(actual: readonly number[], expected: readonly number[], within: number): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(within));
}

function read({ z, beta, gamma, num_points, type, language = [] }: GoldenSpec) {
  const specification: GaussianSpecification = {
    type,
    points: fromRows(z),
    sampleShape: [z[0]!.length],
    weights: Float64Array.from(beta, (weight) => weight ?? NaN),
    kernel: gaussianKernel(gamma),
    rowCount: num_points,
    language,
  };
  return specification;
}

function table(z: number[][], beta: number[]): GaussianSpecification {
  return read({ z, beta, gamma: 0.1, num_points: 0, type: "RKMETableSpecification" });
}

test("distances of images are spread over 0 to 1", () => {
  expect(squashImageDistance(0)).toBe(0);
  expect(squashImageDistance(5e-5)).toBeCloseTo(1 - Math.exp(-1), 12);
  expect(squashImageDistance(1)).toBe(1);
});
