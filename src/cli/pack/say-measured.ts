import type { HeldBackMetric } from "../../engine/learnware/manifest";

/** How good a model is. @param isHeldBack - Whether it was not trained on what it was measured on. */
export function sayMeasured(measured: readonly HeldBackMetric[], isHeldBack: boolean): void {
  for (const { name, value, trivial, rows } of measured) {
    const which = isHeldBack ? "held-back rows" : "rows that it may have been trained on: not published; --test FILE has others"; // prettier-ignore
    console.log(`${name} ${value} on ${rows} ${which} (the trivial answer: ${trivial})`);
    const isWorse = name === "accuracy" ? value < trivial : value > trivial;
    if (isWorse) {
      const task =
        name === "accuracy" ? "" : ", and is it no model of classes (--task classification)";
      console.error(`that is worse than the trivial answer: are --names and --labels in the model's order${task}?`); // prettier-ignore
    }
  }
}
