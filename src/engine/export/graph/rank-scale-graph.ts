import type { AttributeValue } from "../../learnware/onnx/onnx-codec";
import type { Distribution } from "../../reuse/evidence/rank-scale";
import type { GraphBuilder } from "./graph-builder";

const INT64 = 7;

/**
 * Write z + F(z) for every column, as `rankScale` does it: a tree per column finds the points that a value lies
 * between, and tables hold the line between them.
 *
 * @param scaled - Name of the rows: [N, d], single precision.
 * @returns Name of the rows in the new coordinates: [N, d], double precision.
 */
export function writeRankScale(
  builder: GraphBuilder,
  scaled: string,
  columns: readonly Distribution[],
): string {
  const places = builder.node(
    "TreeEnsembleRegressor",
    [scaled],
    searchTrees(columns),
    builder.newName(),
    "ai.onnx.ml",
  );
  const lines = columns.map(linesOf);
  const within = builder.node("Cast", [places], { to: { integer: INT64 } });
  const table = (values: readonly number[]) =>
    builder.node("Gather", [builder.list(values), within]);
  const z = builder.toDouble(scaled);
  const start = table(lines.flatMap(({ starts }) => starts));
  const share = table(lines.flatMap(({ shares }) => shares));
  const slope = table(lines.flatMap(({ slopes }) => slopes));
  const way = builder.node("Mul", [builder.node("Sub", [z, start]), slope]);
  // Single precision, as the rows are brought to these coordinates by the pipeline.
  return builder.toDouble(builder.toFloat(builder.sum([z, share, way])));
}

/** For every place that a value may have among n points, n + 1 of them: the line F(z) = share + (z − start) · slope. */
function linesOf({ values, shares }: Distribution) {
  const slopes = Array.from({ length: values.length + 1 }, (_, k) =>
    k === 0 || k === values.length
      ? 0
      : (shares[k]! - shares[k - 1]!) / (values[k]! - values[k - 1]!),
  );
  const before = slopes.map((_, k) => Math.max(0, k - 1));
  return {
    starts: before.map((k) => values[k]!),
    shares: before.map((k) => shares[k]!),
    slopes,
  };
}

/** A tree per column and target: the number of points at or below the value, counted on through all columns. */
function searchTrees(columns: readonly Distribution[]): Record<string, AttributeValue> {
  const nodes = new SearchNodes();
  let first = 0;
  columns.forEach(({ values }, column) => {
    nodes.addTree(column, values, first);
    first += values.length + 1;
  });
  return nodes.attributes(columns.length);
}

class SearchNodes {
  readonly #tree: number[] = [];
  readonly #id: number[] = [];
  readonly #value: number[] = [];
  readonly #mode: string[] = [];
  readonly #whenTrue: number[] = [];
  readonly #whenFalse: number[] = [];
  readonly #leaf = { tree: [] as number[], id: [] as number[], weight: [] as number[] };

  addTree(column: number, values: Float64Array, first: number): void {
    let next = 0;
    // Places low to high are still possible; z < values[k] means one up to k.
    const add = (low: number, high: number): number => {
      const id = next++;
      const at = this.#id.push(id) - 1;
      this.#tree.push(column);
      const middle = (low + high) >> 1;
      this.#value.push(low < high ? values[middle]! : 0);
      this.#mode.push(low < high ? "BRANCH_LT" : "LEAF");
      this.#whenTrue.push(0);
      this.#whenFalse.push(0);
      if (low === high) {
        this.#leaf.tree.push(column);
        this.#leaf.id.push(id);
        this.#leaf.weight.push(first + low);
        return id;
      }
      this.#whenTrue[at] = add(low, middle);
      this.#whenFalse[at] = add(middle + 1, high);
      return id;
    };
    add(0, values.length);
  }

  attributes(columns: number): Record<string, AttributeValue> {
    const leaf = this.#leaf;
    return {
      n_targets: { integer: columns },
      nodes_treeids: { integers: this.#tree },
      nodes_nodeids: { integers: this.#id },
      nodes_featureids: { integers: this.#tree },
      nodes_values: { floats: this.#value },
      nodes_modes: { texts: this.#mode },
      nodes_truenodeids: { integers: this.#whenTrue },
      nodes_falsenodeids: { integers: this.#whenFalse },
      target_treeids: { integers: leaf.tree },
      target_nodeids: { integers: leaf.id },
      target_ids: { integers: leaf.tree },
      target_weights: { floats: leaf.weight },
    };
  }
}
