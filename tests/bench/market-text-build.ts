/** @file Markets of texts: who learns from which of them, and who asks about which others. */

import { join } from "node:path";

import { openTableFile } from "../../src/cli/read-table-file";
import { textsOfColumn } from "../../src/cli/texts/texts-of-column";
import { type Random, seededRandom } from "../../src/engine/ground/random";

/** Texts with a class each, and a group that makes some of them alike. */
interface LabelledTexts {
  readonly texts: readonly string[];
  readonly labels: readonly string[];
  readonly groups: readonly string[];
}

/** Rows of a set, and the task that they are of. */
interface Part {
  readonly rows: readonly number[];
  readonly task: readonly string[];
}

export interface TextMarket {
  readonly name: string;
  readonly set: LabelledTexts;
  readonly learnwares: readonly Part[];
  readonly users: readonly Part[];
  /** Whether a learnware has a user's own task. */
  readonly isOwn: (learnware: readonly string[], user: readonly string[]) => boolean;
}

/** The markets of a folder: newsgroups in two ways, and reviews where they are there. */
export async function textMarkets(data: string, seed: number): Promise<TextMarket[]> {
  const news = join(data, "text/newsgroups20_mini.csv.gz");
  const read = (label: string, group: string) => readSet(news, "text", label, group);
  const [groups, superclasses] = [await read("newsgroup", "newsgroup"), await read("superclass", "superclass")]; // prettier-ignore
  return [marketOfGroups("groups", groups, seed), marketOf3of5(superclasses, seed)];
}

/** A market of any set: users share two heavy classes with some learnware, as the paper's have. */
export async function marketOfFile(
  path: string,
  { text, label, group }: { readonly text: string; readonly label: string; readonly group: string },
  seed: number,
): Promise<TextMarket> {
  return marketOfGroups(path, await readSet(path, text, label, group), seed);
}

async function readSet(
  path: string,
  text: string,
  label: string,
  group: string,
): Promise<LabelledTexts> {
  const open = await openTableFile(path);
  const column = (name: string) => textsOfColumn(open, name);
  return { texts: await column(text), labels: await column(label), groups: await column(group) };
}

/** Learnwares of 4 classes by .4, .4, .1, .1 of 150 texts; users of 6 by .3, .3 and 4 × .1 of 120, of others. */
function marketOfGroups(name: string, set: LabelledTexts, seed: number): TextMarket {
  const random = seededRandom(seed + 1);
  const classes = [...new Set(set.labels)].sort();
  const trained = new Set<number>();
  for (const one of classes) {
    const rows = rowsWhere(set.labels, (label) => label === one);
    for (const row of drawn(rows, Math.round(0.6 * rows.length), random)) trained.add(row);
  }
  const take = (one: string, count: number, isTrained: boolean) =>
    drawn(
      rowsWhere(set.labels, (label, row) => label === one && trained.has(row) === isTrained),
      count,
      random,
    );
  const mixed = (task: readonly string[], counts: readonly number[], isTrained: boolean): Part => ({
    task,
    rows: shuffled(
      task.flatMap((one, i) => take(one, counts[i]!, isTrained)),
      random,
    ),
  });
  const learnwares = Array.from({ length: 50 }, () =>
    mixed(drawn(classes, 4, random), [60, 60, 15, 15], true),
  );
  const users = Array.from({ length: 40 }, () => {
    const { task } = learnwares[Math.floor(random() * learnwares.length)]!;
    const others = drawn(classes.filter((one) => !task.includes(one)), 2, random); // prettier-ignore
    return mixed([...task, ...others], [36, 36, 12, 12, 12, 12], false);
  });
  const heavy = (task: readonly string[]) => [...task.slice(0, 2)].sort().join();
  return { name, set, learnwares, users, isOwn: (a, b) => heavy(a) === heavy(b) };
}

/** The paper's: every three of five superclasses five times over; users of every two. */
function marketOf3of5(set: LabelledTexts, seed: number): TextMarket {
  const random = seededRandom(seed + 1);
  const classes = ["comp", "rec", "sci", "talk", "misc"];
  const used = rowsWhere(set.labels, (label) => classes.includes(label));
  const trained = new Set(drawn(used, used.length >> 1, random));
  const learnwares = choose(classes, 3).flatMap((task) => {
    const pool = used.filter((row) => trained.has(row) && task.includes(set.labels[row]!));
    return Array.from({ length: 5 }, () => ({ task, rows: drawn(pool, pool.length >> 1, random) }));
  });
  const users = choose(classes, 2).map((task) => ({
    task,
    rows: shuffled(
      used.filter((row) => !trained.has(row) && task.includes(set.labels[row]!)),
      random,
    ),
  }));
  return {
    ...{ name: "3 of 5", set, learnwares, users },
    isOwn: (learnware, user) => user.every((one) => learnware.includes(one)),
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
