import type { RunnableModel } from "../../learnware/runnable-model";
import { largestColumns } from "../outputs/average";
import type { PredictedBlock } from "./predict-rows";
import type { Predictions } from "./predictions";

/** With more labels, their probabilities would take more room than the table. */
const MOST_PROBABILITIES = 10;

/** Puts blocks of predictions together. A block that comes again replaces the one before. */
export class PredictionCollector {
  readonly #about: RunnableModel;
  readonly #rows: number;
  readonly #values: Float64Array;
  #radii: Float64Array | null = null;
  #far: Uint8Array | null = null;
  #confidence = new Float32Array();
  #probabilities: Float32Array | null = null;

  constructor(about: RunnableModel, rows: number) {
    this.#about = about;
    this.#rows = rows;
    this.#values = new Float64Array(rows);
  }

  take({ from, values, radii, far }: PredictedBlock): void {
    if (from === 0) this.#begin(values.cols, radii !== null, far !== null);
    if (radii) this.#radii?.set(radii, from);
    if (far) this.#far?.set(far, from);
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
    const [values, far] = [this.#values, this.#far];
    if (task === "regression") {
      const radii = this.#radii;
      return { task, target, ...(unit === undefined ? {} : { unit }), values, radii, far };
    }
    const [confidence, probabilities] = [this.#confidence, this.#probabilities];
    return { task, target, labels, values, confidence, probabilities, far };
  }

  #begin(cols: number, hasRadii: boolean, hasFar: boolean): void {
    this.#radii = hasRadii ? new Float64Array(this.#rows) : null;
    this.#far = hasFar ? new Uint8Array(this.#rows) : null;
    if (this.#about.task === "regression") return;
    this.#confidence = new Float32Array(this.#rows);
    const hasAll = cols <= MOST_PROBABILITIES;
    this.#probabilities = hasAll ? new Float32Array(this.#rows * cols) : null;
  }
}
