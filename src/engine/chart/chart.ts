/** @file A dock as a sea chart: an island is land, a learnware a place on it. */

/** An island as it is drawn. Units are those of the chart, x to the right, y downwards. */
export interface ChartIsland {
  readonly id: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  /** All its learnwares lie within. */
  readonly radius: number;
  /** Units of the chart for a distance (MMD) of one between learnwares; 0 where fewer than two differ. */
  readonly unit: number;
  /** What it is for, by tags of its learnwares; the one that most of them have first. */
  readonly tags: readonly string[];
  /** Of its learnwares, in alphabetical order. */
  readonly ids: readonly string[];
  /** Shape [ids, 2], from the middle of the island. */
  readonly places: Float32Array<ArrayBuffer>;
}

/** Two islands with features of the same names. */
export interface Lane {
  /** Which islands of the chart. */
  readonly from: number;
  readonly to: number;
  /** How many features they share. */
  readonly count: number;
  /** Names of some of them. */
  readonly shared: readonly string[];
}

/** The sea between islands that are for the same. */
export interface Water {
  readonly tag: string;
  readonly x: number;
  readonly y: number;
}

export interface Chart {
  /** By id. */
  readonly islands: readonly ChartIsland[];
  readonly lanes: readonly Lane[];
  readonly waters: readonly Water[];
}
