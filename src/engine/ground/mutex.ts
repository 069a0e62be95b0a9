/** Runs jobs one at a time, in the order they came. One that fails does not hold up the next. */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(job: () => Promise<T>): Promise<T> {
    const run = this.#last.then(job);
    this.#last = run.catch(() => undefined);
    return run;
  }
}
