import { AppError } from "../../contracts/outcome";
import type {
  BundleWords,
  LeftOut,
  Preparation,
  Reuse,
  ReuseMember,
  ReusePlan,
} from "../../contracts/workers/reuse-plan";
import { bundleTextWay } from "../../engine/export/bundle-text-way";
import { type Bundle, bundleEnsemble } from "../../engine/export/bundle-ensemble";
import type { Scripts } from "../../engine/export/templates/scripts";
import { EngineError } from "../../engine/ground/errors";
import type { Secret } from "../../engine/specification/keyed/secret";
import type { Steps } from "../../engine/ground/progress";
import { featureOfColumns } from "../../engine/kinds/table/space/feature-columns";
import { acrossSpaces } from "../../engine/kinds/table/fill/across";
import type { Alignment } from "../../engine/kinds/table/fill/alignment";
import type { LearnwarePackage } from "../../engine/learnware/package";
import type { RunnableModel } from "../../engine/learnware/runnable-model";
import { wayFigures } from "../../engine/reuse/figures/way-figures";
import type { FailedLearnware } from "../../engine/reuse/predict/learnware-run";
import { type FittedWay, fitWay, predictRows } from "../../engine/reuse/predict/predict-rows";
import { PredictionCollector } from "../../engine/reuse/predict/prediction-collector";
import {
  type PreparedReuse,
  prepareReuse,
  type ReuseRequest,
} from "../../engine/reuse/predict/prepare-reuse";
import { sameQuestion } from "../../engine/reuse/rows/same-question";
import type { ReuserName } from "../../engine/reuse/reuser";
import { knownColumns } from "../../engine/kinds/table/fill/fill-in";
import { kindOf } from "../../engine/kinds/index";
import { isOfTables } from "../../engine/kinds/space";
import { type RowReader, userRows } from "../../engine/kinds/rows";
import { averaging } from "../../engine/reuse/ways/averaging";
import type { OpenedLearnware, OpenedMembers, ReuseHostPorts } from "./ports";

interface Held {
  readonly plan: Omit<ReusePlan, "members">;
  readonly about: RunnableModel;
  /** By id. */
  readonly packages: ReadonlyMap<string, LearnwarePackage>;
  /** Whether models get columns that the table lacks. */
  readonly fillsIn: boolean;
  prepared: PreparedReuse;
  fitted: FittedWay | null;
}

/** Where rows and models meet: prepares a plan, and predicts and writes down what was prepared last. */
export class ReuseHost {
  readonly #ports: ReuseHostPorts;
  #held: Held | null = null;

  constructor(ports: ReuseHostPorts) {
    this.#ports = ports;
  }

  /**
   * Open and try the learnwares, learn what the answers are, and choose a way of reuse. Learnwares that fail are left
   * out.
   *
   * @throws EngineError of the first learnware if all fail, and as `prepareReuse`; what the ports throw.
   */
  async *prepare(plan: ReusePlan): Steps<Preparation> {
    this.#held = null;
    const { rows, open, compute } = this.#ports;
    const { members, ...rest } = plan;
    const { opened, failed } = asAnnounced(members, await open(members));
    const about = opened[0]?.about;
    if (!about) throw failed[0]?.error ?? new AppError("bad_input", "no learnware was chosen");
    const { answersColumn } = plan;
    const request = {
      learnwares: opened,
      rows: this.#readerOf(plan),
      answers: answersColumn === null ? null : await rows.answers(answersColumn, about.task),
      compute: await compute(),
      isPinned: !isOfTables(plan.island),
      ...(plan.ways === "average" && { reusers: [averaging] }),
    };
    const filled = yield* this.#filled(plan, request);
    this.#held = {
      ...{ plan: rest, about, fillsIn: filled !== request, fitted: null },
      packages: new Map(opened.flatMap((one) => (one.package ? [[one.id, one.package]] : []))),
      prepared: yield* prepareReuse(filled, failed),
    };
    return preparationOf(this.#held);
  }

  /**
   * Predict the first rows, or all.
   *
   * @throws AppError `not_prepared` if another plan was prepared since; EngineError as `predictRows`.
   */
  async *predict(plan: number, name: ReuserName, rows: number): Steps<Reuse> {
    const held = this.#heldFor(plan);
    const collector = new PredictionCollector(held.about, rows);
    const fitted = yield* fittedWay(held, name);
    const { way, account } = yield* predictRows(fitted, rows, (block) => collector.take(block));
    held.fitted = way;
    held.prepared = way.prepared;
    const predictions = collector.finish(way.prepared.classes.names);
    const ranges = way.uncertainty.held;
    const columnFeatures = comparedFeatures(held.plan);
    const made = { account, predictions, columnFeatures, ranges };
    return { preparation: preparationOf(held), way: name, ...made };
  }

  /**
   * What predicts in this way, as files that need no Berth.
   *
   * @param secret - Of this browser or machine.
   * @throws AppError `not_exportable` if models get columns that the table lacks, `not_prepared`; EngineError as
   *   `bundleEnsemble`.
   */
  async *bundle(
    plan: number,
    name: ReuserName,
    words: BundleWords,
    scripts: Scripts,
    secret: Secret,
  ): Steps<Bundle> {
    const held = this.#heldFor(plan);
    requireExportable(held);
    const { packages } = held;
    const { island, matches, answersColumn } = held.plan;
    if (!isOfTables(island) && island.kind === "image") {
      const message =
        "what predicts pictures together is not written down as one model: its models take what Berth's embedder sees, in pixels that every program decodes and shrinks otherwise. Each can be had by itself: berth get";
      throw new AppError("not_exportable", message, { reason: "kind" });
    }
    const way = yield* fittedWay(held, name);
    const packageOf = (id: string) => packages.get(id)!;
    if (!isOfTables(island)) return bundleTextWay({ way, packageOf, ...words });
    const table = await this.#ports.rows.scriptTable(answersColumn);
    const of = { way, packageOf, space: island, matches, table, scripts, secret };
    return yield* bundleEnsemble({ ...of, ...words });
  }

  #heldFor(plan: number): Held {
    if (this.#held?.plan.id === plan) return this.#held;
    throw new AppError("not_prepared", `plan ${plan} is not what was prepared last`);
  }

  #readerOf(plan: ReusePlan): RowReader {
    const { rows } = this.#ports;
    return {
      count: plan.rows,
      atOnce: kindOf(plan.island).parts?.rows,
      async read(choice, withOwn) {
        const read = await rows.read(plan, choice, withOwn);
        const wanted = choice instanceof Int32Array ? choice.length : choice.to - choice.from;
        if (read.count === wanted) return userRows(kindOf(plan.island), plan.island, read);
        const message = `the table gave ${read.count} rows, ${wanted} were asked for`;
        throw new EngineError("shape_mismatch", message);
      },
    };
  }

  /** With columns for models that take more than a table has. */
  async *#filled(
    { filling, island, matches }: ReusePlan,
    request: ReuseRequest,
  ): Steps<ReuseRequest> {
    if (!isOfTables(island)) return request;
    const learned: ReadonlyMap<string, Alignment> =
      filling === "lines"
        ? new Map()
        : yield* this.#ports.learnAlignments(request, island, matches);
    return acrossSpaces(request, island, matches, learned);
  }
}

/** Of each column that rows are compared in. */
function comparedFeatures({ island, matches }: Held["plan"]): string[] {
  if (!isOfTables(island)) return [];
  const columns = knownColumns(island, matches);
  const features = featureOfColumns(island);
  return columns.length === 0 ? features : columns.map((column) => features[column]!);
}

/** @throws AppError `not_exportable` if models get columns that the table lacks. */
export function requireExportable({ fillsIn }: { readonly fillsIn: boolean }): void {
  if (!fillsIn) return;
  const message = "models get columns that the table lacks, and what fills them in is not exported";
  throw new AppError("not_exportable", message, { reason: "lacking_features" });
}

/** What predicted last, if in this way; else the way is fitted. */
async function* fittedWay({ fitted, prepared }: Held, name: ReuserName): Steps<FittedWay> {
  return fitted?.reuser.name === name ? fitted : yield* fitWay(prepared, name);
}

function preparationOf({ prepared, fillsIn }: Held): Preparation {
  const { choice, task, failed } = prepared;
  return {
    recommended: choice.recommended.name,
    basis: choice.basis,
    reason: choice.reason,
    judgedBy: choice.folds?.by ?? null,
    ways: wayFigures(prepared),
    fillsIn,
    answers: task.known?.outputs.rows ?? 0,
    learnwares: prepared.learnwares.map(({ id }) => id),
    shares: [...task.shares],
    leftOut: failed.map(leftOut),
  };
}

/** Those that answer what their cards say; the others were left where they were for something else. */
function asAnnounced(
  members: readonly ReuseMember[],
  { opened, failed }: OpenedMembers,
): OpenedMembers {
  const questions = new Map(members.map(({ id, question }) => [id, question]));
  const isOther = ({ id, about }: OpenedLearnware) => {
    const question = questions.get(id) ?? null;
    return question !== null && !sameQuestion(question, about);
  };
  const others = opened.filter(isOther).map(({ id }): FailedLearnware => {
    const message = "it does not answer what its card says";
    return { id, error: new EngineError("bad_package", message, { reason: "other_question" }) };
  });
  return { opened: opened.filter((one) => !isOther(one)), failed: [...failed, ...others] };
}

function leftOut({ id, error: { code, message, details } }: FailedLearnware): LeftOut {
  return { id, code, message, details };
}
