import { EngineError } from "../ground/errors";
import type { FeatureMatch, Space } from "../kinds/table/space/space";
import type { LearnwarePackage } from "../learnware/package";
import { asOneStep, type Progress, type Steps } from "../ground/progress";
import { sampleIndices, seededRandom } from "../ground/random";
import type { FittedWay } from "../reuse/predict/predict-rows";
import { describeRows } from "../specification/describe";
import type { Secret } from "../specification/keyed/secret";
import { exportEnsemble, type ExportedEnsemble } from "./graph/export-ensemble";
import { packEnsemble } from "./pack-ensemble";
import { type ExportFacts, README, type ReadmeLanguage } from "./templates/readme";
import { scriptInputs, type ScriptTable } from "./templates/script-inputs";
import { scriptPlan, type Scripts } from "./templates/scripts";

export interface BundleRequest {
  /** From `fitWay` or `predictRows`. */
  readonly way: FittedWay;
  /** The package of a learnware, by id. */
  readonly packageOf: (id: string) => LearnwarePackage;
  /** That the learnwares are of. */
  readonly space: Space;
  readonly matches: readonly FeatureMatch[];
  readonly table: ScriptTable;
  /** Of this browser or machine: the learnware is described by it. */
  readonly secret: Secret;
  /** How it predicts, in a sentence of this language. */
  readonly sentence: string;
  readonly language: ReadmeLanguage;
  readonly scripts: Scripts;
}

/** Contents by file name. */
export type Bundle = ReadonlyMap<string, string | Uint8Array>;

/** Rows that the learnware is described by. */
const MOST_DESCRIBED = 10_000;

/**
 * Everything that another person, or another program, needs to predict in this way: `model.onnx`, scripts that run it on
 * a table (`predict.mjs`, `predict.py`, and `predict.json` that both read), `README.md`, and `learnware.zip` where it can be a learnware: it takes no
 * columns that its island does not have, and the outline of the user's rows passed every check.
 *
 * Yields `write`.
 *
 * @throws EngineError as `exportEnsemble`.
 */
export async function* bundleEnsemble(request: BundleRequest): Steps<Bundle> {
  const { way, packageOf, space, matches, table, sentence, language, scripts } = request;
  const { prepared, isUsed } = way;
  yield stepAt(0);
  const exported = exportEnsemble(way, space, (id) => packageOf(id).model);
  yield stepAt(1);
  const used = prepared.learnwares.filter((_, m) => isUsed[m]);
  const { learnware, noLearnware } = yield* packOrSay(exported, request);
  const { about } = prepared.learnwares[0]!;
  const plan = {
    inputs: scriptInputs(exported, space, matches, table),
    ...{ dialect: table.dialect, columns: table.columns },
    ...{ target: about.target, labels: exported.labels },
  };
  const readme = README[language]({
    ...{ sentence, noLearnware, labels: prepared.task.known?.outputs.rows ?? 0 },
    parts: used.map(({ id }) => {
      const { manifest, semantic } = packageOf(id);
      return { name: manifest.name, description: semantic.Description.Values };
    }),
  });
  return new Map<string, string | Uint8Array>([
    ["README.md", readme],
    ["model.onnx", exported.model],
    ["predict.json", scriptPlan(plan)],
    ...Object.entries(scripts),
    ...(learnware ? [["learnware.zip", learnware] as const] : []),
  ]);
}

async function* packOrSay(
  exported: ExportedEnsemble,
  { way: { prepared }, packageOf, space, sentence, secret }: BundleRequest,
): Steps<{ learnware: Uint8Array | null; noLearnware: ExportFacts["noLearnware"] }> {
  if (exported.ownColumns > 0) return { learnware: null, noLearnware: "own_columns" };
  const { rows, compute } = prepared.request;
  const chosen = sampleIndices(rows.count, MOST_DESCRIBED, seededRandom(1)).sort();
  const { scaled } = await rows.read(chosen, false);
  try {
    const described = yield* asOneStep(
      describeRows(compute, scaled, { kernel: space.kernel, secret }),
      stepAt(1),
    );
    yield stepAt(2);
    const parts = prepared.learnwares.map(({ id }) => packageOf(id));
    const name = `${parts[0]!.manifest.model.target} from ${parts.length} learnwares`;
    const about = { name, description: sentence, parts };
    const learnware = await packEnsemble(exported, space, described, about);
    return { learnware, noLearnware: null };
  } catch (error) {
    return { learnware: null, noLearnware: whyNoLearnware(error) };
  }
}

/** Why what was to be a learnware is none; what no EngineError says is thrown on. */
export function whyNoLearnware(error: unknown): "not_safe" | "not_possible" {
  if (!(error instanceof EngineError)) throw error;
  return error.code === "preflight_failed" ? "not_safe" : "not_possible";
}

export function stepAt(done: number): Progress {
  return { stage: "write", done, total: 3 };
}
