import { describe, expect, test } from "vitest";

import { drawChart } from "../../../../src/engine/chart/draw-chart";
import { distanceBetween } from "../../../../src/engine/chart/island-layout";
import { placeMarker } from "../../../../src/engine/chart/marker";
import { layOut, starterSketches } from "../../../fixtures/starter-chart";

const house = starterSketches().find(({ id }) => id === "house-sales")!;

describe("the marker of a table", () => {
  test("lies where a learnware of the same data would, joined to its truly nearest", () => {
    const [island] = drawChart([layOut(house)], null).islands;
    const shares = house.sketched.map(({ id, sketch }) => {
      const compared = house.sketched
        .filter((one) => one.id !== id)
        .map((one) => ({ id: one.id, similarity: similarity(sketch, one.sketch) }));
      const marker = placeMarker(island!, compared)!;
      const nearest = compared.toSorted((a, b) => b.similarity - a.similarity).slice(0, 6);
      expect(marker.nearest.map((one) => one.id)).toEqual(nearest.map((one) => one.id));
      const at = island!.ids.indexOf(id);
      const [x, y] = [0, 1].map((axis) => island!.places[at * 2 + axis]!) as [number, number];
      return Math.hypot(marker.x - island!.x - x, marker.y - island!.y - y) / island!.radius;
    });
    shares.sort((a, b) => a - b);
    expect(shares[Math.floor(shares.length / 2)]).toBeLessThan(0.2);
    expect(shares.at(-1)).toBeLessThan(1);
  });

  test("is nowhere if nothing on the island was compared with it", () => {
    const [island] = drawChart([layOut(house)], null).islands;
    expect(placeMarker(island!, [{ id: "elsewhere", similarity: 0.9 }])).toBeNull();
  });
});

function similarity(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const zero = new Float64Array(a.length);
  const both = distanceBetween(a, zero) ** 2 + distanceBetween(b, zero) ** 2;
  return 1 - distanceBetween(a, b) ** 2 / both;
}
