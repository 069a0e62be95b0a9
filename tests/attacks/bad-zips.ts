/** @file Learnwares that nobody should take in: each kind has one thing about it that is wrong. */

import JSZip from "jszip";

import { openLearnware } from "../../src/engine/learnware/package";
import { zipFiles } from "../../src/engine/learnware/zip/zip-files";
import { encodeModel } from "../../src/engine/learnware/onnx/onnx-codec";
import { loopingModel } from "../fixtures/hostile-models";
import { island, packageOf } from "../fixtures/learnwares";
import {
  labelModel,
  mixingModel,
  oddModel,
  stubbornModel,
  wholeModel,
  wideModel,
} from "../fixtures/odd-models";
import { NUL } from "./hard-values";

/** What lies where a zip should: its bytes, or no file at all. */
export type BadZip =
  | Uint8Array
  | { readonly special: "pipe" | "socket" | "directory" | "nowhere" | "zeros" | "large" };

/** By kind; made when it is asked for. */
export type BadZips = ReadonlyMap<string, () => Promise<BadZip> | BadZip>;

interface Parts {
  readonly manifest: string;
  readonly semantic: string;
  readonly stat: string;
  readonly space: string;
  readonly model: Uint8Array;
}
type Change = (parts: Parts) => Partial<Parts>;

const many = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i)); // prettier-ignore
/** So many characters that no zip makes very small. */
const prose = (length: number) =>
  many(length / 4, (i) => ((i * 7919) % 46_656).toString(36))
    .join(" ")
    .slice(0, length);
const deep = (times: number) => "[".repeat(times) + "]".repeat(times);

/** A learnware that anybody may take in, which carries its island. */
export const goodZip = () => packageOf("Good", { space: island });

export async function badZips(random: () => number): Promise<BadZips> {
  const good = await goodZip();
  const archive = await JSZip.loadAsync(good);
  const text = async (name: string) => archive.file(name)!.async("string");
  const parts: Parts = {
    manifest: await text("learnware.yaml"),
    semantic: await text("semantic_specification.json"),
    stat: await text("stat.json"),
    space: await text("space.json"),
    model: (await openLearnware(good)).model,
  };
  const made = (change: Change) => () => zipOf({ ...parts, ...change(parts) });
  return new Map<string, () => Promise<BadZip> | BadZip>([
    ...files,
    ...archives(good, random),
    ...all("manifest", manifests, made),
    ...all("semantic", semantics, made),
    ...all("stat", stats, made),
    ...all("space", spaces, made),
    ...all("model", models(parts.model, random), made),
  ]);
}

function all(
  part: string,
  kinds: Readonly<Record<string, Change>>,
  made: (change: Change) => () => Promise<BadZip>,
) {
  return Object.entries(kinds).map(([name, change]) => [`${part}: ${name}`, made(change)] as const);
}

function zipOf({ manifest, semantic, stat, space, model }: Parts): Promise<Uint8Array> {
  return zipFiles(
    new Map<string, string | Uint8Array>([
      ["learnware.yaml", manifest],
      ["semantic_specification.json", semantic],
      ["stat.json", stat],
      ["space.json", space],
      ["model.onnx", model],
    ]),
  );
}

const files = (["pipe", "socket", "directory", "nowhere", "zeros", "large"] as const).map(
  (special) => [`file: ${special}`, () => ({ special })] as const,
);

function archives(good: Uint8Array, random: () => number) {
  const text = (content: string) => new TextEncoder().encode(content);
  const changed = (change: (bytes: Uint8Array) => void) => () => {
    const bytes = good.slice();
    change(bytes);
    return bytes;
  };
  const only = (name: string, content: string | Uint8Array) => async () =>
    new JSZip().file(name, content, { createFolders: false }).generateAsync({ type: "uint8array", compression: "DEFLATE" }); // prettier-ignore
  const also = (name: string, content: string) => async () => {
    const zip = await JSZip.loadAsync(good);
    zip.file(name, content, { createFolders: false });
    return zip.generateAsync({ type: "uint8array" });
  };
  return Object.entries({
    empty: () => new Uint8Array(0),
    "no zip": () => text("no zip at all"),
    noise: () => Uint8Array.from({ length: 5000 }, () => 256 * random()),
    "noise behind a signature": () => {
      const bytes = Uint8Array.from({ length: 5000 }, () => 256 * random());
      bytes.set([0x50, 0x4b, 3, 4]);
      return bytes;
    },
    "cut in half": () => good.slice(0, good.length / 2),
    "cut at its end": () => good.slice(0, good.length - 9),
    "only its directory": () => good.slice(good.length / 2),
    "a changed byte": changed((bytes) => (bytes[200]! ^= 0xff)),
    encrypted: changed((bytes) => {
      for (let at = 0; at < bytes.length - 10; at++) {
        const isRecord = bytes[at] === 0x50 && bytes[at + 1] === 0x4b && bytes[at + 2] === 1;
        if (isRecord) bytes[at + 8]! |= 1;
      }
    }),
    "no entries": () => new JSZip().generateAsync({ type: "uint8array" }),
    "too many entries": async () => zipFiles(new Map(many(300, (i) => [`${i}.txt`, "x"]))),
    bomb: only("learnware.yaml", "a".repeat(30_000_000)),
    "a zip within": only("learnware.zip", good),
    "a path upwards": also("../outside", "x"),
    "a path from the root": also("/etc/outside", "x"),
    "a path with a NUL": also(`a${NUL}b`, "x"),
    "a path of another system": also("a\\b", "x"),
  }).map(([name, make]) => [`zip: ${name}`, make] as const);
}

const inManifest =
  (from: string | RegExp, to: string): Change =>
  ({ manifest }) => {
    const changed = manifest.replace(from, () => to);
    if (changed === manifest) throw new Error(`the manifest has no ${String(from)}`);
    return { manifest: changed };
  };
const named = (name: string) => inManifest("name: Good", `name: ${name}`);

const manifests: Readonly<Record<string, Change>> = {
  empty: () => ({ manifest: "" }),
  "no YAML": () => ({ manifest: "a: [1, 2" }),
  "a list": () => ({ manifest: "- a\n- b\n" }),
  "sixty thousand keys": ({ manifest }) => ({
    manifest: manifest + many(60_000, (i) => `k${i}: 1`).join("\n"),
  }),
  "keys within braces": ({ manifest }) => ({
    manifest: `${manifest}x: {${many(19_000, (i) => `k${i}`).join(", ")}}\n`,
  }),
  "nested brackets": ({ manifest }) => ({ manifest: `${manifest}x: ${deep(20_000)}\n` }),
  "nested blocks": ({ manifest }) => ({
    manifest: manifest + many(500, (i) => `${" ".repeat(i)}k:`).join("\n"),
  }),
  "aliases of aliases": ({ manifest }) => ({
    manifest: `${manifest}a: &a [1,1,1,1,1,1,1,1,1]\n${many(30, (i) => `b${i}: &b${i} [${many(9, () => `*${i === 0 ? "a" : `b${i - 1}`}`).join()}]`).join("\n")}`,
  }),
  "a comment of a megabyte": ({ manifest }) => ({ manifest: `${manifest}# ${prose(1e6)}\n` }),
  "another format": inManifest("berth-learnware-2", "berth-learnware-9"),
  pictures: inManifest("kind: table", "kind: image"),
  "a NUL in the name": named('"a\\0b"'),
  "half a character in the name": named('"a\\ud800b"'),
  "an escape in the name": named('"a\\x1b[2Jb"'),
  "a name too long": named("a".repeat(121)),
  "a number for a name": named("5"),
  "no target": inManifest("target: price", 'target: ""'),
  "a NUL in the target": inManifest("target: price", 'target: "a\\0b"'),
  "a NUL in the source": inManifest("source: made up", 'source: "a\\0b"'),
  "too many features": inManifest(/^ +- area$/m, many(5000, (i) => `      - f${i}`).join("\n")),
  "a feature of ten thousand letters": inManifest("- area", `- ${"a".repeat(10_000)}`),
  "a feature that the space lacks": inManifest("- area", "- volume"),
  "a model elsewhere": inManifest("model.onnx", "../model.onnx"),
  "a model of another name": inManifest("model.onnx", "other.onnx"),
  "one file for two": inManifest("stat.json", "model.onnx"),
  "an endless metric": inManifest(/value: 1$/m, "value: .inf"),
  "a metric of no number": inManifest(/value: 1$/m, "value: .nan"),
  "rows beyond whole numbers": inManifest("rows: 100", "rows: 1e17"),
  "a version beyond 32 bits": inManifest(/version: 1$/m, "version: 4294967296"),
  "half a version": inManifest(/version: 1$/m, "version: 1.5"),
  "another version": inManifest(/version: 1$/m, "version: 7"),
  "scores of no labels": inManifest(
    /type: numbers[^]*names:\s+- price/,
    "type: scores\n    name: values\n    labels: []",
  ),
};

const inJson =
  (part: "semantic" | "stat" | "space", change: (content: never) => void): Change =>
  (parts) => {
    const content = JSON.parse(parts[part]) as never;
    change(content);
    return { [part]: JSON.stringify(content) };
  };
const inSemantic = (change: (content: Record<string, { Values: unknown }>) => void) =>
  inJson("semantic", change);
const described = (description: string) =>
  inSemantic((about) => (about["Description"]!.Values = description));

const semantics: Readonly<Record<string, Change>> = {
  empty: () => ({ semantic: "" }),
  "no JSON": () => ({ semantic: "{" }),
  "a list": () => ({ semantic: "[]" }),
  "nested brackets": () => ({ semantic: deep(25_000) }),
  "a description of five megabytes": described(prose(5_000_000)),
  "a description of thirty thousand letters": described(prose(30_000)),
  "a NUL in the description": described(`a${NUL}b`),
  "half a character in the description": described("a\udc00b"),
  "no description": described(""),
  "a licence that is none": inSemantic((about) => (about["License"]!.Values = ["Mine"])),
  "a hundred scenarios": inSemantic((about) => {
    about["Scenario"]!.Values = many(100, () => "Business");
  }),
  "sixty thousand inputs": ({ semantic }) => ({
    semantic: JSON.stringify({
      ...(JSON.parse(semantic) as object),
      Input: { Dimension: 60_000, Description: Object.fromEntries(many(60_000, (i) => [i, "x"])) },
    }),
  }),
  "no task": inSemantic((about) => Reflect.deleteProperty(about, "Task")),
};

type Stat = Record<string, unknown> & {
  z: number[][];
  beta: number[];
  berth: Record<string, unknown>;
};
const inStat = (change: (stat: Stat) => void) => inJson("stat", change);
const raw = (from: RegExp, to: string): Change => ({ stat }) => ({ stat: stat.replace(from, () => to) }); // prettier-ignore

const stats: Readonly<Record<string, Change>> = {
  empty: () => ({ stat: "" }),
  "no JSON": () => ({ stat: "[1, 2" }),
  null: () => ({ stat: "null" }),
  "a row count beyond whole numbers": inStat((stat) => (stat["num_points"] = 1e17)),
  "fewer rows than none": inStat((stat) => (stat["num_points"] = -1)),
  "weights of 3e38": inStat((stat) => stat.beta.fill(3e38)),
  "weights of -3e38": inStat((stat) => stat.beta.fill(-3e38)),
  "weights beyond doubles": raw(/"beta":\[[^\],]*/, '"beta":[1e400'),
  "weights of texts": inStat((stat) => (stat.beta = many(20, () => "1") as never)),
  "weights nested twenty thousand deep": raw(/"beta":\[[^\]]*\]/, `"beta":${deep(20_000)}`),
  "too few weights": inStat((stat) => stat.beta.pop()),
  "points of 3e38": inStat((stat) => (stat.z[0] = [3e38, -3e38])),
  "points nested twenty thousand deep": raw(/"z":\[\[[^\]]*\]/, `"z":[${deep(20_000)}`),
  "points of many lengths": inStat((stat) => stat.z[1]!.push(1)),
  "points of another width": inStat((stat) => (stat.z = stat.z.map(() => [1, 2, 3]))),
  "no points": inStat((stat) => ([stat.z, stat.beta] = [[], []])),
  "too many points": inStat((stat) => {
    stat.z = many(2001, () => [1, 2]);
    stat.beta = many(2001, () => 1 / 2001);
  }),
  "no width of the kernel": inStat((stat) => (stat["gamma"] = 0)),
  "an endless kernel": inStat((stat) => (stat["gamma"] = 1e300)),
  "another kernel": inStat((stat) => (stat["gamma"] = 0.4)),
  "a radius below nothing": inStat((stat) => (stat.berth["radiusSquared"] = -1)),
  "no space": inStat((stat) => Reflect.deleteProperty(stat, "berth")),
  "another space": inStat((stat) => (stat.berth["space"] = "elsewhere")),
  "another type": inStat((stat) => (stat["type"] = "RKMEImageSpecification")),
};

type SpaceJson = Record<string, unknown> & { features: Record<string, unknown>[] };
const inSpace = (change: (space: SpaceJson) => void) => inJson("space", change);
const feature = (more: Record<string, unknown>) =>
  inSpace((space) => Object.assign(space.features[0]!, more));

const spaces: Readonly<Record<string, Change>> = {
  "no JSON": () => ({ space: "{" }),
  "two megabytes": ({ space }) => ({ space: space.replace("Houses", prose(2_000_000)) }),
  "another id": inSpace((space) => (space["id"] = "elsewhere")),
  "five thousand features": inSpace((space) => {
    space.features.push(...many(5000, (i) => ({ ...space.features[0]!, name: `f${i}` })));
  }),
  "two features of one name": inSpace((space) => space.features.push(space.features[0]!)),
  "a centre of 1e300": feature({ center: [1e300] }),
  "a scale of nothing": feature({ scale: [0] }),
  "a scale next to nothing": feature({ scale: [1e-320] }),
  "two centres": feature({ center: [0, 0] }),
  "a NUL in a name": inSpace((space) => (space["name"] = `a${NUL}b`)),
  "a NUL in an alias": feature({ aliases: [`a${NUL}b`] }),
  "a hundred aliases": feature({ aliases: many(100, (i) => `alias ${i}`) }),
  "an endless kernel": inSpace((space) =>
    Object.assign(space["kernel"] as object, { gamma: 1e300 }),
  ),
};

function models(good: Uint8Array, random: () => number): Readonly<Record<string, Change>> {
  const is = (make: () => Uint8Array) => () => ({ model: make() });
  const operator = (name: string) =>
    is(() =>
      oddModel({
        nodes: [{ operator: name, domain: "", inputs: ["X"], outputs: ["values"], attributes: {} }],
      }),
    );
  const value = { element: "float32", shape: ["N", 2] } as const;
  return {
    empty: is(() => new Uint8Array(0)),
    text: is(() => new TextEncoder().encode("a model, honestly")),
    noise: is(() => Uint8Array.from({ length: 3000 }, () => 256 * random())),
    "cut in half": is(() => good.slice(0, good.length / 2)),
    "random numbers": operator("RandomNormalLike"),
    "an operator that nobody knows": operator("Berth"),
    "another input": is(() =>
      encodeModel({
        name: "x",
        nodes: [],
        inputs: [{ name: "Z", ...value }],
        outputs: [{ name: "values", ...value }],
      }),
    ),
    "two inputs": is(() =>
      encodeModel({
        name: "x",
        nodes: [
          { operator: "Add", domain: "", inputs: ["X", "Y"], outputs: ["values"], attributes: {} },
        ],
        inputs: [
          { name: "X", ...value },
          { name: "Y", ...value },
        ],
        outputs: [{ name: "values", ...value }],
      }),
    ),
    "ONNX to come": is(() => oddModel({ opset: 99 })),
    "five columns": is(() => oddModel({ takes: { shape: ["N", 5] } })),
    pictures: is(() => oddModel({ takes: { shape: ["N", 1, 2] } })),
    "whole numbers": is(wholeModel),
    labels: is(labelModel),
    "two numbers": is(wideModel),
    "rows that mix": is(mixingModel),
    "rows of its own": is(stubbornModel),
    "a batch of a million": is(() => oddModel({ takes: { shape: [1_000_000, 2] } })),
    "a loop without an end": is(loopingModel),
  };
}
