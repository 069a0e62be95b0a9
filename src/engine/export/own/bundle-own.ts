import type { Steps } from "../../ground/progress";
import { asOneStep } from "../../ground/progress";
import { categoryKey } from "../../ground/category-key";
import { encodeRows } from "../../kinds/table/space/encode";
import type { Table } from "../../kinds/table/columns/column";
import type { ReadColumn, TableDialect } from "../../kinds/table/columns/profile";
import { type OwnFeature, ownFeatures, ownSpace } from "../../kinds/table/own/own-features";
import { isDatePart } from "../../kinds/table/own/own-inputs";
import type { OwnModel } from "../../kinds/table/own/own-model";
import type { HeldBackMetric } from "../../learnware/manifest";
import { describeRows } from "../../specification/describe";
import type { Compute } from "../../specification/kernel/compute";
import type { Secret } from "../../specification/keyed/secret";
import type { PreflightReport } from "../../specification/publish/preflight";
import { type Bundle, stepAt, whyNoLearnware } from "../bundle-ensemble";
import { type ExportFacts, README, type ReadmeLanguage } from "../templates/readme";
import type { ScriptInput } from "../templates/script-inputs";
import { scriptPlan, type Scripts } from "../templates/scripts";
import { exportOwn } from "./own-graph";
import { packOwn } from "./pack-own";

/** What a learnware is made of. */
export interface OwnLearnwareRequest {
  readonly model: OwnModel;
  /** On rows that it had not seen. */
  readonly metrics: readonly HeldBackMetric[];
  readonly compute: Compute;
  /** Of this browser or machine: the learnware is described by it. */
  readonly secret: Secret;
  /** What it is and how good, in sentences. */
  readonly sentence: string;
}

export interface OwnBundleRequest extends OwnLearnwareRequest {
  /** Rows that it learned from. */
  readonly answers: number;
  /** Some of them, by which the learnware is described; null where they are no longer here. */
  readonly sample: Table | null;
  readonly dialect: TableDialect;
  readonly columns: readonly ReadColumn[];
  /** Of the sentences. */
  readonly language: ReadmeLanguage;
  readonly scripts: Scripts;
}

interface OwnLearnware {
  readonly zip: Uint8Array<ArrayBuffer>;
  readonly preflight: PreflightReport;
}

const LONGEST_NAME = 120;
const LONGEST_ID = 63;

/**
 * A model of the user's own as `bundleEnsemble` writes what learnwares make: the same files. `learnware.zip` carries a space
 * of its own, founded on the rows that it learned from.
 *
 * Yields `write`.
 */
export async function* bundleOwn(request: OwnBundleRequest): Steps<Bundle> {
  const { model, answers, sample, dialect, columns, sentence, language, scripts } = request;
  yield stepAt(0);
  const features = ownFeatures(model.inputs);
  const onnx = exportOwn(model);
  yield stepAt(1);
  const { learnware, noLearnware } =
    sample === null
      ? { learnware: null, noLearnware: "no_rows" as const }
      : yield* packOrSay(request, sample, features, onnx);
  const plan = {
    inputs: features.flatMap((feature) => inputsOf(feature)),
    ...{ target: model.target, labels: model.labels, dialect, columns },
  };
  const readme = README[language]({
    ...{ sentence, noLearnware, labels: answers, parts: [] },
    dateParts: features.filter(({ of }) => of !== "category" && of !== "filled" && isDatePart(of)).map(({ name }) => name), // prettier-ignore
  });
  return new Map<string, string | Uint8Array>([
    ["README.md", readme],
    ["model.onnx", onnx],
    ["predict.json", scriptPlan(plan)],
    ...Object.entries(scripts),
    ...(learnware ? [["learnware.zip", learnware] as const] : []),
  ]);
}

/** What a script gives the graph of `exportOwn` for a feature. */
function inputsOf(feature: OwnFeature): ScriptInput[] {
  const { column, of } = feature;
  if (of === "category") return feature.values.map((value) => ({ column, is: categoryKey(value) }));
  if (of === "filled") return [{ column, is: "" }];
  return [of === "number" ? { column } : { column, part: of }];
}

/**
 * A model of the user's own as a learnware, with a space of its own, founded on the rows that it learned from.
 *
 * @param sample - Some of those.
 * @throws EngineError `preflight_failed` and others if no outline of these rows is safe to publish; as `packOwn` does.
 */
export function learnwareOfOwn(request: OwnLearnwareRequest, sample: Table): Steps<OwnLearnware> {
  const features = ownFeatures(request.model.inputs);
  return packed(request, sample, features, exportOwn(request.model));
}

async function* packed(
  { model, metrics, compute, secret, sentence }: OwnLearnwareRequest,
  sample: Table,
  features: readonly OwnFeature[],
  onnx: Uint8Array,
): Steps<OwnLearnware> {
  const name = model.target.slice(0, LONGEST_NAME); // In no language, as the page may speak any.
  const plan = { id: idOf(model.target), name, description: "" };
  const { space, table } = ownSpace(plan, features, sample);
  const matches = space.features.map((feature, column) => ({ feature: feature.name, column }));
  const scaled = encodeRows(table, space, matches, { scaled: true });
  const described = yield* asOneStep(
    describeRows(compute, scaled, { kernel: space.kernel, secret }),
    stepAt(1),
  );
  yield stepAt(2);
  const about = { name, description: sentence, metrics };
  const zip = await packOwn(model, onnx, space, described, about);
  return { zip, preflight: described.preflight };
}

async function* packOrSay(
  request: OwnLearnwareRequest,
  sample: Table,
  features: readonly OwnFeature[],
  onnx: Uint8Array,
): Steps<{ learnware: Uint8Array | null; noLearnware: ExportFacts["noLearnware"] }> {
  try {
    const { zip } = yield* packed(request, sample, features, onnx);
    return { learnware: zip, noLearnware: null };
  } catch (error) {
    return { learnware: null, noLearnware: whyNoLearnware(error) };
  }
}

function idOf(target: string): string {
  const words = target
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `own-${words}`.slice(0, LONGEST_ID).replace(/-$/, "");
}
