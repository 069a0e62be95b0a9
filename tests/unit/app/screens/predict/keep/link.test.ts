import { expect, test } from "vitest";

import {
  hashOf,
  isNoLink,
  linkIn,
  noLink,
} from "../../../../../../src/app/screens/predict/keep/link";

const queryOf = (hash: string) => new URLSearchParams(hash.split("?")[1]);

test("an address says the same as the link that it was made of", () => {
  for (const link of [
    { islandId: "house-sales", learnwareId: "house & home", columns: [3, null, 0] },
    { islandId: "house-sales", learnwareId: null, columns: [] },
    { islandId: null, learnwareId: "near", columns: [] },
  ]) {
    expect(linkIn(queryOf(hashOf(link)))).toEqual(link);
    expect(isNoLink(link)).toBe(false);
  }
});

test("an address that asks for nothing is no link", () => {
  expect(linkIn(new URLSearchParams("sort=size"))).toEqual(noLink);
  expect(isNoLink(noLink)).toBe(true);
});

test("places that are no places are not taken up, and the rest is", () => {
  for (const map of ["1.x.2", "1..2", "-1", "1.99999999", "1e3", "0x1"]) {
    expect(linkIn(new URLSearchParams({ island: "house-sales", map }))).toEqual({
      ...noLink,
      islandId: "house-sales",
    });
  }
});
