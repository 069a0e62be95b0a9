import type { GradientBoosting } from "../../learner/trees/gradient-boosting";
import type { Tree } from "../../learner/trees/tree";
import type { AttributeValue } from "./onnx-codec";

/** The parallel lists in which ONNX's tree operators keep all nodes of all trees. */
export class TreeAttributes {
  readonly #base: number[];
  readonly #node = {
    tree: [] as number[],
    id: [] as number[],
    feature: [] as number[],
    value: [] as number[],
    mode: [] as string[],
    whenTrue: [] as number[],
    whenFalse: [] as number[],
    missingTrue: [] as number[],
  };
  readonly #leaf = {
    tree: [] as number[],
    id: [] as number[],
    output: [] as number[],
    weight: [] as number[],
  };

  constructor({ base, trees, task }: GradientBoosting) {
    this.#base = [...base];
    const outputs = base.length;
    trees.forEach((tree, t) => this.#add(tree, t, t % outputs));
    // The operators want at least one tree; without one the base is the whole answer.
    for (let t = trees.length; t < outputs; t++) this.#add(lonelyLeaf, t, t);
    if (task === "classification" && outputs === 1) this.#keepLogistic();
  }

  /** Attributes that describe the branches. */
  nodeAttributes(): Record<string, AttributeValue> {
    const node = this.#node;
    return {
      base_values: { floats: this.#base },
      nodes_treeids: { integers: node.tree },
      nodes_nodeids: { integers: node.id },
      nodes_featureids: { integers: node.feature },
      nodes_values: { floats: node.value },
      nodes_modes: { texts: node.mode },
      nodes_truenodeids: { integers: node.whenTrue },
      nodes_falsenodeids: { integers: node.whenFalse },
      nodes_missing_value_tracks_true: { integers: node.missingTrue },
    };
  }

  /** Attributes that describe the leaves; regression calls its outputs targets. */
  leafAttributes(prefix: "target" | "class"): Record<string, AttributeValue> {
    const leaf = this.#leaf;
    return {
      [`${prefix}_treeids`]: { integers: leaf.tree },
      [`${prefix}_nodeids`]: { integers: leaf.id },
      [`${prefix}_ids`]: { integers: leaf.output },
      [`${prefix}_weights`]: { floats: leaf.weight },
    };
  }

  #add(tree: Tree, treeId: number, output: number): void {
    const node = this.#node;
    tree.feature.forEach((feature, id) => {
      const isLeaf = feature < 0;
      node.tree.push(treeId);
      node.id.push(id);
      node.feature.push(isLeaf ? 0 : feature);
      node.value.push(tree.threshold[id]!);
      node.mode.push(isLeaf ? "LEAF" : "BRANCH_LEQ");
      node.whenTrue.push(tree.left[id]!);
      node.whenFalse.push(tree.right[id]!);
      node.missingTrue.push(tree.missingLeft[id]!);
      if (!isLeaf) return;
      this.#leaf.tree.push(treeId);
      this.#leaf.id.push(id);
      this.#leaf.output.push(output);
      this.#leaf.weight.push(tree.value[id]!);
    });
  }

  /**
   * With two classes and no negative leaf, onnxruntime 1.30 takes the score for a probability and
   * skips the logistic: move a constant from the first tree into the base.
   */
  #keepLogistic(): void {
    const { tree, weight } = this.#leaf;
    if (weight.some((value) => value < 0)) return;
    const shift = 1 + weight.reduce((most, value) => Math.max(most, value), 0);
    tree.forEach((treeId, i) => {
      if (treeId === 0) weight[i]! -= shift;
    });
    this.#base[0]! += shift;
  }
}

const lonelyLeaf: Tree = {
  feature: Int32Array.of(-1),
  threshold: Float32Array.of(0),
  left: Int32Array.of(0),
  right: Int32Array.of(0),
  missingLeft: Uint8Array.of(0),
  value: Float32Array.of(0),
};
