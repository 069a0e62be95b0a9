import { AppError } from "../../contracts/outcome";
import type { LeftOut, Preparation, Reuse, ReusePlan } from "../../contracts/workers/reuse-plan";
import type { Steps } from "../../engine/ground/progress";
import type { Filling } from "../../engine/kinds/table/fill/fill-in";
import type { Space } from "../../engine/kinds/space";
import type { FeatureMatch } from "../../engine/kinds/table/space/space";
import type { ReuserName } from "../../engine/reuse/reuser";
import type { Offer, OfferCard } from "../find/offers";
import { type FetchPackage, fetchMembers } from "./fetch-members";

export type ReuseStep = "download" | "prepare" | "predict";

/** What predictions are made with, and of. */
export interface ReuseRun<Card extends OfferCard = OfferCard> {
  /** Names what is prepared; every run has its own. */
  readonly plan: number;
  readonly offer: Offer<Card>;
  readonly island: Space;
  readonly matches: readonly FeatureMatch[];
  readonly rows: number;
  readonly answersColumn: number | null;
  readonly filling: Filling;
}

export interface Reused {
  readonly reuse: Reuse;
  /** Learnwares that could not be used, those among them that the dock does not have any more. */
  readonly leftOut: readonly LeftOut[];
}

/** Where rows and models meet: `ReuseHost`, here or in a worker. */
interface Predictor {
  prepare(plan: ReusePlan): Steps<Preparation>;
  predict(plan: number, way: ReuserName, rows: number): Steps<Reuse>;
}

export interface ReusePorts {
  readonly fetchPackage: FetchPackage;
  readonly predictor: Predictor;
  /** Told where the run stands. */
  readonly onStep?: (step: ReuseStep) => void;
  /** Wanted early: the first rows. */
  readonly firstLook?: {
    /** Names what is prepared for it. */
    readonly nextPlan: () => number;
    readonly show: (look: Reused) => void;
  };
}

/** Rows that a first look shows, and learnwares that it asks. */
const FIRST_ROWS = 100;
const FIRST_LEARNWARES = 5;
/** Tables for which there is one although no answers have to be looked at. */
const MANY_ROWS = 2000;

/**
 * From what was chosen to predictions of all rows: fetch the learnwares, try them, choose a way of reuse, predict.
 *
 * @param wayOf - Which way to use; the one that is recommended unless told. May refuse.
 * @throws What the ports throw; the reason of the first learnware if none can be used.
 */
export async function* reuse(
  ports: ReusePorts,
  run: ReuseRun,
  wayOf: (preparation: Preparation) => ReuserName = ({ recommended }) => recommended,
): Steps<Reused> {
  const { predictor, onStep, firstLook } = ports;
  onStep?.("download");
  const { plan, missing } = yield* planOf(ports, run);
  const leftOut = [...missing];
  const reused = (made: Reuse): Reused => ({
    reuse: made,
    leftOut: [...leftOut, ...made.preparation.leftOut],
  });
  onStep?.("prepare");
  const isSlow = run.answersColumn !== null || run.rows > MANY_ROWS;
  if (firstLook && run.filling === "lines" && isSlow) {
    const look = yield* lookAtFirst(predictor, { ...plan, id: firstLook.nextPlan() });
    if (look) {
      firstLook.show(reused(look));
      leftOut.push(...look.preparation.leftOut);
    }
  }
  // What failed once is not waited for again.
  const failed = new Set(leftOut.map(({ id }) => id));
  const members = plan.members.filter(({ id }) => !failed.has(id));
  const preparation = yield* predictor.prepare({ ...plan, members });
  const way = wayOf(preparation);
  onStep?.("predict");
  return reused(yield* predictor.predict(plan.id, way, run.rows));
}

/** Ask for something of what was prepared; where the predictor has it no more, it is prepared again first. */
export async function* onPrepared<T>(
  ports: ReusePorts,
  run: ReuseRun,
  ask: () => Steps<T>,
): Steps<T> {
  try {
    return yield* ask();
  } catch (error) {
    if (!(error instanceof AppError && error.code === "not_prepared")) throw error;
  }
  ports.onStep?.("download");
  const { plan } = yield* planOf(ports, run);
  ports.onStep?.("prepare");
  yield* ports.predictor.prepare(plan);
  ports.onStep?.("predict");
  return yield* ask();
}

async function* planOf(
  { fetchPackage }: ReusePorts,
  { plan: id, offer, island, matches, rows, answersColumn, filling }: ReuseRun,
): Steps<{ readonly plan: ReusePlan; readonly missing: readonly LeftOut[] }> {
  const { members, missing } = yield* fetchMembers(fetchPackage, offer);
  const ways = offer.kind === "shortlist" ? "all" : "average";
  const plan = { id, island, matches, rows, members, answersColumn, filling, ways } as const;
  return { plan, missing };
}

/**
 * The first rows, in the way that is right without answers: the few nearest models answer soon. Null if they fail,
 * since the others may yet do.
 */
async function* lookAtFirst(predictor: Predictor, plan: ReusePlan): Steps<Reuse | null> {
  const members = plan.members.slice(0, FIRST_LEARNWARES);
  try {
    const { recommended } = yield* predictor.prepare({ ...plan, members, answersColumn: null });
    return yield* predictor.predict(plan.id, recommended, Math.min(FIRST_ROWS, plan.rows));
  } catch (error) {
    if (error instanceof AppError && error.code !== "aborted") return null;
    throw error;
  }
}
