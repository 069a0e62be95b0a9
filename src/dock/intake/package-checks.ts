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
import { inspectOnnx } from "../../engine/learnware/onnx/onnx-inspect";
import { openLearnware } from "../../engine/learnware/package";
import type { RunnableModel } from "../../engine/learnware/runnable-model";
import type { Specification } from "../../engine/specification/specification";
import {
  checkGraph,
  type PackageParts,
  type ReadPackage,
  readParts,
} from "../../engine/verify/read-package";
import type { BlobInfo } from "../storage/blobs/blob-store";

/** A learnware that passed every check, described on the version of the island that it was made for. */
export interface Checked {
  readonly manifest: Pick<Manifest, "kind" | "name" | "metrics" | "source" | "translations">;
  /** With its features under the dock's names. */
  readonly model: RunnableModel;
  readonly semantic: SemanticSpecification;
  readonly rkme: Specification;
  readonly radiusSquared: number;
  /** On its public sample; null where nobody measured. */
  readonly measured: ReadPackage["measured"];
  /** The space as the learnware has it, under the dock's names of features. */
  readonly space: Space;
  /** The island of that space that it is to be on. */
  readonly islandId: string;
}

/** The model with its features under the dock's names. */
export function renamed(model: RunnableModel, names: ReadonlyMap<string, string>): RunnableModel {
  return { ...model, features: model.features.map((name) => names.get(name) ?? name) };
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
  const { model: graph, ...parts } = await openLearnware(zip);
  const read = asAsked(parts);
  checkGraph(read.model, inspectOnnx(graph));
  return read;
}

/**
 * The same of what another process has read.
 *
 * @throws EngineError and AppError like `readPackage`.
 */
export function asAsked(parts: PackageParts): ReadPackage {
  const read = readParts(parts);
  const { radiusSquared, rkme } = read;
  const { id: spaceId, version: spaceVersion } = read.manifest.space;
  checkWire({ id: "a", spaceId, spaceVersion, radiusSquared }, rkme);
  return read;
}

/** As it will be asked for, it must pass the schema of what is answered. */
function checkWire(about: Omit<WireSpecification, "rkme">, rkme: Specification): void {
  const parsed = WireSpecification.safeParse({ ...about, rkme: toWire(rkme) });
  if (!parsed.success) throw notRight("the specification", parsed.error);
}

function notRight(what: string, error: ZodError): AppError {
  return new AppError("bad_input", `${what} is not right${wrongKey(error)}`);
}

/** @throws AppError `bad_input` if it would not pass the schema by which cards are read. */
export function toCard(
  id: string,
  { manifest, model, semantic, islandId, rkme, measured }: Checked,
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
    ...(measured && { measured: [...measured] }),
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
