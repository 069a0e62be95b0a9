import type { Task } from "../../ground/task";
import { ClassNames } from "./answers";

/** What a learnware answers: a number of something, or which of some classes. */
export interface Answered {
  readonly task: Task;
  readonly target: string;
  /** Empty for a number. */
  readonly labels: readonly string[];
}

/**
 * Whether two learnwares answer the same question, so that their answers may be mixed: the same target, and classes of
 * which at least half are the other's too, counted on the side that has fewer. One domain may have a class more.
 */
export function sameQuestion(a: Answered, b: Answered): boolean {
  if (a.task !== b.task || a.target !== b.target) return false;
  const names = new ClassNames();
  const [first, second] = [a, b].map(
    ({ labels }) => new Set(labels.map((label) => names.codeOf(label))),
  ) as [Set<number>, Set<number>];
  const shared = [...first].filter((code) => second.has(code)).length;
  return 2 * shared >= Math.min(first.size, second.size);
}

/**
 * Those that answer the first one's question, or that of another that does: where each knows some of many classes, they hang
 * together although the first and the last may share none.
 *
 * @returns In their order, the first among them.
 */
export function answeringWith<One>(
  all: readonly One[],
  answered: (one: One) => Answered,
): readonly One[] {
  const joined = new Set(all.slice(0, 1));
  // What comes in while a set is gone through is gone through, too.
  for (const one of joined) {
    for (const other of all) {
      if (!joined.has(other) && sameQuestion(answered(one), answered(other))) joined.add(other);
    }
  }
  return all.filter((one) => joined.has(one));
}
