import JSZip from "jszip";
import { stringify } from "yaml";
import { ZodError } from "zod";

import { EngineError } from "../ground/errors";
import { wrongKey } from "../ground/wrong-key";
import { featuresOf } from "../kinds/features-of";
import { isOfTables } from "../kinds/space";
import { Space } from "../kinds/space-schema";
import { fromFormat1 } from "./from-format-1";
import { Manifest, type SemanticSpecification } from "./manifest";
import { decodeText } from "./onnx/protobuf-fields";
import { readYaml } from "./read-yaml";
import { checkSemantic } from "./semantic";
import { specificationEntry } from "./specification-entry";
import { unzip } from "./zip/unzip";

/** What a learnware's zip holds. */
export interface LearnwarePackage {
  readonly manifest: Manifest;
  readonly semantic: SemanticSpecification;
  /** The statistical specification, as JSON text. */
  readonly stat: string;
  /** The ONNX file. Not yet inspected. */
  readonly model: Uint8Array<ArrayBuffer>;
  /**
   * The space as it was when the learnware was made, for a dock that does not know it; packages need not carry it. Without its
   * book: the specification has its points.
   */
  readonly space?: Space;
  /** Rows that everybody may see, as CSV: features by their names, and what is predicted. */
  readonly sample?: string;
}

export interface NewPackage extends Omit<LearnwarePackage, "model"> {
  readonly model: Uint8Array;
  /** Markdown. */
  readonly readme?: string;
}

const MANIFEST = "learnware.yaml";
const README = "README.md";
const SAMPLE = "sample.csv";
const SPACE = "space.json";
/** What format 1 calls it. */
const OLD_SPACE = "island.json";
/**
 * Most bytes of the parts that are read whole. Docks keep spaces and semantic specifications and list them to everyone:
 * there is room for 4096 features. A specification may have some 1.5 million numbers.
 */
const MOST_BYTES = {
  manifest: 512 * 1024,
  semantic: 256 * 1024,
  space: 1024 * 1024,
  stat: 32 * 1024 * 1024,
  sample: 256 * 1024,
} as const;
/** Of what a member of the zip is blamed for. */
const MOST_REASON = 300;
const FIXED_DATE = new Date(Date.UTC(2000, 0, 1));

/**
 * Pack a learnware. Equal content gives equal bytes.
 *
 * @returns The zip: `learnware.yaml`, the files it names, and `space.json` if there is a space, at the root.
 * @throws EngineError `bad_package` or `bad_specification` if the content is not what `openLearnware` accepts.
 */
export async function packLearnware({
  manifest,
  semantic,
  stat,
  model,
  space,
  sample,
  readme,
}: NewPackage): Promise<Uint8Array<ArrayBuffer>> {
  const checked = checkManifest(manifest);
  const names = memberNames(checked);
  const zip = new JSZip();
  const add = (name: string, content: string | Uint8Array) =>
    zip.file(name, content, { date: FIXED_DATE, createFolders: false });
  add(MANIFEST, stringify(checked, { lineWidth: 0, aliasDuplicateObjects: false }));
  add(names.semantic, JSON.stringify(checkSemantic(semantic), null, 2) + "\n");
  add(names.stat, stat);
  add(names.model, model);
  if (space) add(SPACE, JSON.stringify(checkSpace(SPACE, space, checked)) + "\n");
  if (sample !== undefined) add(SAMPLE, checkSample(sample));
  if (readme !== undefined) add(README, readme);
  const bytes = await zip.generateAsync({
    type: "uint8array",
    compression: "DEFLATE",
    compressionOptions: { level: 9 },
    platform: "DOS",
  });
  return new Uint8Array(bytes);
}

/**
 * Open a learnware's zip, with its files at the root or in one top folder.
 *
 * @throws EngineError `package_too_large` if it passes one of `zipLimits`.
 * @throws EngineError `bad_package` if it is damaged, a file is missing, or one cannot be understood.
 */
export async function openLearnware(zip: Uint8Array): Promise<LearnwarePackage> {
  const files = withoutTopFolder(await unzip(zip));
  const member = (name: string): Uint8Array<ArrayBuffer> => {
    const content = files.get(name);
    if (content) return content;
    const beside = name === MANIFEST ? "" : `, beside ${MANIFEST}`;
    throw badMember(name, `is missing; add it to the zip${beside}`);
  };
  const text = (name: string, mostBytes: number): string => {
    const content = member(name);
    if (content.length <= mostBytes) return decodeText(content);
    throw badMember(name, `has ${content.length} bytes, ${mostBytes} are allowed`);
  };
  const manifest = checkManifest(parseYaml(text(MANIFEST, MOST_BYTES.manifest)));
  const names = memberNames(manifest);
  const stat = text(names.stat, MOST_BYTES.stat);
  parseJson(names.stat, stat);
  const carried = [SPACE, OLD_SPACE].find((name) => files.has(name));
  return {
    manifest,
    semantic: readSemantic(names.semantic, text(names.semantic, MOST_BYTES.semantic)),
    stat,
    model: member(names.model),
    ...(carried !== undefined && {
      space: checkSpace(carried, parseJson(carried, text(carried, MOST_BYTES.space)), manifest),
    }),
    ...(files.has(SAMPLE) && { sample: text(SAMPLE, MOST_BYTES.sample) }),
  };
}

function checkSample(sample: string): string {
  const { length } = new TextEncoder().encode(sample);
  if (length <= MOST_BYTES.sample) return sample;
  throw badMember(SAMPLE, `has ${length} bytes, ${MOST_BYTES.sample} are allowed`);
}

/** The space that the manifest names, with every feature that the model takes. */
function checkSpace(
  name: string,
  content: unknown,
  { kind, space: named, model: { input } }: Manifest,
): Space {
  const parsed = Space.safeParse(content);
  if (!parsed.success) throw badMember(name, `is not right${wrongKey(parsed.error)}`);
  const space = { ...parsed.data, book: undefined };
  const ofSpace = isOfTables(space) ? "table" : space.kind;
  if (ofSpace !== kind)
    throw badMember(name, `is for data of the kind "${ofSpace}", not "${kind}"`);
  if (space.id !== named.id || space.version !== named.version) {
    const [here, there] = [space, named].map(({ id, version }) => `${id}@${version}`);
    throw badMember(name, `is ${here}, but ${MANIFEST} names ${there}`);
  }
  const known = new Set(featuresOf(space).map((feature) => feature.name));
  const taken = input.type === "features" ? input.features : [];
  const unknown = taken.find((feature) => !known.has(feature));
  if (unknown === undefined) return space;
  throw badMember(name, `lacks the feature "${unknown}", which the model takes`);
}

function memberNames(manifest: Manifest) {
  const names = {
    model: manifest.model.file_name,
    stat: specificationEntry(manifest).file_name,
    semantic: manifest.semantic_specification.file_name,
  };
  const all = [MANIFEST, SPACE, OLD_SPACE, SAMPLE, ...Object.values(names)];
  for (const name of all) {
    if (!/^[\w-][\w. -]*$/u.test(name)) {
      throw badMember(MANIFEST, `names the file "${name}"; a plain file name is required`);
    }
  }
  if (new Set(all).size < all.length) throw badMember(MANIFEST, "names one file twice");
  return names;
}

function withoutTopFolder(files: Map<string, Uint8Array<ArrayBuffer>>): typeof files {
  // Folders that macOS adds beside the real one.
  const paths = [...files.keys()].filter((path) => !path.startsWith("__MACOSX/"));
  const folders = new Set(paths.map((path) => path.slice(0, path.indexOf("/") + 1)));
  if (files.has(MANIFEST) || folders.size !== 1) return files;
  const [folder = ""] = folders;
  return new Map(paths.map((path) => [path.slice(folder.length), files.get(path)!]));
}

function parseYaml(content: string): unknown {
  try {
    return readYaml(content);
  } catch (cause) {
    throw badMember(MANIFEST, `is not YAML: ${firstLine(cause)}`, cause);
  }
}

function checkManifest(content: unknown): Manifest {
  try {
    return Manifest.parse(fromFormat1(content));
  } catch (error) {
    if (error instanceof ZodError) throw badMember(MANIFEST, `is not right${wrongKey(error)}`);
    throw error;
  }
}

function readSemantic(name: string, content: string): SemanticSpecification {
  const parsed = parseJson(name, content);
  try {
    return checkSemantic(parsed);
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause;
    throw badMember(name, `is not right: ${cause.message}`, cause);
  }
}

function parseJson(name: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw badMember(name, `is not JSON: ${firstLine(cause)}`, cause);
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}

function badMember(name: string, why: string, cause?: unknown): EngineError {
  const reason = `${name} ${why}`.slice(0, MOST_REASON);
  return new EngineError("bad_package", reason, { member: name.slice(0, 100) }, { cause });
}
