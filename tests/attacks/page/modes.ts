/** @file Ways in which a dock may do harm, one answer at a time. */

import { featuresOf } from "../../../src/engine/kinds/features-of";
import { createHash } from "node:crypto";

import JSZip from "jszip";

import type {
  IslandSummary,
  LearnwareCard,
  SearchResponse,
  WireSpecification,
} from "../../../src/contracts/http/dock-api";
import { endlessModel, loopingModel, rootModel } from "../../fixtures/hostile-models";
import { packageOf, type PackageChange } from "../../fixtures/learnwares";
import type { Honest, Mode, Reply } from "./hostile-dock";

type Spoil = Mode["spoil"];
type More = Omit<Mode, "name" | "spoil">;

const asked = {
  islands: /^\/api\/v1\/islands$/,
  search: /^\/api\/v1\/search$/,
  specification: /\/specification/,
  package: "/package",
  any: /^/,
} as const;

/** One answer is replaced. */
function instead(of: RegExp, reply: Reply): Spoil {
  return ({ path }) => (of.test(path) ? reply : null);
}

/** One answer's JSON is changed, in place or for another value. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- What comes is what the honest dock says.
function changed<T>(of: RegExp, change: (answer: T) => unknown): Spoil {
  return ({ path, body }) => {
    if (!of.test(path)) return null;
    const answer = JSON.parse(body.toString()) as T;
    return { body: JSON.stringify(change(answer) ?? answer) };
  };
}

function islands(change: (island: IslandSummary) => unknown): Spoil {
  return changed<{ islands: IslandSummary[] }>(asked.islands, (answer) => ({
    islands: answer.islands.map((one) => change(one) ?? one),
  }));
}

function cards(change: (card: LearnwareCard) => object | undefined): Spoil {
  return changed<SearchResponse>(asked.search, (answer) => ({
    ...answer,
    singles: answer.singles.map((one) => ({
      ...one,
      learnware: change(one.learnware) ?? one.learnware,
    })),
  }));
}

function specifications(change: (specification: WireSpecification) => object): Spoil {
  return changed<WireSpecification | { specifications: WireSpecification[] }>(
    asked.specification,
    (answer) =>
      "specifications" in answer
        ? { specifications: answer.specifications.map((one) => change(one)) }
        : change(answer),
  );
}

/** Every package is this one, and the cards vouch for it. */
function packages(make: () => Promise<Uint8Array>, about: object = {}): Spoil {
  let made: Promise<Buffer> | null = null;
  return async (honest: Honest) => {
    made ??= make().then((bytes) => Buffer.from(bytes));
    const zip = await made;
    if (honest.path.includes(asked.package)) return { status: 200, body: zip };
    const sha256 = createHash("sha256").update(zip).digest("hex");
    return cards((card) => ({ ...card, sha256, sizeBytes: zip.length, ...about }))(honest);
  };
}

function packed(change: PackageChange, about: object = {}): Spoil {
  return packages(() => packageOf("east", change), about);
}

/** The honest package with some of its files changed. */
function repacked(change: (zip: JSZip) => void): Spoil {
  return packages(async () => {
    const zip = await JSZip.loadAsync(await packageOf("east"));
    change(zip);
    return zip.generateAsync({ type: "uint8array", compression: "DEFLATE" });
  });
}

function mode(name: string, spoil: Spoil, more: More = {}): Mode {
  return { name, spoil, ...more };
}

const numbersOf = (count: number, value: number): string =>
  Buffer.from(Float32Array.from({ length: count }, () => value).buffer).toString("base64");
const vouched = { anyVersion: true };
const BIDI = "\u202eexe.evil\u202c\u2066x\u2069\u0007";
const MARKUP = `<img src=x onerror="globalThis.wasHarmed=true"><script>globalThis.wasHarmed=true</script>`;

/** Answers to the first question. */
const firstAnswers: readonly Mode[] = [
  mode("not JSON", instead(asked.islands, { body: "<html>Sign in</html>" })),
  mode("another content type", instead(asked.islands, { headers: { "Content-Type": "text/html" }, body: "hello" })), // prettier-ignore
  mode("an empty answer", instead(asked.islands, { body: "" })),
  mode("null", instead(asked.islands, { body: "null" })),
  mode("a list of numbers", instead(asked.islands, { body: '{"islands":[1,2,3]}' })),
  mode("half an answer", ({ path, body }) => (asked.islands.test(path) ? { body: body.subarray(0, body.length / 2) } : null)), // prettier-ignore
  mode("a line that is cut", ({ path, body }) => (asked.islands.test(path) ? { body: body.subarray(0, 99), headers: { "Content-Length": String(body.length) }, then: "cut" } : null)), // prettier-ignore
  mode("deep nesting", instead(asked.islands, { body: `{"islands":${"[".repeat(2e6)}` })),
  mode("deep nesting that ends", instead(asked.islands, { body: `{"islands":${"[".repeat(5e5)}${"]".repeat(5e5)}}` })), // prettier-ignore
  mode("an endless answer", instead(asked.islands, { body: "[", then: "endless" }), {
    seconds: 60,
  }),
  mode("a byte a second", instead(asked.islands, { body: " ", then: "drip" }), { stalls: true }),
  mode("silence", instead(asked.islands, { body: "", then: "nothing" }), { stalls: true }),
  mode("500", instead(asked.islands, { status: 500, body: '{"code":"internal","message":"x"}' })),
  mode("503", instead(asked.islands, { status: 503, body: '{"code":"network_failed","message":"x"}', headers: { "Retry-After": "9" } })), // prettier-ignore
  mode("429", instead(asked.islands, { status: 429, body: "slow down" })),
  mode("418", instead(asked.islands, { status: 418, body: "short and stout" })),
  mode("204", instead(asked.islands, { status: 204, body: "" })),
  mode("an unknown code", instead(asked.islands, { status: 400, body: '{"code":"__proto__","message":"TypeError: x is undefined"}' })), // prettier-ignore
  mode("a redirect to nowhere", instead(asked.islands, { status: 302, headers: { Location: "http://127.0.0.1:9/" }, body: "" })), // prettier-ignore
  mode("redirects without end", instead(asked.islands, { status: 302, headers: { Location: "/api/v1/islands" }, body: "" })), // prettier-ignore
];

/** Lies about islands. */
const aboutIslands: readonly Mode[] = [
  mode("30,000 islands", changed<{ islands: IslandSummary[] }>(asked.islands, ({ islands: [one] }) => ({ islands: Array.from({ length: 30_000 }, (_, i) => ({ ...one, id: `houses-${i}` })) })), { seconds: 90 }), // prettier-ignore
  mode("the same island twice", changed<{ islands: IslandSummary[] }>(asked.islands, ({ islands: all }) => ({ islands: [...all, ...all] }))), // prettier-ignore
  mode("no island", instead(asked.islands, { body: '{"islands":[]}' })),
  mode("an island without features", islands((one) => ({ ...one, space: { ...one.space, features: [] } }))), // prettier-ignore
  mode("4096 features", islands((one) => ({ ...one, space: { ...one.space, features: Array.from({ length: 4096 }, (_, i) => ({ ...featuresOf(one.space)[0]!, name: `f${i}` })) } })), { seconds: 60 }), // prettier-ignore
  mode("huge centres", islands((one) => ({ ...one, space: { ...one.space, features: featuresOf(one.space).map((f) => ({ ...f, center: [1e308] })) } }))), // prettier-ignore
  mode("tiny scales", islands((one) => ({ ...one, space: { ...one.space, features: featuresOf(one.space).map((f) => ({ ...f, scale: [5e-324] })) } }))), // prettier-ignore
  mode(
    "a kernel of no width",
    islands((one) => ({ ...one, space: { ...one.space, gamma: 1e308 } })),
  ),
  mode(
    "huge counts",
    islands((one) => ({ ...one, learnwareCount: 2 ** 53 - 1 })),
  ),
  mode("a range upside down", islands((one) => ({ ...one, space: { ...one.space, features: featuresOf(one.space).map((f) => ({ ...f, range: [1e9, -1e9] })) } }))), // prettier-ignore
  mode("markup in an island's name", islands((one) => ({ ...one, name: MARKUP, description: MARKUP }))), // prettier-ignore
  mode("bidirectional tricks in an island's name", islands((one) => ({ ...one, name: `Houses${BIDI}`, targets: [BIDI, BIDI] }))), // prettier-ignore
  mode("another version than it said", changed<WireSpecification>(asked.specification, (one) => ({ ...one, spaceVersion: 9 }))), // prettier-ignore
];

/** Lies in what a search finds. */
const aboutFinds: readonly Mode[] = [
  mode("the same learnware twice", changed<SearchResponse>(asked.search, (one) => ({ ...one, singles: [...one.singles, ...one.singles] }))), // prettier-ignore
  mode("a learnware that covers itself", changed<SearchResponse>(asked.search, (one) => ({ ...one, singles: one.singles.map((s) => ({ ...s, coveredBy: s.learnware.id })) }))), // prettier-ignore
  mode("a mixture of strangers", changed<SearchResponse>(asked.search, (one) => ({ ...one, mixture: { members: [{ id: "nobody", weight: 1e300 }], mmd2: 0, similarity: 1, coverage: 1, score: null } }))), // prettier-ignore
  mode("similarity beyond all", changed<SearchResponse>(asked.search, (one) => ({ ...one, singles: one.singles.map((s) => ({ ...s, similarity: 1e308, mmd2: 1e308 })) }))), // prettier-ignore
  mode("a search that fails", instead(asked.search, { status: 500, body: "Traceback (most recent call last)" })), // prettier-ignore
  mode("a search that stalls", instead(asked.search, { body: "", then: "nothing" }), { stalls: true }), // prettier-ignore
  mode("a search that is refused", instead(asked.search, { status: 400, body: '{"code":"bad_input","message":"no"}' })), // prettier-ignore
  mode("an island that always moved", instead(asked.search, { status: 409, body: '{"code":"stale_island","message":"moved"}' })), // prettier-ignore
  mode("markup on cards", cards((card) => ({ ...card, name: MARKUP, description: MARKUP, licence: MARKUP, source: MARKUP }))), // prettier-ignore
  mode("bidirectional tricks on cards", cards((card) => ({ ...card, name: `${card.name}${BIDI}`, licence: BIDI }))), // prettier-ignore
  mode("a name of a megabyte", cards((card) => ({ ...card, name: "long ".repeat(200_000) })), { seconds: 60 }), // prettier-ignore
  mode(
    "claimed sizes",
    cards((card) => ({ ...card, sizeBytes: 2 ** 53 - 1 })),
  ),
  mode("figures that are none", cards((card) => ({ ...card, metrics: [{ name: "rmse", value: 1e308, trivial: -1e308, rows: 1 }] }))), // prettier-ignore
];

/** Lies in specifications. */
const aboutSpecifications: readonly Mode[] = [
  mode("specifications that are gone", instead(asked.specification, { status: 404, body: '{"code":"not_found","message":"gone"}' })), // prettier-ignore
  mode("points that are no numbers", specifications((one) => ({ ...one, rkme: { ...one.rkme, points: numbersOf(40, NaN) } }))), // prettier-ignore
  mode("points beyond all", specifications((one) => ({ ...one, rkme: { ...one.rkme, points: numbersOf(40, 3e38) } }))), // prettier-ignore
  mode("weights beyond all", specifications((one) => ({ ...one, rkme: { ...one.rkme, weights: numbersOf(20, -3e38) } }))), // prettier-ignore
  mode("fewer points than said", specifications((one) => ({ ...one, rkme: { ...one.rkme, rows: 2000 } }))), // prettier-ignore
  mode("another space", specifications((one) => ({ ...one, rkme: { ...one.rkme, cols: 4, rows: 10 } }))), // prettier-ignore
  mode("another kernel", specifications((one) => ({ ...one, rkme: { ...one.rkme, gamma: 1e-300 } }))), // prettier-ignore
  mode("text that is not base64", specifications((one) => ({ ...one, rkme: { ...one.rkme, points: "!!!" } }))), // prettier-ignore
];

/** Lies in packages. */
const aboutPackages: readonly Mode[] = [
  mode("other bytes than promised", ({ path, body }) => (path.includes(asked.package) ? { body: Buffer.concat([body.subarray(1), Buffer.from("x")]) } : null)), // prettier-ignore
  mode("more bytes than promised", ({ path, body }) => (path.includes(asked.package) ? { body: Buffer.concat([body, Buffer.alloc(9_000_000)]) } : null)), // prettier-ignore
  mode("packages that are gone", instead(/\/package/, { status: 410, body: "gone" })),
  mode("packages that fail", instead(/\/package/, { status: 502, body: "<html>" })),
  mode("packages that stall", instead(/\/package/, { body: "P", then: "drip" }), { stalls: true }), // prettier-ignore
  mode("one package that fails", ({ path }) => (path.includes(asked.package) && path.includes("near") ? { status: 500, body: "x" } : null)), // prettier-ignore
  mode(
    "half a zip",
    packages(async () => (await packageOf("east")).subarray(0, 700)),
    vouched,
  ),
  mode(
    "no zip",
    packages(async () => Buffer.from("import os; os.system('true')")),
    vouched,
  ),
  mode("a zip bomb", repacked((zip) => zip.file("model.onnx", Buffer.alloc(280 << 20))), { ...vouched, seconds: 60 }), // prettier-ignore
  mode("a zip of many files", repacked((zip) => { for (let i = 0; i < 1000; i++) zip.file(`f${i}`, ""); }), vouched), // prettier-ignore
  mode(
    "a zip that climbs",
    repacked((zip) => zip.file("../../evil", "x")),
    vouched,
  ),
  mode(
    "a zip without a manifest",
    repacked((zip) => zip.remove("learnware.yaml")),
    vouched,
  ),
  mode(
    "YAML that swells",
    repacked((zip) => zip.file("learnware.yaml", swellingYaml())),
    vouched,
  ),
  mode("a model that is none", packed({ model: Buffer.from("no model") }), vouched),
  mode("a model cut off", packages(async () => packageOf("east", { model: rootModel().subarray(0, 60) })), vouched), // prettier-ignore
  mode("a model without a usable answer", packed({ model: rootModel() }), vouched),
  // Three of them, each of which may take some twenty seconds.
  mode("a loop without an end", packed({ model: loopingModel() }), { ...vouched, seconds: 120 }),
  mode("a product without an end", packed({ model: endlessModel() }), { ...vouched, seconds: 120 }),
  mode("another target than the card's", packed({}, { target: "rent" }), vouched),
  mode("classes that the package does not know", packed({}, { task: "classification", labels: ["=1+1", "@x"] }), vouched), // prettier-ignore
];

export const modes: readonly Mode[] = [
  ...[...firstAnswers, ...aboutIslands, ...aboutFinds],
  ...[...aboutSpecifications, ...aboutPackages],
];

function swellingYaml(): string {
  const lines = Array.from({ length: 12 }, (_, i) => {
    const before = i === 0 ? '"x"' : `*a${i - 1}`;
    return `a${i}: &a${i} [${Array.from({ length: 9 }, () => before).join(", ")}]`;
  });
  return lines.join("\n");
}
