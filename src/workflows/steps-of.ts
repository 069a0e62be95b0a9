import type { Progress, Steps } from "../engine/ground/progress";

/**
 * A call as steps: what it tells is yielded. Leaving the steps does not stop the call; who makes the port does.
 */
export async function* stepsOf<T>(
  call: (tell: (progress: Progress) => void) => Promise<T>,
): Steps<T> {
  const told: Progress[] = [];
  let wake = (): void => undefined;
  const answer = call((progress) => {
    told.push(progress);
    wake();
  });
  const isOver = () => true;
  const over = answer.then(isOver, isOver);
  for (;;) {
    const next = told.shift();
    if (next) {
      yield next;
      continue;
    }
    const news = new Promise<false>((done) => (wake = () => done(false)));
    if ((await Promise.race([over, news])) && told.length === 0) return await answer;
  }
}
