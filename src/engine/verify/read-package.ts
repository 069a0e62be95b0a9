/** @file What a learnware's zip says, understood as far as it can be without its space and without running its model. */

import { EngineError } from "../ground/errors";
import { kindOf } from "../kinds/index";
import type { Space } from "../kinds/space";
import type { HeldBackMetric, Manifest, SemanticSpecification } from "../learnware/manifest";
import { entryOf, type InspectedModel } from "../learnware/onnx/onnx-inspect";
import type { LearnwarePackage } from "../learnware/package";
import { runnableModel, type RunnableModel } from "../learnware/runnable-model";
import { whyIncomparable } from "../specification/comparable";
import { decodeStat } from "../specification/files/codec";
import { gaussianGamma, sameKernel } from "../specification/kernel/kernel";
import type { Specification } from "../specification/specification";

/** What a package tells beside its model's graph: the parts that can be handed on as JSON. */
export interface PackageParts extends Omit<LearnwarePackage, "model" | "sample"> {
  /** How good its model was found to be on the public sample that it carries. */
  readonly measured?: readonly HeldBackMetric[];
}

export interface ReadPackage {
  readonly manifest: Manifest;
  readonly semantic: SemanticSpecification;
  readonly model: RunnableModel;
  readonly rkme: Specification;
  readonly radiusSquared: number;
  /** The book that it says to be on. */
  readonly book: string | undefined;
  /** Null if it names one that is known elsewhere. */
  readonly carried: Space | null;
  readonly measured: readonly HeldBackMetric[] | null;
}

/** Most rows and columns of a specification that is looked for. */
const MOST_ROWS = 2000;
const MOST_COLS = 8192;

/**
 * @throws EngineError `bad_package` if the parts of the package do not fit each other; `bad_specification` and others of its
 *   readers.
 */
export function readParts({
  manifest,
  semantic,
  stat,
  space,
  measured,
}: PackageParts): ReadPackage {
  const model = runnableModel(manifest);
  const { rkme, extras } = decodeStat(stat);
  if (!extras) throw misfit("the specification does not name its space");
  const named = manifest.space;
  if (extras.space !== named.id || extras.spaceVersion !== named.version) {
    throw misfit("manifest and specification name different spaces");
  }
  const why = whyIncomparable(rkme);
  if (why !== null) throw new EngineError("bad_specification", `the specification's ${why}`);
  const { rows, cols } = rkme.points;
  if (rows > MOST_ROWS || cols > MOST_COLS) {
    const most = `${MOST_ROWS} points of ${MOST_COLS} numbers`;
    throw new EngineError("bad_specification", `a specification may have ${most} at most`);
  }
  if (extras.radiusSquared < 0) {
    throw new EngineError("bad_specification", "the specification's radius must not be negative");
  }
  if (space) checkBelongs(space, model, rkme);
  const { radiusSquared, book } = extras;
  const carried = space ?? null;
  return {
    manifest,
    semantic,
    model,
    rkme,
    radiusSquared,
    book,
    carried,
    measured: measured ?? null,
  };
}

/** @throws EngineError `bad_package` if the model has not the one input and the output that its manifest names. */
export function checkGraph(model: RunnableModel, inspected: InspectedModel): void {
  const { inputs, outputs } = inspected;
  const { input, output } = entryOf(inspected, model);
  if (inputs.length !== 1 || inputs[0]?.name !== input) {
    throw misfit("the model must take the one input that its manifest names");
  }
  if (!outputs.some(({ name }) => name === output)) {
    throw misfit("the model must give the output that its manifest names");
  }
}

/** @throws EngineError `bad_package` if model or specification are not of this space. */
export function checkBelongs(
  space: Space,
  model: RunnableModel,
  { points, kernel }: Specification,
): void {
  const kind = kindOf(space);
  const problem = kind.packaging.checkModel(space, model);
  if (problem !== null) throw misfit(problem);
  const width = kind.dimension(space);
  if (points.cols !== width) {
    throw misfit(`the specification has ${points.cols} columns, the island ${width}`);
  }
  if (!sameKernel(kernel, space.kernel)) {
    const [theirs, ours] = [gaussianGamma(kernel), gaussianGamma(space.kernel)];
    throw misfit(`gamma must be the island's ${ours}, got ${theirs}`);
  }
}

function misfit(why: string): EngineError {
  return new EngineError("bad_package", why);
}
