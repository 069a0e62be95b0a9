/** The cells of a column, as compactly as its values allow. */
export interface Cells {
  readonly numbers: Float64Array | null;
  readonly dates: Float64Array | null;
  readonly codes: Int32Array | null;
}

/**
 * The cells of a column with few different values: two bytes per row. The arrays are made when
 * they are asked for, and made again when memory was short in between.
 *
 * @param packed - Shape [rows]; 0 where missing, else one more than the code.
 * @param numbers - The number of each code; null if the column is not numbers.
 * @param dates - The date of each code; null if the column is not dates.
 */
export function codedCells(
  packed: Uint16Array,
  numbers: Float64Array | null,
  dates: Float64Array | null,
): Cells {
  const spread = (values: Float64Array) => {
    const shifted = Float64Array.of(NaN, ...values);
    return () => Float64Array.from(packed, (code) => shifted[code]!);
  };
  const codesOnce = reclaimable(() => Int32Array.from(packed, (code) => code - 1));
  const numbersOnce = numbers && reclaimable(spread(numbers));
  const datesOnce = dates && reclaimable(spread(dates));
  return {
    get numbers() {
      return numbersOnce?.() ?? null;
    },
    get dates() {
      return datesOnce?.() ?? null;
    },
    get codes() {
      return codesOnce();
    },
  };
}

/** Remember what `make` made for as long as memory allows. */
export function reclaimable<T extends object>(make: () => T): () => T {
  let made: WeakRef<T> | null = null;
  return () => {
    const kept = made?.deref();
    if (kept) return kept;
    const fresh = make();
    made = new WeakRef(fresh);
    return fresh;
  };
}
