import { describe, expect, it } from "vitest";

import { ByHand } from "../../../../../../src/app/screens/predict/gallery/by-hand.svelte";
import {
  type ClassPredictions,
  labelCounts,
  labelOf,
  predictedRows,
} from "../../../../../../src/app/screens/predict/gallery/predicted-rows";
import { Thumbnails } from "../../../../../../src/app/screens/predict/gallery/thumbnails.svelte";

const predictions: ClassPredictions = {
  ...{ task: "classification", target: "animal", labels: ["cat", "dog"], farIn: null },
  values: Float64Array.of(0, 1, 0, NaN, 1),
  confidence: Float32Array.of(0.9, 0.6, 0.7, NaN, 0.99),
  far: Uint8Array.of(0, 0, 0, 0, 1),
  ...{ probabilities: null, agreeing: null },
};

describe("labels given by hand", () => {
  it("count in place of what was predicted, until they are taken back", () => {
    const byHand = new ByHand();
    byHand.set(1, "cat");
    byHand.set(3, "dog");
    expect(labelOf(predictions, byHand.labels, 1)).toBe("cat");
    expect([...labelCounts(predictions, byHand.labels)]).toEqual([
      ["cat", 3],
      ["dog", 2],
    ]);
    byHand.set(1, null);
    expect(labelOf(predictions, byHand.labels, 1)).toBe("dog");
    byHand.clear();
    expect(labelOf(predictions, byHand.labels, 3)).toBe("");
  });
});

describe("labels given by hand to rows of a file", () => {
  const file = new File(["a,b"], "some.zip");

  it("stay while the same rows are read once more, and go with others", () => {
    const byHand = new ByHand();
    byHand.of(file, 5);
    byHand.set(1, "cat");
    byHand.of(file, 5);
    expect([...byHand.labels]).toEqual([[1, "cat"]]);
    byHand.of(file, 4); // With its first line as names, for example.
    expect(byHand.labels.size).toBe(0);
    byHand.set(2, "dog");
    byHand.of(new File(["a,b"], "some.zip"), 4);
    expect(byHand.labels.size).toBe(0);
  });

  it("are taken up as they were given, but for rows that are none here", () => {
    const byHand = new ByHand();
    byHand.of(file, 5);
    byHand.takeUp([
      [4, "cat"],
      [5, "dog"],
      [0, "dog"],
    ]);
    expect([...byHand.labels]).toEqual([
      [4, "cat"],
      [0, "dog"],
    ]);
  });
});

describe("predicted pictures", () => {
  const none = new Map<number, string>();

  it("come with those first that need a look: without a label, far, then unsure", () => {
    expect([...predictedRows(predictions, none, null, "doubt")]).toEqual([3, 4, 1, 2, 0]);
    expect([...predictedRows(predictions, none, null, "file")]).toEqual([0, 1, 2, 3, 4]);
  });

  it("stay where they are when one is labelled by hand", () => {
    const byHand = new Map([[3, "cat"]]);
    expect([...predictedRows(predictions, byHand, null, "doubt")]).toEqual([3, 4, 1, 2, 0]);
  });

  it("can be those of one label", () => {
    expect([...predictedRows(predictions, new Map([[1, "cat"]]), "cat", "file")]).toEqual([
      0, 1, 2,
    ]);
  });
});

describe("thumbnails", () => {
  it("are asked for once, and only those that are looked at", async () => {
    const asked: number[][] = [];
    // Node has none.
    Object.assign(globalThis, { ImageData: Uint8ClampedArray });
    const fetch = async (rows: Int32Array) => {
      asked.push([...rows]);
      return Array.from(rows, () => ({ side: 1, rgba: new Uint8ClampedArray(4) }));
    };
    const thumbnails = new Thumbnails(fetch, new File([], "x"));
    thumbnails.want([0, 1]);
    thumbnails.want([1, 2]); // Row 1 is on its way: one answer at a time.
    await expect.poll(() => thumbnails.at(2)).not.toBeNull();
    expect(asked).toEqual([[0, 1], [2]]);
    thumbnails.want([0, 1, 2]);
    expect(asked).toHaveLength(2);
    expect(thumbnails.at(5)).toBeNull();
  });
});
