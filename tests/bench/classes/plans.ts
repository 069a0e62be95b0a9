/** @file Who learns from which rows of a labelled set, and who asks about which others. */

import { type Random, seededRandom } from "../../../src/engine/ground/random";

/** Rows of a set, and the task that they are of. */
export interface Part {
  readonly rows: readonly number[];
  readonly task: readonly string[];
}

export interface ClassMarket {
  readonly name: string;
  /** Of all rows of the set. */
  readonly labels: readonly string[];
  readonly learnwares: readonly Part[];
  readonly users: readonly Part[];
  /** Whether a learnware has a user's own task. */
  readonly isOwn: (learnware: readonly string[], user: readonly string[]) => boolean;
}

/** How large the parts of a market of groups are. */
export interface GroupSizes {
  /** Rows of a learnware, .4, .4, .1 and .1 of four classes; of a user, .3, .3 and four times .1 of six. */
  readonly learnware: number;
  readonly user: number;
  /** Every so many-th user has the heavy classes of some learnware: 1: all of them. */
  readonly ownEvery: number;
}

const LEARNWARES = 50;
const USERS = 40;
/** Of tasks of two groups, of groups alone, and of labels within groups: more are drawn from. */
const MOST_PAIRS = 20;
const MOST_TASKS = 150;
const TRAINED = 0.6;
const LEARNT = [0.4, 0.4, 0.1, 0.1];
const ASKED = [0.3, 0.3, 0.1, 0.1, 0.1, 0.1];

/** Fifty learnwares of four classes each, and forty users of six, with other rows. */
export function marketOfGroups(
  name: string,
  labels: readonly string[],
  { learnware, user, ownEvery }: GroupSizes,
  seed: number,
): ClassMarket {
  const random = seededRandom(seed + 1);
  const classes = [...new Set(labels)].sort();
  const trained = new Set<number>();
  for (const one of classes) {
    const rows = rowsWhere(labels, (label) => label === one);
    for (const row of drawn(rows, Math.round(TRAINED * rows.length), random)) trained.add(row);
  }
  const take = (one: string, count: number, isTrained: boolean) =>
    drawn(
      rowsWhere(labels, (label, row) => label === one && trained.has(row) === isTrained),
      count,
      random,
    );
  const mixed = (task: readonly string[], size: number, shares: readonly number[]): Part => ({
    task,
    rows: shuffled(
      task.flatMap((one, i) => take(one, Math.round(shares[i]! * size), shares === LEARNT)),
      random,
    ),
  });
  const learnwares = Array.from({ length: LEARNWARES }, () =>
    mixed(drawn(classes, LEARNT.length, random), learnware, LEARNT),
  );
  const users = Array.from({ length: USERS }, (_, u) => {
    if (u % ownEvery > 0) return mixed(drawn(classes, ASKED.length, random), user, ASKED);
    const { task } = learnwares[Math.floor(random() * learnwares.length)]!;
    const others = drawn(classes.filter((one) => !task.includes(one)), 2, random); // prettier-ignore
    return mixed([...task, ...others], user, ASKED);
  });
  const heavy = (task: readonly string[]) => [...task.slice(0, 2)].sort().join();
  return { name, labels, learnwares, users, isOwn: (a, b) => heavy(a) === heavy(b) };
}

/** The paper's: every three of five classes five times over; users of every two. */
export function marketOf3of5(
  name: string,
  labels: readonly string[],
  classes: readonly string[],
  seed: number,
): ClassMarket {
  const random = seededRandom(seed + 1);
  const used = rowsWhere(labels, (label) => classes.includes(label));
  const trained = new Set(drawn(used, used.length >> 1, random));
  const learnwares = choose(classes, 3).flatMap((task) => {
    const pool = used.filter((row) => trained.has(row) && task.includes(labels[row]!));
    return Array.from({ length: 5 }, () => ({ task, rows: drawn(pool, pool.length >> 1, random) }));
  });
  const users = choose(classes, 2).map((task) => ({
    task,
    rows: shuffled(
      used.filter((row) => !trained.has(row) && task.includes(labels[row]!)),
      random,
    ),
  }));
  return {
    ...{ name, labels, learnwares, users },
    isOwn: (learnware, user) => user.every((one) => learnware.includes(one)),
  };
}

/** Rows of one group in each learnware, or of two; users of a group or of two, of other rows. */
export function marketOfDomains(
  name: string,
  labels: readonly string[],
  groups: readonly string[],
  { each, learnware, user }: { readonly each: number; readonly learnware: number; readonly user: number }, // prettier-ignore
  seed: number,
): ClassMarket {
  const random = seededRandom(seed + 1);
  const domains = [...new Set(groups)].sort();
  const trained = new Set(
    domains.flatMap((one) => {
      const rows = rowsWhere(groups, (group) => group === one);
      return drawn(rows, Math.round(TRAINED * rows.length), random);
    }),
  );
  const take = (task: readonly string[], count: number, isTrained: boolean) =>
    drawn(
      rowsWhere(groups, (group, row) => task.includes(group) && trained.has(row) === isTrained),
      count,
      random,
    );
  const all = choose(domains, 2);
  const pairs = all.length > MOST_PAIRS ? drawn(all, MOST_PAIRS, random) : all;
  const alone = domains.length > MOST_PAIRS ? drawn(domains, MOST_PAIRS, random) : domains;
  const learnwares = [
    ...alone.flatMap((one) => Array.from({ length: each }, () => [one])),
    ...pairs,
  ].map((task) => ({ task, rows: take(task, learnware, true) }));
  const users = [...alone.flatMap((one) => [[one], [one], [one]]), ...pairs].map((task) => ({
    task,
    rows: shuffled(take(task, user, false), random),
  }));
  return {
    ...{ name, labels, learnwares, users },
    isOwn: (learner, asker) => learner.every((one) => asker.includes(one)),
  };
}

/** In each group a learnware for every two of its labels, and a user who has the same. */
export function marketOfPairs(
  name: string,
  labels: readonly string[],
  groups: readonly string[],
  { least, learnware, user }: { readonly least: number; readonly learnware: number; readonly user: number }, // prettier-ignore
  seed: number,
): ClassMarket {
  const random = seededRandom(seed + 1);
  const isTrained = labels.map(() => random() < TRAINED);
  const rowsOf = (group: string, label: string) =>
    rowsWhere(labels, (one, row) => one === label && groups[row] === group);
  const everyTask = [...new Set(groups)].sort().flatMap((group) => {
    const large = [...new Set(labels)]
      .sort()
      .filter((label) => rowsOf(group, label).length >= least);
    return choose(large, 2).map((pair) => [group, ...pair]);
  });
  const tasks = everyTask.length > MOST_TASKS ? drawn(everyTask, MOST_TASKS, random) : everyTask;
  const take = (task: readonly string[], count: number, trained: boolean) => {
    const [group, ...pair] = task;
    const rows = pair.flatMap((label) => rowsOf(group!, label));
    return { task, rows: shuffled(drawn(rows.filter((row) => isTrained[row] === trained), count, random), random) }; // prettier-ignore
  };
  return {
    ...{ name, labels },
    learnwares: tasks.map((task) => take(task, learnware, true)),
    users: tasks.map((task) => take(task, user, false)),
    isOwn: (a, b) => a.join() === b.join(),
  };
}

function rowsWhere(
  labels: readonly string[],
  is: (label: string, row: number) => boolean,
): number[] {
  return [...labels.keys()].filter((row) => is(labels[row]!, row));
}

function drawn<T>(of: readonly T[], count: number, random: Random): T[] {
  const left = [...of];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat();
}

/** So that the first of a user's rows are of all classes. */
function shuffled<T>(of: readonly T[], random: Random): T[] {
  return drawn(of, of.length, random);
}

function choose(of: readonly string[], count: number): string[][] {
  if (count === 0) return [[]];
  return of.flatMap((first, i) =>
    choose(of.slice(i + 1), count - 1).map((others) => [first, ...others]),
  );
}
