import { beforeAll, describe, expect, test } from "vitest";

import { finish } from "../../../../src/engine/ground/finish";
import { alignRows, identityLayer } from "../../../../src/engine/kinds/table/fill/alignment";
import { startingMap } from "../../../../src/engine/kinds/table/fill/starting-map";
import { squaredMmd } from "../../../../src/engine/specification/kernel/mmd";
import { fromRows, type Matrix, zeros } from "../../../../src/engine/ground/matrix";
import { normal, seededRandom } from "../../../../src/engine/ground/random";
import type { Specification } from "../../../../src/engine/specification/specification";
import type { Tensors } from "../../../../src/runtime/tensors/tfjs-backend";
import { openWholeTensors } from "../../../../src/runtime/tensors/whole-tfjs";
import {
  type AlignmentOptions,
  PACKAGE_ALIGNMENT,
  trainAlignment,
} from "../../../../src/runtime/tensors/train-alignment";
import { gaussianKernel } from "../../../../src/engine/specification/kernel/kernel";

let tf: Tensors;
beforeAll(async () => {
  tf = await openWholeTensors();
});

/** A skewed cloud, so that turning it does not bring it back onto itself. */
function cloud(count: number, seed: number, gamma = 0.3): Specification {
  const random = seededRandom(seed);
  const rows = Array.from({ length: count }, () => {
    const [a, b, c] = [normal(random), normal(random), normal(random)];
    return [Math.exp(0.6 * a) - 1, 0.8 * a + 0.5 * b, 0.4 * b * b + 0.3 * c];
  });
  return reduced(fromRows(rows), gamma);
}

function reduced(points: Matrix<Float64Array>, gamma: number): Specification {
  const weights = new Float64Array(points.rows).fill(1 / points.rows);
  return { points, weights, kernel: gaussianKernel(gamma), rowCount: points.rows };
}

function train(user: Specification, target: Specification, options: Partial<AlignmentOptions>) {
  return finish(trainAlignment(tf, user, target, options));
}

/** The set's points times a diagonal, and moved. */
function stretched(set: Specification, factors: readonly number[], move: number): Specification {
  const { points } = set;
  const data = points.data.map((value, at) => value * factors[at % points.cols]! + move);
  return { ...set, points: { ...points, data } };
}

describe("learning a map between feature spaces", () => {
  test("brings the user's set nearer to the learnware's, from a start and without one", async () => {
    const target = cloud(40, 1);
    const user = stretched(cloud(40, 2), [1.5, 0.7, 1], 0.6);
    const before = squaredMmd(user, target);
    const ours = await train(user, target, { start: identityLayer(3), restraint: 0 });
    expect(ours.after).toBeLessThan(0.2 * before);
    const { after } = await train(user, target, { ...PACKAGE_ALIGNMENT, hidden: [128] });
    const unaligned = { ...user, points: zeros(40, 3) };
    expect(after).toBeLessThan(0.5 * squaredMmd(unaligned, target));
  });

  test("leaves a set alone that is distributed like the learnware's already", async () => {
    const target = cloud(30, 3);
    const { alignment, after } = await train(target, target, { start: identityLayer(3) });
    expect(after).toBeLessThan(1e-4);
    const mapped = alignRows(alignment, target.points);
    const farthest = mapped.data.map((value, at) => Math.abs(value - target.points.data[at]!));
    expect(Math.max(...farthest)).toBeLessThan(0.05);
  });

  test("finds a known linear map back, to a tenth of a deviation on average", async () => {
    const random = seededRandom(9);
    const points = fromRows(Array.from({ length: 60 }, () => [Math.exp(0.7 * normal(random)) - 1]));
    const target = reduced(points, 0.5);
    const user = stretched(target, [0.6], 0.5);
    const { alignment } = await train(user, target, {
      start: identityLayer(1),
      restraint: 0,
      epochs: 400,
      patience: Infinity,
    });
    const mapped = alignRows(alignment, user.points);
    const errors = mapped.data.map((value, at) => Math.abs(value - points.data[at]!));
    expect(errors.reduce((sum, error) => sum + error, 0) / 60).toBeLessThan(0.1);
  });

  test("fills in a column that the user lacks", async () => {
    const target = cloud(50, 5);
    const all = cloud(50, 6);
    const two = fromRows(
      Array.from({ length: 50 }, (_, i) => [all.points.data[i * 3]!, all.points.data[i * 3 + 1]!]),
    );
    const start = startingMap(target, [0, 1]);
    const started = squaredMmd(
      reduced(alignRows({ start, network: [] }, two), target.kernel.gamma),
      target,
    );
    const { after } = await train(reduced(two, target.kernel.gamma), target, {
      start,
      restraint: 0,
    });
    expect(after).toBeLessThan(started);
  });

  test("ends before its epochs are over when nothing gets better", async () => {
    const target = cloud(20, 7);
    const { epochs } = await train(target, target, { start: identityLayer(3), patience: 5 });
    expect(epochs).toBeLessThan(20);
  });

  test.each([
    ["ours", { epochs: 15 }],
    [
      "with dropout and batch normalisation",
      { epochs: 5, dropout: 0.2, batchNorm: true, hidden: [16, 8] },
    ],
  ])("gives the same for the same seed: %s", async (_, options) => {
    const [user, target] = [cloud(20, 8), cloud(25, 9)];
    const [first, again] = [await train(user, target, options), await train(user, target, options)];
    expect(again).toEqual(first);
    const other = await train(user, target, { ...options, seed: 77, startsAtZero: false });
    expect(other.alignment).not.toEqual(first.alignment);
  });

  test("batch normalisation is part of the map that comes out", async () => {
    const [user, target] = [stretched(cloud(40, 1), [9, 9, 9], 4), cloud(40, 2)];
    const options = {
      hidden: [16],
      epochs: 150,
      batchNorm: true,
      startsAtZero: false,
      restraint: 0,
    };
    const { after } = await train(user, target, { ...options, patience: Infinity, rate: 0.01 });
    expect(after).toBeLessThan(0.1);
  });

  test("leaves no tensors behind, finished, stopped or refused", async () => {
    const [user, target] = [cloud(10, 1), cloud(10, 2)];
    const before = tf.memory().numTensors;
    await train(user, target, { epochs: 3, batchNorm: true });
    expect(tf.memory().numTensors).toBe(before);
    const steps = trainAlignment(tf, user, target);
    await steps.next();
    await steps.next();
    await steps.return(undefined as never);
    expect(tf.memory().numTensors).toBe(before);
    const start = identityLayer(3);
    const narrow = { ...target, points: fromRows([[1], [2]]), weights: Float64Array.of(0.5, 0.5) };
    await expect(train(user, narrow, { start })).rejects.toMatchObject({ code: "shape_mismatch" });
    const broken = { ...user, points: { ...user.points, data: user.points.data.map(() => NaN) } };
    await expect(train(broken, target, {})).rejects.toMatchObject({ code: "bad_parameter" });
    expect(tf.memory().numTensors).toBe(before);
  });
});
