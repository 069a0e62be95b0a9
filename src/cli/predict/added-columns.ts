import type { Manifest } from "../../engine/learnware/manifest";
import { largestColumns } from "../../engine/reuse/average";
import type { PredictedBlock } from "../../engine/reuse/predict-rows";
import type { AddedColumn } from "../../engine/table/write-csv";

/** Beyond this many labels the probabilities would bury the table: then only that of the prediction is told. */
const MOST_PROBABILITY_COLUMNS = 10;
const NO_YES = ["no", "yes"];

/** A number: the probability of that class. */
type Kind = "predicted" | "low" | "high" | "probability" | "far" | number;

/**
 * Blocks of predictions put together as the columns that the page adds to a download. A block that comes again
 * replaces the one before.
 */
export class AddedColumns {
  readonly #about: Manifest["model"];
  readonly #rows: number;
  /** In the order in which they are written. */
  readonly #columns = new Map<Kind, Float64Array>();

  constructor(about: Manifest["model"], rows: number) {
    this.#about = about;
    this.#rows = rows;
  }

  take({ from, values, radii, far }: PredictedBlock): void {
    if (from === 0) this.#columns.clear();
    const { data, cols } = values;
    if (this.#about.task === "regression") {
      const edge = (side: -1 | 1) => data.map((value, i) => value + side * (radii?.[i] ?? NaN));
      this.#add("predicted", from, data);
      if (radii) this.#add("low", from, edge(-1));
      if (radii) this.#add("high", from, edge(1));
    } else {
      const best = largestColumns(values);
      const labels = best.map((k, i) => (Number.isNaN(data[i * cols]) ? NaN : k));
      this.#add("predicted", from, labels);
      const columnOf = (k: (i: number) => number) =>
        best.map((_, i) => tidy(data[i * cols + k(i)]!));
      const hasAll = cols <= MOST_PROBABILITY_COLUMNS;
      for (let k = 0; hasAll && k < cols; k++) {
        const column = columnOf(() => k);
        this.#add(k, from, column);
      }
      const highest = columnOf((i) => best[i]!);
      if (!hasAll) this.#add("probability", from, highest);
    }
    if (far) this.#add("far", from, far);
  }

  /** @param classes - Names of the labels, if these are classes. */
  finish(classes: readonly string[]): AddedColumn[] {
    const { task, target } = this.#about;
    const predicted = `predicted_${target}`;
    return [...this.#columns].map(([kind, values]) => {
      if (kind === "far") return { name: "far_from_training", values, labels: NO_YES };
      if (typeof kind === "number") return { name: `probability_${classes[kind] ?? ""}`, values };
      if (kind !== "predicted") return { name: `${predicted}_${kind}`, values };
      return { name: predicted, values, ...(task === "classification" && { labels: classes }) };
    });
  }

  #add(kind: Kind, from: number, numbers: ArrayLike<number>): void {
    const column = this.#columns.get(kind) ?? new Float64Array(this.#rows);
    column.set(numbers, from);
    this.#columns.set(kind, column);
  }
}

/** A single-precision number as the shortest decimal that means it: 0.1, not 0.10000000149. */
function tidy(value: number): number {
  return Number(value.toPrecision(6));
}
