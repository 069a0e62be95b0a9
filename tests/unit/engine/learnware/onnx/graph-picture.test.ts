import { describe, expect, test } from "vitest";

import {
  type GraphPicture,
  pictureOf,
} from "../../../../../src/engine/learnware/onnx/drawing/graph-picture";
import { operatorCounts } from "../../../../../src/engine/learnware/onnx/drawing/operator-counts";
import type { OnnxGraph, OnnxNode } from "../../../../../src/engine/learnware/onnx/onnx-codec";

const node = (operator: string, inputs: string[], outputs: string[]): OnnxNode => {
  return { operator, domain: "", inputs, outputs, attributes: [] };
};
const value = (name: string) => ({ name, element: "float32" as const, shape: null });

function graphOf(nodes: readonly OnnxNode[], stored: readonly string[] = []): OnnxGraph {
  return {
    nodes,
    tensors: stored.map((name) => ({ name, isExternal: false })),
    inputs: ["X", ...stored].map(value),
    outputs: [value("Y")],
  };
}

/** Every line leads downwards, every place is taken once. */
function expectSound({ boxes, lines, layers, widest }: GraphPicture): void {
  const places = boxes.map(({ layer, place }) => `${layer} ${place}`);
  expect(new Set(places).size).toBe(boxes.length);
  for (const { from, to } of lines) expect(boxes[from]!.layer).toBeLessThan(boxes[to]!.layer);
  for (const { layer, place } of boxes) {
    expect(layer).toBeLessThan(layers);
    expect(place).toBeLessThan(widest);
  }
}

describe("the picture of a graph", () => {
  test("puts each node below what it takes from, without stored numbers", () => {
    const picture = pictureOf(
      graphOf(
        [
          node("MatMul", ["X", "W"], ["a"]),
          node("Relu", ["a"], ["b"]),
          node("Add", ["a", "b"], ["Y"]),
        ],
        ["W"],
      ),
    );
    expectSound(picture);
    expect(picture.boxes.map(({ kind, name, layer }) => `${layer} ${kind} ${name}`)).toEqual([
      "0 input X",
      "1 node MatMul",
      "2 node Relu",
      "3 node Add",
      "4 output Y",
    ]);
    expect(picture.lines).toHaveLength(5);
  });

  test("makes one box of many that do the same beside each other", () => {
    const trees = Array.from({ length: 200 }, (_, i) => node("Tree", ["X"], [`t${i}`]));
    const sum = node(
      "Sum",
      trees.flatMap(({ outputs }) => outputs),
      ["Y"],
    );
    const picture = pictureOf(graphOf([...trees, sum]));
    expectSound(picture);
    expect(picture.boxes.map(({ name, count }) => [name, count])).toEqual([
      ...[
        ["X", 1],
        ["Tree", 200],
        ["Sum", 1],
        ["Y", 1],
      ],
    ]);
    expect([picture.widest, picture.lines.length]).toEqual([1, 3]);
  });

  test("leaves out the middle of a long chain, and says how much", () => {
    const name = (i: number) => (i === 0 ? "X" : i === 500 ? "Y" : `v${i}`);
    const chain = Array.from({ length: 500 }, (_, i) => node("Relu", [name(i)], [name(i + 1)]));
    const picture = pictureOf(graphOf(chain));
    expectSound(picture);
    const rest = picture.boxes.filter(({ kind }) => kind === "rest");
    const drawn = picture.boxes.filter(({ kind }) => kind === "node");
    expect([picture.layers, rest.length, drawn.length + rest[0]!.count]).toEqual([60, 1, 500]);
    expect(picture.lines).toHaveLength(picture.boxes.length - 1);
  });

  test("of nothing but a way through has two boxes", () => {
    const picture = pictureOf({ ...graphOf([]), outputs: [value("X")] });
    expect([picture.boxes.length, picture.layers, picture.lines]).toEqual([
      ...[2, 2, [{ from: 0, to: 1 }]],
    ]);
  });

  test("parts lines that cross, where that can be", () => {
    const picture = pictureOf(
      graphOf([
        node("A", ["X"], ["a"]),
        node("B", ["X"], ["b"]),
        node("D", ["b"], ["d"]),
        node("C", ["a"], ["c"]),
        node("Sum", ["c", "d"], ["Y"]),
      ]),
    );
    const placeOf = (name: string) => picture.boxes.find((box) => box.name === name)!.place;
    expect(placeOf("A") < placeOf("B")).toBe(placeOf("C") < placeOf("D"));
  });
});

test("operators are counted, those of nested graphs too", () => {
  const inner = graphOf([node("Add", ["X"], ["Y"])]);
  const attributes = [{ name: "body", tensors: [], graphs: [inner], bytes: new Uint8Array() }];
  const loop = { ...node("Loop", ["X"], ["a"]), attributes };
  expect(operatorCounts(graphOf([loop, node("Add", ["a"], ["Y"])]))).toEqual([
    { operator: "Add", count: 2 },
    { operator: "Loop", count: 1 },
  ]);
});
