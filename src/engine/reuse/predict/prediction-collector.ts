import type { RunnableModel } from "../../learnware/runnable-model";
import { MOST_COLUMNS } from "../../search/covered-rows";
import { largestColumns } from "../outputs/average";
import type { PredictedBlock } from "./predict-rows";
import type { Predictions } from "./predictions";

/** With more labels, their probabilities would take more room than the table. */
const MOST_PROBABILITIES = 10;

type About = Pick<RunnableModel, "task" | "target" | "unit">;

/** Puts blocks of predictions together. A block that comes again replaces the one before. */
export class PredictionCollector {
  readonly #about: About;
  readonly #rows: number;
  readonly #values: Float64Array;
  #radii: Float64Array | null = null;
  #far: Uint8Array | null = null;
  #farIn: Int32Array | null = null;
  #spread: Float32Array | null = null;
  #confidence = new Float32Array();
  #probabilities: Float32Array | null = null;

  constructor(about: About, rows: number) {
    this.#about = about;
    this.#rows = rows;
    this.#values = new Float64Array(rows);
  }

  take(block: PredictedBlock): void {
    const { from, values, radii, far, farIn, spread } = block;
    if (from === 0) this.#begin(block);
    if (radii) this.#radii?.set(radii, from);
    if (far) this.#far?.set(far, from);
    if (farIn) this.#farIn?.set(farIn, from * MOST_COLUMNS);
    if (spread) this.#spread?.set(spread.data, from * spread.cols);
    if (this.#about.task === "regression") {
      this.#values.set(values.data, from);
      return;
    }
    const { data, cols } = values;
    const isBlank = (i: number) => Number.isNaN(data[i * cols]);
    largestColumns(values).forEach((best, i) => {
      this.#values[from + i] = isBlank(i) ? NaN : best;
      this.#confidence[from + i] = data[i * cols + best]!;
    });
    this.#probabilities?.set(data, from * cols);
  }

  /** @param labels - Names of the classes, if these are classes. */
  finish(labels: readonly string[]): Predictions {
    const { target, unit, task } = this.#about;
    const rows = { target, values: this.#values, far: this.#far, farIn: this.#farIn };
    const spread = this.#spread;
    if (task === "regression") {
      const radii = this.#radii;
      return { task, ...rows, ...(unit === undefined ? {} : { unit }), radii, spread };
    }
    const [confidence, probabilities] = [this.#confidence, this.#probabilities];
    return { task, ...rows, labels, confidence, probabilities, agreeing: spread };
  }

  #begin({ values: { cols }, radii, far, farIn, spread }: PredictedBlock): void {
    this.#radii = radii && new Float64Array(this.#rows);
    this.#far = far && new Uint8Array(this.#rows);
    this.#farIn = farIn && new Int32Array(this.#rows * MOST_COLUMNS);
    this.#spread = spread && new Float32Array(this.#rows * spread.cols);
    if (this.#about.task === "regression") return;
    this.#confidence = new Float32Array(this.#rows);
    const hasAll = cols <= MOST_PROBABILITIES;
    this.#probabilities = hasAll ? new Float32Array(this.#rows * cols) : null;
  }
}
