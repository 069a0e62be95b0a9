import type { AddedColumn } from "../../../../engine/kinds/added-column";
import { type ByRow, ofNoRow, withoutRow, withRows } from "./by-row";

/** The column that labels given by hand stand in. */
export const BY_HAND = "label";

/** Labels that the user gave to pictures or texts by hand, by row; those that confirm what was predicted too. */
export class ByHand {
  #labels = $state.raw<ByRow<string>>(ofNoRow);
  /** What they are of. */
  #file: File | null = null;
  #rows = 0;

  get labels(): ByRow<string> {
    return this.#labels;
  }

  /** @param label - Null: take back what was given. */
  set(row: number, label: string | null): void {
    const { labels } = this;
    this.#labels = label === null ? withoutRow(labels, row) : withRows(labels, [[row, label]]);
  }

  /** These rows are here now: what was said stays said while they are the same ones. */
  of(file: File, rows: number): void {
    if (this.#file !== file || this.#rows !== rows) this.clear();
    this.#file = file;
    this.#rows = rows;
  }

  /** Labels given on another visit; what is no row that is here is left out. */
  takeUp(labels: Iterable<readonly [row: number, label: string]>): void {
    const here = Array.from(labels).filter(([row]) => row < this.#rows);
    this.#labels = withRows(this.#labels, here);
  }

  clear(): void {
    this.#labels = ofNoRow;
    this.#file = null;
  }

  /** As a column to be written beside the user's own; none if nothing was said. */
  columnOf(rows: number): readonly AddedColumn[] {
    if (this.labels.size === 0) return [];
    const said = [...this.labels.values()];
    const labels = said.filter((label, i) => said.indexOf(label) === i);
    const values = new Float64Array(rows).fill(NaN);
    for (const [row, label] of this.labels) values[row] = labels.indexOf(label);
    return [{ name: `${BY_HAND}_by_hand`, values, labels }];
  }
}
