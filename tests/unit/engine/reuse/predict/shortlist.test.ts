import { describe, expect, it } from "vitest";

import { shortlist } from "../../../../../src/engine/reuse/predict/shortlist";

describe("shortlist", () => {
  it("takes the nearest 25", () => {
    const nearest = Array.from({ length: 40 }, (_, place) => place);
    expect(shortlist(nearest, () => 1000)).toEqual(nearest.slice(0, 25));
  });

  it("passes over what would make it more than 20 MB", () => {
    const megabytes = [8, 9, 4, 3, 1];
    expect(shortlist(megabytes, (size) => size * 1e6)).toEqual([8, 9, 3]);
  });

  it("takes the nearest whatever its size", () => {
    expect(shortlist([30, 1], (size) => size * 1e6)).toEqual([30]);
  });
});
