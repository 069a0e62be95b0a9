import { EngineError } from "../ground/errors";
import type { Space } from "../kinds/space";

import type { HeldBackMetric, Manifest } from "../learnware/manifest";
import { type InspectedModel, inspectOnnx } from "../learnware/onnx/onnx-inspect";
import { type LearnwarePackage, openLearnware } from "../learnware/package";
import type { RunnableModel } from "../learnware/runnable-model";
import { type Check, type CheckId, type Found, refused, warned } from "./check";
import { honestyFindings } from "./honesty";
import {
  checkBelongs,
  checkGraph,
  type PackageParts,
  type ReadPackage,
  readParts,
} from "./read-package";
import {
  batchFindings,
  edgeFindings,
  noiseFindings,
  ownFindings,
  type Run,
  speedFindings,
} from "./run-findings";
import { readSample, type SampleDecoding, sampleFindings } from "./sample";
import { semanticFindings } from "./semantic-findings";
import { ownInputs } from "./trial-inputs";

/** A model that was loaded to be tried. */
interface TrialModel {
  readonly run: Run;
  close(): Promise<void>;
}

export interface VerifyPorts {
  readonly open: (model: InspectedModel, about: RunnableModel) => Promise<TrialModel>;
  /** The space that a manifest names and its zip does not carry; null if nobody here knows it. */
  readonly findSpace: (named: Manifest["space"]) => Promise<Space | null>;
  /** Reads the sample as text. */
  readonly decoding: SampleDecoding;
  /** In milliseconds. */
  readonly now: () => number;
}

/** Points of its own specification that a model is tried on, each twice. */
const TRIED = 50;

/**
 * Everything that is looked at before a learnware is let in, one check after the other, until one refuses it: the same in a
 * dock, in the page and on the command line.
 *
 * @returns The parts of the package; null if it is refused.
 */
export async function* verifyPackage(
  zip: Uint8Array,
  ports: VerifyPorts,
): AsyncGenerator<Check, PackageParts | null, undefined> {
  const { now } = ports;
  let start = now();
  const told = (id: CheckId, found: Found | null): Check => {
    const seconds = Number(((now() - start) / 1000).toFixed(3));
    start = now();
    const { state, code, message, details = {} } = found ?? fine;
    return { id, state, code, message, details, seconds };
  };

  let opened: LearnwarePackage;
  try {
    opened = await openLearnware(zip);
  } catch (error) {
    const at = checkOf(error);
    for (const id of readChecks.slice(0, readChecks.indexOf(at))) yield told(id, null);
    yield told(at, asRefusal(error));
    return null;
  }
  yield told("zip", null);
  yield told("manifest", null);

  let read: ReadPackage;
  let inspected: InspectedModel;
  try {
    inspected = inspectOnnx(opened.model);
  } catch (error) {
    yield told("model", asRefusal(error));
    return null;
  }
  try {
    read = readParts(opened);
  } catch (error) {
    yield told("specification", asRefusal(error));
    return null;
  }
  const { manifest, model, rkme, radiusSquared } = read;
  const stages: readonly [CheckId, () => Found | null][] = [
    ["semantic", () => semanticFindings(read)],
    ["model", () => (checkGraph(model, inspected), orderFindings(model, inspected))],
    ["specification", () => null],
    ["honesty", () => honestyFindings(rkme, radiusSquared)],
  ];
  for (const [id, stage] of stages) {
    const check = told(id, attempt(stage));
    yield check;
    if (check.state === "refused") return null;
  }

  const space = read.carried ?? (await ports.findSpace(manifest.space));
  if (!space) {
    const message = `nobody here knows the space ${manifest.space.id}: only a dock that does can try the model`;
    yield told("space", warned("unknown_space", message, { space: manifest.space.id }));
    return partsOf(opened);
  }
  const belonging = told(
    "space",
    attempt(() => (checkBelongs(space, model, rkme), null)),
  );
  yield belonging;
  if (belonging.state === "refused") return null;

  const own = ownInputs(rkme, space, model, TRIED);
  if (!own) {
    yield told("own_rows", warned("not_tried", "models of this kind cannot be tried without data"));
    return partsOf(opened);
  }
  let trial: TrialModel;
  try {
    trial = await ports.open(inspected, model);
  } catch (error) {
    yield told("own_rows", asRefusal(error));
    return null;
  }
  const measured: HeldBackMetric[] = [];
  try {
    const runs: readonly [CheckId, () => Promise<Found | null>][] = [
      ["own_rows", () => ownFindings(trial.run, model, own)],
      ["noise", () => noiseFindings(trial.run, model, own)],
      ["edges", () => edgeFindings(trial.run, model, own)],
      ["batches", () => batchFindings(trial.run, model, own)],
      ["speed", () => speedFindings(trial.run, own, now)],
      ["sample", measureSample],
    ];
    for (const [id, run] of runs) {
      const check = told(id, await run().catch(asRefusal));
      yield check;
      if (check.state === "refused") return null;
    }
  } finally {
    await trial.close();
  }
  return { ...partsOf(opened), ...(measured.length > 0 && { measured }) };

  async function measureSample(): Promise<Found | null> {
    if (opened.sample === undefined) return null;
    const sample = await readSample(opened.sample, space!, model, ports.decoding);
    const found = await sampleFindings(sample, trial.run, manifest.metrics);
    measured.push(...found.measured);
    return found.found;
  }
}

const fine: Found = { state: "passed", code: "fine", message: null };
/** What opening a zip looks at, in this order. */
const readChecks: readonly CheckId[] = ["zip", "manifest", "semantic", "specification", "space"];

/** Which part of a package could not be read. */
function checkOf(error: unknown): CheckId {
  const member = error instanceof EngineError ? error.details["member"] : undefined;
  if (error instanceof EngineError && error.code === "bad_specification") return "specification";
  if (typeof member !== "string" || (error as Error).message.includes("is missing")) return "zip";
  if (member === "learnware.yaml") return "manifest";
  if (member === "space.json" || member === "island.json") return "space";
  return member.includes("semantic") ? "semantic" : "specification";
}

/** Classes in another order than in the graph would give every row the wrong name. */
function orderFindings({ labels }: RunnableModel, { labels: held }: InspectedModel): Found | null {
  if (held.length === 0 || labels.length !== held.length) return null;
  const at = labels.findIndex((label, i) => label !== held[i]);
  if (at < 0) return null;
  const isSet = [...labels].sort().join("\n") === [...held].sort().join("\n");
  if (!isSet) return null; // Other names for them.
  return refused("class_order", "the manifest has the classes in another order than the model", {
    position: at + 1,
  });
}

function attempt(stage: () => Found | null): Found | null {
  try {
    return stage();
  } catch (error) {
    return asRefusal(error);
  }
}

/** @throws What is no refusal of the engine. */
function asRefusal(error: unknown): Found {
  if (error instanceof EngineError) return refused(error.code, error.message, error.details);
  throw error;
}

function partsOf({ manifest, semantic, stat, space }: LearnwarePackage): PackageParts {
  return { manifest, semantic, stat, ...(space && { space }) };
}
