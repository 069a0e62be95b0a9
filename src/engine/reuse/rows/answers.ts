import type { Target } from "../../learner/target";
import { sampleIndices, seededRandom } from "../../ground/random";
import { categoryKey } from "../../ground/category-key";
import type { Answers } from "../../learner/answers";

/** At most `count` of the answers, the same ones every time. */
export function someAnswers(answers: Answers, count: number): Answers {
  if (answers.rows.length <= count) return answers;
  const kept = sampleIndices(answers.rows.length, count, seededRandom(1)).sort();
  const rows = Int32Array.from(kept, (i) => answers.rows[i]!);
  return answers.task === "regression"
    ? { ...answers, rows, values: Float64Array.from(kept, (i) => answers.values[i]!) }
    : { ...answers, rows, codes: Int32Array.from(kept, (i) => answers.codes[i]!) };
}

/** Class names under one spelling each: case, spaces and separators do not count, nor does ".0" after a number. */
export class ClassNames {
  readonly #codes = new Map<string, number>();
  readonly #names: string[] = [];

  /** One name for each code, in the order in which they came. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** The code of a class, a new one if none is written like it. */
  codeOf(name: string): number {
    const key = classKey(name);
    const known = this.#codes.get(key);
    if (known !== undefined) return known;
    this.#codes.set(key, this.#names.length);
    return this.#names.push(name) - 1;
  }

  /** The name under which a class is known here. */
  nameOf(name: string): string {
    return this.#names[this.codeOf(name)]!;
  }
}

/** Answers as a learner takes them. Classes that no learnware knows are added to the names. */
export function targetOf(answers: Answers, classes: ClassNames): Target {
  if (answers.task === "regression") return { task: "regression", values: answers.values };
  const { codes, labels } = answers;
  const found = new Map<number, number>();
  for (const code of codes) {
    if (!found.has(code)) found.set(code, classes.codeOf(labels[code]!));
  }
  return {
    task: "classification",
    codes: codes.map((code) => found.get(code)!),
    classes: classes.names.length,
  };
}

/** Tables with empty cells come with 5.0 for 5. */
function classKey(name: string): string {
  const key = categoryKey(name);
  return /^-?\d+\.0+$/.test(key) ? key.slice(0, key.indexOf(".")) : key;
}
