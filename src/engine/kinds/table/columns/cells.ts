/** The cells of a column, as compactly as its values allow. */
export interface Cells {
  readonly numbers: Float64Array | null;
  readonly dates: Float64Array | null;
  readonly codes: Int32Array | null;
  /** The cells of some rows only, from the first to the one before `to`. */
  part(from: number, to: number): Cells;
}

/** Cells that are kept as they are asked for. */
export function plainCells(numbers: Float64Array | null, dates: Float64Array | null): Cells {
  return {
    numbers,
    dates,
    codes: null,
    part: (from, to) =>
      plainCells(numbers?.subarray(from, to) ?? null, dates?.subarray(from, to) ?? null),
  };
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
    return () => {
      const cells = new Float64Array(packed.length);
      for (let i = 0; i < cells.length; i++) cells[i] = shifted[packed[i]!]!;
      return cells;
    };
  };
  const codesOnce = reclaimable(() => {
    const codes = new Int32Array(packed.length);
    for (let i = 0; i < codes.length; i++) codes[i] = packed[i]! - 1;
    return codes;
  });
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
    part: (from, to) => codedCells(packed.subarray(from, to), numbers, dates),
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
