import { describe, expect, test } from "vitest";

import { MappingStep } from "../../../../../../src/app/screens/predict/match/mapping.svelte";
import {
  certainty,
  kinship,
  likelyPairs,
  missingFeatures,
} from "../../../../../../src/app/screens/predict/match/islands/related";
import { column, island, ranker } from "../../../fakes";

/** The small island with one more feature, so that what its models need is not all there. */
const { features } = island.space;
const houses = {
  ...island,
  space: {
    ...island.space,
    features: [...features, { ...features[0]!, name: "waterfront", aliases: [] }],
  },
};
const columns = [column("surface"), column("sleeping rooms"), column("lakefront"), column("x")];

async function matched() {
  const dock = { islands: async () => [houses], island: async () => houses };
  const model = new MappingStep(dock, ranker, () => undefined);
  await model.match(columns);
  return model;
}

describe("a related island", () => {
  test("is offered and not chosen unasked", async () => {
    const model = await matched();
    expect(model.state).toMatchObject({
      kind: "ready",
      chosenId: null,
      ranked: [{ match: { fits: false, isRelated: true, matched: 3 } }],
    });
  });

  test("stays chosen when the table is read again", async () => {
    const model = await matched();
    model.choose("house-sales");
    await model.match(columns.toReversed());
    expect(model.chosen?.match).toMatchObject({ isRelated: true, matched: 3 });
  });

  test("is put in words by what was matched, the surest first, and what is missing", async () => {
    const model = await matched();
    model.choose("house-sales");
    model.assign("waterfront", null);
    const { match } = model.chosen!;
    expect(missingFeatures(match)).toEqual(["waterfront"]);
    const pairs = likelyPairs(match);
    expect(pairs.map(({ confidence }) => confidence)).toEqual(
      pairs.map(({ confidence }) => confidence).sort((a, b) => b - a),
    );
  });

  test.each([
    [0.95, "nearly_all", "very_likely"],
    [0.75, "most", "likely"],
    [0.5, "about_half", "perhaps"],
    [0.2, "a_part", "perhaps"],
  ])("%f is said as %s and %s", (score, much, sure) => {
    expect(kinship({ score })).toBe(much);
    expect(certainty({ confidence: score })).toBe(sure);
  });
});
