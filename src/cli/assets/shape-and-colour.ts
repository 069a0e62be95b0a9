import type { FloatGraph } from "./float-graph";

/** Side of the picture, of its cells, and how many directions are told apart. */
const SIDE = 32;
const CELL = 8;
const DIRECTIONS = 8;
/** A gradient counts as far as its direction is nearer than this to one of the eight. */
const NEAR = Math.cos(Math.PI / DIRECTIONS);
const LOUDEST = 0.4;
const QUIET = 0.02;

/**
 * 179 numbers of shape and colour, without parameters: for each of 4 × 4 cells how much the grey picture changes in each of
 * eight directions, relative to all of them (histograms of oriented gradients: Dalal and Triggs, CVPR 2005, here without
 * angles, so that it is made of convolutions); the mean colour of each cell; the deviation of each colour.
 *
 * @param picture - Shape [N, 3, 32, 32], 0 to 255.
 * @returns Shape [N, 179]: 128 of shape, direction by direction; 48 mean colours; 3 deviations.
 */
export function shapeAndColour(graph: FloatGraph, picture: string): string {
  const colours = graph.node("Mul", [picture, graph.float(1 / 255)]);
  const histogram = histograms(graph, graph.mean(colours, [1]));
  const cells = cellMeans(graph, colours);
  const off = graph.node("Sub", [colours, graph.mean(colours, [2, 3])]);
  const variance = graph.mean(graph.node("Mul", [off, off]), [2, 3], false);
  const pixels = SIDE * SIDE;
  const unbiased = graph.node("Mul", [variance, graph.float(pixels / (pixels - 1))]);
  const deviations = graph.node("Sqrt", [unbiased]);
  return graph.sideBySide([graph.flat(histogram), graph.flat(cells), deviations]);
}

/** Shape [N, 8, 4, 4], of a grey picture [N, 1, 32, 32]. */
function histograms(graph: FloatGraph, grey: string): string {
  const across = difference(graph, grey, [0, 0, 0, 1, 0, 0, 0, 1], [1, 1, 1, 3]);
  const down = difference(graph, grey, [0, 0, 1, 0, 0, 0, 1, 0], [1, 1, 3, 1]);
  const squares = [across, down].map((side) => graph.node("Mul", [side, side]));
  const squared = graph.node("Add", [graph.node("Add", squares), graph.float(1e-12)]);
  const strength = graph.node("Sqrt", [squared]);

  const angles = Array.from({ length: DIRECTIONS }, (_, k) => (k * Math.PI) / DIRECTIONS);
  const directions = angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]);
  const turned = graph.conv([
    graph.sideBySide([across, down]),
    graph.floats(directions, [DIRECTIONS, 2, 1, 1]),
  ]);
  const least = graph.node("Mul", [strength, graph.float(NEAR)]);
  const above = graph.node("Sub", [graph.node("Abs", [turned]), least]);
  const near = graph.node("Relu", [above]);
  const sums = cellMeans(graph, graph.node("Mul", [near, graph.float(1 / (1 - NEAR))]));

  const energy = graph.node("ReduceSum", [graph.node("Mul", [sums, sums]), graph.integers([1])], {
    keepdims: { integer: 1 },
  });
  const norm = graph.node("Add", [graph.node("Sqrt", [energy]), graph.float(QUIET)]);
  return graph.node("Min", [graph.node("Div", [sums, norm]), graph.float(LOUDEST)]);
}

/** Each pixel's neighbour on one side less that on the other, the border repeated. */
function difference(
  graph: FloatGraph,
  grey: string,
  pads: readonly number[],
  shape: readonly number[],
): string {
  const padded = graph.node("Pad", [grey, graph.integers(pads)], { mode: { text: "edge" } });
  return graph.conv([padded, graph.floats([-1, 0, 1], shape)]);
}

function cellMeans(graph: FloatGraph, value: string): string {
  const cell = { integers: [CELL, CELL] };
  return graph.node("AveragePool", [value], { kernel_shape: cell, strides: cell });
}
