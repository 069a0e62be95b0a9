import type { Dispatch, GpuPrograms } from "./gpu-program";
import type { Breathe } from "../../threads/next-task";

/** Products of row and point numbers that even a weak GPU does in some ten ms. */
const FIRST = 1e8;
const LEAST = 1e6;
const MOST = 1e11;
/** A screen that shares the GPU stutters beyond it, and some drivers reset one after 2 s. */
const LONGEST_MS = 100;
const SHORT_MS = 40;

/** How much work to submit to a GPU at once, found out from how long submits take. */
export class SubmitBudget {
  #work = FIRST;

  /** Products of row and point numbers that one submit may hold. */
  get work(): number {
    return this.#work;
  }

  /** A submit of `work` products was done `milliseconds` after it was made. */
  note(work: number, milliseconds: number): void {
    const fitting = (work * SHORT_MS) / Math.max(milliseconds, 0.1);
    if (milliseconds > LONGEST_MS) this.#work = Math.max(LEAST, Math.min(this.#work / 2, fitting));
    // A small piece says little about what a large one would take, so it grows by steps.
    else if (milliseconds < SHORT_MS && 2 * work >= this.#work) {
      this.#work = Math.min(MOST, 2 * this.#work, fitting);
    }
  }
}

/** Submits one piece of work after another: never two in flight, and room for messages between. */
export class Pace {
  readonly #programs: GpuPrograms;
  readonly #budget: SubmitBudget;
  readonly #breathe: Breathe;
  #waiting: Dispatch[] = [];
  #work = 0;

  constructor(programs: GpuPrograms, budget: SubmitBudget, breathe: Breathe) {
    this.#programs = programs;
    this.#budget = budget;
    this.#breathe = breathe;
  }

  /** How many pieces of so much work fit into one submit, at least one. */
  fitting(work: number): number {
    return Math.max(1, Math.floor(this.#budget.work / work));
  }

  /** Dispatches to be done after those before, as soon as there are enough of them for a submit. */
  async add(work: number, ...dispatches: Dispatch[]): Promise<void> {
    if (this.#work > 0 && this.#work + work > this.#budget.work) await this.#flush();
    this.#waiting.push(...dispatches);
    this.#work += work;
  }

  /** Submit what is left. Whoever reads the result waits for it. */
  end(): void {
    if (this.#waiting.length > 0) this.#programs.submit(this.#waiting);
    this.#waiting = [];
    this.#work = 0;
  }

  async #flush(): Promise<void> {
    const work = this.#work;
    const started = performance.now();
    this.end();
    await this.#programs.finish();
    this.#budget.note(work, performance.now() - started);
    await this.#breathe();
  }
}
