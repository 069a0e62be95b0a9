import type { OnnxGraph, OnnxNode } from "../onnx-codec";

/** A box of the picture: an input, an output, or nodes that do the same at the same place. */
export interface Box {
  readonly kind: "input" | "output" | "node" | "rest";
  /** Operator, or what the input or output is called. */
  readonly name: string;
  /** How many nodes it stands for; of `rest`, how many were left out. */
  readonly count: number;
  /** Counted from the top. */
  readonly layer: number;
  /** In its layer, from the left. */
  readonly place: number;
}

/** From a box to one that takes what it gives; both count the boxes. */
interface Line {
  readonly from: number;
  readonly to: number;
}

export interface GraphPicture {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  readonly layers: number;
  /** Boxes in the widest layer. */
  readonly widest: number;
}

/** So many nodes of one operator beside each other are drawn one by one; more are one box. */
const MOST_ALIKE = 4;
/** So many layers are drawn; of a longer graph the middle is one box. */
const MOST_LAYERS = 60;
const ROUNDS = 4;

interface Item {
  readonly kind: Box["kind"];
  readonly name: string;
  readonly count: number;
  readonly layer: number;
}

/**
 * A graph in layers, each node below all that it takes from. Many that do the same in one layer are one box, and of a long
 * chain the middle is left out, so that ensembles and deep networks stay readable.
 *
 * @param graph - What it nests in its nodes is not drawn.
 */
export function pictureOf(graph: OnnxGraph): GraphPicture {
  const { items, lines } = merged(graph);
  const cut = cutMiddle(items, lines);
  return placed(cut.items, cut.lines);
}

/** Nodes as the file has them: those before which stand all that they take from. */
function merged({ nodes, tensors, inputs, outputs }: OnnxGraph) {
  const stored = new Set(tensors.map(({ name }) => name));
  const fed = inputs.filter(({ name }) => !stored.has(name));
  const layerOf = new Map<string, number>(fed.map(({ name }) => [name, 0]));
  const layers = nodes.map((node) => {
    const layer = 1 + Math.max(0, ...node.inputs.map((name) => layerOf.get(name) ?? 0));
    for (const name of node.outputs) layerOf.set(name, layer);
    return layer;
  });
  const alike = new Map<string, number>();
  const keyOf = (node: OnnxNode, layer: number) => `${layer} ${node.domain} ${node.operator}`;
  nodes.forEach((node, i) => {
    const key = keyOf(node, layers[i]!);
    alike.set(key, (alike.get(key) ?? 0) + 1);
  });
  const items: Item[] = fed.map(({ name }) => ({ kind: "input", name, count: 1, layer: 0 }));
  const madeBy = new Map(fed.map(({ name }, i) => [name, i]));
  const itemOf = new Map<string, number>();
  const pairs = new Set<string>();
  nodes.forEach((node, i) => {
    const layer = layers[i]!;
    const key = keyOf(node, layer);
    const count = alike.get(key)!;
    const known = count > MOST_ALIKE ? itemOf.get(key) : undefined;
    const item = known ?? items.length;
    if (known === undefined) {
      const isOne = count <= MOST_ALIKE;
      items.push({ kind: "node", name: node.operator, count: isOne ? 1 : count, layer });
      if (!isOne) itemOf.set(key, item);
    }
    for (const name of node.inputs) {
      const from = madeBy.get(name);
      if (from !== undefined && from !== item) pairs.add(`${from} ${item}`);
    }
    for (const name of node.outputs) if (name !== "") madeBy.set(name, item);
  });
  const last = 1 + Math.max(0, ...layers);
  for (const { name } of outputs) {
    const from = madeBy.get(name);
    if (from !== undefined) pairs.add(`${from} ${items.length}`);
    items.push({ kind: "output", name, count: 1, layer: last });
  }
  return { items, lines: linesOf(pairs) };
}

function cutMiddle(items: readonly Item[], lines: readonly Line[]) {
  const layers = 1 + Math.max(0, ...items.map(({ layer }) => layer));
  if (layers <= MOST_LAYERS) return { items, lines };
  const head = Math.floor((MOST_LAYERS - 1) / 2);
  const tail = layers - (MOST_LAYERS - 1 - head);
  const isCut = ({ layer }: Item) => layer >= head && layer < tail;
  const kept: Item[] = [];
  const at = new Map<number, number>();
  let rest = -1;
  for (const [i, item] of items.entries()) {
    if (!isCut(item)) {
      const layer = item.layer < head ? item.layer : item.layer - tail + head + 1;
      at.set(i, kept.push({ ...item, layer }) - 1);
      continue;
    }
    if (rest < 0) {
      const count = items.filter(isCut).reduce((sum, one) => sum + one.count, 0);
      rest = kept.push({ kind: "rest", name: "", count, layer: head }) - 1;
    }
    at.set(i, rest);
  }
  const pairs = new Set<string>();
  for (const { from, to } of lines) {
    const [a, b] = [at.get(from)!, at.get(to)!];
    if (a !== b) pairs.add(`${a} ${b}`);
  }
  return { items: kept, lines: linesOf(pairs) };
}

function linesOf(pairs: ReadonlySet<string>): Line[] {
  return [...pairs].map((pair) => {
    const [from = 0, to = 0] = pair.split(" ").map(Number);
    return { from, to };
  });
}

/**
 * Places in each layer, by the mean place of those that they are joined to, from above and from below in turn.
 *
 * Source: Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures", IEEE
 * Transactions on Systems, Man, and Cybernetics 11 (1981); its barycentric ordering.
 */
function placed(items: readonly Item[], lines: readonly Line[]): GraphPicture {
  const layers: number[][] = [];
  items.forEach(({ layer }, i) => (layers[layer] ??= []).push(i));
  const rows = layers.filter((row) => row.length > 0);
  const place = new Float64Array(items.length);
  const number = (row: readonly number[]) =>
    row.forEach((item, i) => (place[item] = (i + 0.5) / row.length));
  for (const row of rows) number(row);
  const above = joined(items.length, lines, "to", "from");
  const below = joined(items.length, lines, "from", "to");
  for (let round = 0; round < ROUNDS; round++) {
    const [order, others] = round % 2 === 0 ? [rows, above] : [rows.toReversed(), below];
    for (const row of order) {
      const mean = (item: number) => {
        const of = others[item]!;
        return of.length === 0
          ? place[item]!
          : of.reduce((s, one) => s + place[one]!, 0) / of.length;
      };
      const means = new Map(row.map((item) => [item, mean(item)]));
      row.sort((a, b) => means.get(a)! - means.get(b)! || a - b);
      number(row);
    }
  }
  const boxes: Box[] = [];
  rows.forEach((row, layer) =>
    row.forEach((item, i) => (boxes[item] = { ...items[item]!, layer, place: i })),
  );
  const widest = Math.max(1, ...rows.map((row) => row.length));
  return { boxes, lines, layers: rows.length, widest };
}

function joined(count: number, lines: readonly Line[], of: keyof Line, to: keyof Line): number[][] {
  const others = Array.from({ length: count }, (): number[] => []);
  for (const line of lines) others[line[of]]!.push(line[to]);
  return others;
}
