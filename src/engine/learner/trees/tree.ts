/** One decision tree as parallel arrays over its nodes; node 0 is the root. */
export interface Tree {
  /** Shape [nodes]: the feature tested, −1 at a leaf. */
  readonly feature: Int32Array;
  /** Shape [nodes]: a row goes left if its value is ≤ this; 0 at a leaf. */
  readonly threshold: Float32Array;
  /** Shape [nodes]: index of the left and right child; 0 at a leaf. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Shape [nodes]: 1 where a missing value goes left. */
  readonly missingLeft: Uint8Array;
  /** Shape [nodes]: what a leaf adds to the score; 0 elsewhere. */
  readonly value: Float32Array;
}

/**
 * The score one tree adds for one row.
 *
 * @param data - Row-major numbers, NaN where missing.
 * @param offset - Where the row begins in `data`.
 */
export function treeScore(tree: Tree, data: Float32Array, offset: number): number {
  let node = 0;
  for (;;) {
    const feature = tree.feature[node]!;
    if (feature < 0) return tree.value[node]!;
    const x = data[offset + feature]!;
    const goesLeft = Number.isNaN(x) ? tree.missingLeft[node] === 1 : x <= tree.threshold[node]!;
    node = goesLeft ? tree.left[node]! : tree.right[node]!;
  }
}
