/** @file What attacks on a specification would achieve, rehearsed before it is sent. */

import { type Matrix, pickRows } from "../../ground/matrix";
import { asOneStep, type Steps } from "../../ground/progress";
import { sampleIndices, seededRandom } from "../../ground/random";
import { deriveSecret, type Secret, seedOf } from "../keyed/secret";
import type { Specification } from "../specification";
import { membershipAuc } from "./membership-attack";
import { attackShadows, type ShadowRun } from "./shadow-attack";
import { WhitenedRows } from "./whitened-rows";

/** What attacks may achieve at most; docs/decisions/0009 tells why. */
export const MOST_ATTACK_AUC = 0.55;
export const MOST_STRONG_AUC = 0.58;
export const MOST_TRUE_POSITIVES = 0.03;

/** How well attacks tell rows that a specification was made from, from rows of the same kind that it was not. */
export interface Rehearsed {
  /** Area under the ROC curve of the attack by the nearest point; 0.5 when it cannot tell. */
  readonly attackAuc: number;
  /** The same of the strongest attack, `attackShadows`; and what it finds at 1 % of false positives. */
  readonly strongAuc: number;
  readonly truePositiveRate: number;
}

/** Makes a specification of some rows exactly as it would be made of all; null if it may not be made. */
export type ShadowFit = (
  train: Matrix<Float32Array>,
  secret: Secret,
) => Steps<Specification | null>;

interface RehearsalOptions {
  /** Of these rows alone: decides the splits, and has one for every run. */
  readonly secret: Secret;
  /** How many points all rows would get. */
  readonly count: number;
}

/** Standard error that splits are repeated for. */
const WANTED_ERROR = 0.01;
const MOST_SPLITS = 40;
/** Rows that were not members, over all splits, by which one in a hundred of them is worth telling … */
const ENOUGH_OTHERS = 5000;
/** … or so many splits of a small table, which take little time. */
const MOST_SMALL_SPLITS = 200;
/** After how many splits it is seen whether more are needed. */
const LOOKS = [4, 8, 16, 24, 32, 64, 128];
/** A verdict this many standard errors from the limit needs no more splits. */
const CLEAR = 3;
/** Splits that may fail before it is given up. */
const MOST_FAILURES = 5;
/**
 * Below this many rows halves are too unlike the whole, and half of one point is one point still: then
 * four fifths of the rows are trained on.
 */
const SMALL_TABLE = 100;

/**
 * Attack a way of describing a table: split its rows at random, describe one part, and see how well that tells it
 * from the other, which it has never seen. What is published is made of all rows in the same way, with a
 * secret of its own as here and with as many rows per point, so of the splits' specifications it is the least revealing.
 *
 * One split of a small table says little: its area has a standard error of √((1/n + 1/h) / 12), or 0.047 for 150
 * rows. So splits are repeated, up to 40 times, until the means have one of about 0.01 or are clearly on one side of
 * their limits, and, for the rate at 1 % of false positives, until 5000 rows that were not members or 200 splits were
 * seen, or 40 splits at least where that rate is too high: of few splits one odd one decides it. A limit then holds for the mean itself. Lower confidence bounds would let small tables, which leak the most,
 * pass because little can be shown of them. Splits share rows, so their mean errs less than this says.
 *
 * Of halves every second split is the other way round, so that a row is a member as often as not.
 *
 * @param x - Shape [n, d], n ≥ 10; in an order that has nothing to do with that of the table.
 * @returns Null if hardly any part could be described.
 */
export async function* rehearseAttacks(
  x: Matrix<Float32Array>,
  fit: ShadowFit,
  { secret, count }: RehearsalOptions,
): Steps<Rehearsed | null> {
  const trained = Math.floor(x.rows * (x.rows < SMALL_TABLE || count < 2 ? 0.8 : 0.5));
  const error = Math.sqrt((1 / trained + 1 / (x.rows - trained)) / 12);
  const forRate = Math.min(MOST_SMALL_SPLITS, Math.max(2, ENOUGH_OTHERS / (x.rows - trained)));
  const wanted = Math.ceil(Math.max(forRate, Math.min(MOST_SPLITS, (error / WANTED_ERROR) ** 2)));
  let planned = wanted;
  const runs: ShadowRun[] = [];
  let whitened: WhitenedRows | null = null;
  let sum = 0;
  for (let split = 0; runs.length < planned && split - runs.length < MOST_FAILURES; split++) {
    const { inside, outside } = splitRows(x.rows, trained, secret, split);
    const progress = { stage: "check", done: runs.length, total: planned } as const;
    const train = pickRows(x, inside);
    const made = yield* asOneStep(fit(train, deriveSecret(secret, "shadow", split)), progress);
    if (!made) continue;
    sum += membershipAuc(made, train, pickRows(x, outside));
    whitened ??= new WhitenedRows(x, made.kernel);
    const members = new Uint8Array(x.rows);
    for (const i of inside) members[i] = 1;
    runs.push({ placed: whitened.place(made), members });
    if (runs.length === wanted && findsTooMany()) planned = Math.max(wanted, MOST_SPLITS);
    if (!LOOKS.includes(runs.length) || runs.length >= wanted) continue;
    const found = attackedSoFar();
    const sure = (CLEAR * error) / Math.sqrt(runs.length / 2); // Two that mirror each other are one draw.
    if (found && (isTooMuch(found, sure) || (runs.length >= forRate && isLittle(found, sure)))) {
      return found;
    }
  }
  return attackedSoFar();

  function findsTooMany(): boolean {
    return (attackedSoFar()?.truePositiveRate ?? 0) > MOST_TRUE_POSITIVES;
  }

  function attackedSoFar(): Rehearsed | null {
    if (!whitened || runs.length < 2) return null;
    const { auc, truePositiveRate } = attackShadows(whitened, runs);
    return { attackAuc: sum / runs.length, strongAuc: auc, truePositiveRate };
  }
}

/** Whether attacks achieve no more than they may. */
export function isUnrevealing(found: Rehearsed, margin = 0): boolean {
  return (
    found.attackAuc <= MOST_ATTACK_AUC - margin &&
    found.strongAuc <= MOST_STRONG_AUC - margin &&
    found.truePositiveRate <= MOST_TRUE_POSITIVES
  );
}

function isTooMuch({ attackAuc, strongAuc }: Rehearsed, sure: number): boolean {
  return attackAuc > MOST_ATTACK_AUC + sure || strongAuc > MOST_STRONG_AUC + sure;
}

function isLittle({ attackAuc, strongAuc }: Rehearsed, sure: number): boolean {
  return attackAuc < MOST_ATTACK_AUC - sure && strongAuc < MOST_STRONG_AUC - sure;
}

function splitRows(rows: number, trained: number, secret: Secret, split: number) {
  const isSecond = trained === rows >> 1 && split % 2 === 1;
  const order = sampleIndices(rows, rows, randomOf(secret, isSecond ? split - 1 : split));
  const [first, second] = [order.subarray(0, trained), order.subarray(trained)];
  return isSecond ? { inside: second, outside: first } : { inside: first, outside: second };
}

function randomOf(secret: Secret, which: number) {
  return seededRandom(seedOf(deriveSecret(secret, "split", which)));
}
