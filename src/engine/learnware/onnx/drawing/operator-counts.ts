import type { OnnxGraph } from "../onnx-codec";

export interface OperatorCount {
  readonly operator: string;
  readonly count: number;
}

/** How often each operator is in a graph, in those that its nodes nest too; most first, then by name. */
export function operatorCounts(graph: OnnxGraph): OperatorCount[] {
  const counts = new Map<string, number>();
  const add = ({ nodes }: OnnxGraph): void => {
    for (const { operator, attributes } of nodes) {
      counts.set(operator, (counts.get(operator) ?? 0) + 1);
      for (const { graphs } of attributes) graphs.forEach(add);
    }
  };
  add(graph);
  return [...counts]
    .map(([operator, count]) => ({ operator, count }))
    .sort((a, b) => b.count - a.count || (a.operator < b.operator ? -1 : 1));
}
