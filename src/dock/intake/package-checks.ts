/** @file What a learnware's package must hold for a dock to take it, and the card made of it. */

import type { ZodError } from "zod";

import { LearnwareCard, WireSpecification } from "../../contracts/http/dock-api";
import { AppError } from "../../contracts/outcome";
import { coarseCount } from "../../engine/specification/coarse-count";
import { toWire } from "../../contracts/wire/wire-rkme";
import type { Space } from "../../engine/kinds/space";
import type { Manifest, SemanticSpecification } from "../../engine/learnware/manifest";
import { EngineError } from "../../engine/ground/errors";
import { wrongKey } from "../../engine/ground/wrong-key";
import {
  entryOf,
  type InspectedModel,
  inspectOnnx,
} from "../../engine/learnware/onnx/onnx-inspect";
import { openLearnware } from "../../engine/learnware/package";
import { runnableModel, type RunnableModel } from "../../engine/learnware/runnable-model";
import { whyIncomparable } from "../../engine/specification/comparable";
import { decodeStat } from "../../engine/specification/files/codec";
import type { Specification } from "../../engine/specification/specification";
import type { BlobInfo } from "../storage/blobs/blob-store";
import { gaussianGamma, sameKernel } from "../../engine/specification/kernel/kernel";
import { kindOf } from "../../engine/kinds/index";

/** A learnware that passed every check, described on the version of the island that it was made for. */
export interface Checked {
  readonly manifest: Pick<Manifest, "kind" | "name" | "metrics" | "source" | "translations">;
  /** With its features under the dock's names. */
  readonly model: RunnableModel;
  readonly semantic: SemanticSpecification;
  readonly rkme: Specification;
  readonly radiusSquared: number;
  /** The space as the learnware has it, under the dock's names of features. */
  readonly space: Space;
  /** The island of that space that it is to be on. */
  readonly islandId: string;
}

/** The model with its features under the dock's names. */
export function renamed(model: RunnableModel, names: ReadonlyMap<string, string>): RunnableModel {
  return { ...model, features: model.features.map((name) => names.get(name) ?? name) };
}

function checkGraph(model: RunnableModel, inspected: InspectedModel): void {
  const { inputs, outputs } = inspected;
  const { input, output } = entryOf(inspected, model);
  if (inputs.length !== 1 || inputs[0]?.name !== input) {
    throw new AppError("bad_input", "the model must take the one input that its manifest names");
  }
  if (!outputs.some(({ name }) => name === output)) {
    throw new AppError("bad_input", "the model must give the output that its manifest names");
  }
}

/** What a learnware's zip says, understood and as far as can be told without a dock in order. */
export interface ReadPackage {
  readonly manifest: Manifest;
  readonly semantic: SemanticSpecification;
  readonly model: RunnableModel;
  readonly rkme: Specification;
  readonly radiusSquared: number;
  /** The book that it says to be on. */
  readonly book: string | undefined;
  /** Null if it names one that the dock is to know. */
  readonly carried: Space | null;
}

/**
 * Read a zip. Whatever it holds, it is the zip's fault if this fails.
 *
 * @throws EngineError `bad_package`, `bad_specification`, `bad_model`, `unsupported_operator` and others of the package's
 *   reader; AppError `bad_input`.
 */
export async function readPackage(zip: Uint8Array): Promise<ReadPackage> {
  try {
    return await read(zip);
  } catch (cause) {
    if (cause instanceof EngineError || cause instanceof AppError) throw cause;
    throw new EngineError("bad_package", "the zip cannot be understood", {}, { cause });
  }
}

async function read(zip: Uint8Array): Promise<ReadPackage> {
  const { manifest, semantic, stat, model: graph, space = null } = await openLearnware(zip);
  const model = runnableModel(manifest);
  checkGraph(model, inspectOnnx(graph));
  const { rkme, extras } = decodeStat(stat);
  if (!extras) throw new AppError("bad_input", "the specification does not name its space");
  const named = manifest.space;
  if (extras.space !== named.id || extras.spaceVersion !== named.version) {
    throw new AppError("bad_input", "manifest and specification name different spaces");
  }
  const { radiusSquared, book } = extras;
  const why = whyIncomparable(rkme);
  if (why !== null) throw new AppError("bad_input", `the specification's ${why}`);
  checkWire({ id: "a", spaceId: named.id, spaceVersion: named.version, radiusSquared }, rkme);
  if (space) checkBelongs(space, model, rkme);
  return { manifest, semantic, model, rkme, radiusSquared, book, carried: space };
}

/** As it will be asked for, it must pass the schema of what is answered. */
function checkWire(about: Omit<WireSpecification, "rkme">, rkme: Specification): void {
  const parsed = WireSpecification.safeParse({ ...about, rkme: toWire(rkme) });
  if (!parsed.success) throw notRight("the specification", parsed.error);
}

function notRight(what: string, error: ZodError): AppError {
  return new AppError("bad_input", `${what} is not right${wrongKey(error)}`);
}

export function checkBelongs(
  island: Space,
  model: RunnableModel,
  { points, kernel }: Specification,
): void {
  const kind = kindOf(island);
  const problem = kind.packaging.checkModel(island, model);
  if (problem !== null) throw new AppError("bad_input", problem);
  const width = kind.dimension(island);
  if (points.cols !== width) {
    throw new AppError(
      "bad_input",
      `the specification has ${points.cols} columns, the island ${width}`,
    );
  }
  if (!sameKernel(kernel, island.kernel)) {
    const [theirs, ours] = [gaussianGamma(kernel), gaussianGamma(island.kernel)];
    throw new AppError("bad_input", `gamma must be the island's ${ours}, got ${theirs}`);
  }
}

/** @throws AppError `bad_input` if it would not pass the schema by which cards are read. */
export function toCard(
  id: string,
  { manifest, model, semantic, islandId, rkme }: Checked,
  { sha256, sizeBytes }: BlobInfo,
): LearnwareCard {
  const { kind, name, metrics, source, translations } = manifest;
  const card: LearnwareCard = {
    id,
    kind,
    name,
    description: semantic.Description.Values,
    islandId,
    task: model.task,
    target: model.target,
    ...(model.unit === undefined ? {} : { unit: model.unit }),
    labels: [...model.labels],
    features: [...model.features],
    metrics,
    licence: semantic.License.Values.join(", "),
    source,
    semantic,
    sha256,
    sizeBytes,
    rowCount: Math.max(1, coarseCount(rkme.rowCount)),
    ...(translations && { translations }),
  };
  const parsed = LearnwareCard.safeParse(card);
  if (!parsed.success) throw notRight("the learnware", parsed.error);
  return card;
}
