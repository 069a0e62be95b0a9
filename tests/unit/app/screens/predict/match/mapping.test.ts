import { describe, expect, test } from "vitest";

import { MappingStep } from "../../../../../../src/app/screens/predict/match/mapping.svelte";
import { AppError } from "../../../../../../src/contracts/outcome";
import type { SpaceFeature } from "../../../../../../src/engine/kinds/table/space/space";
import { column, island, ranker } from "../../../fakes";

const columns = [column("sqft"), column("rooms to sleep in"), column("note")];

const [sqft, bedrooms] = island.space.features;
const heating: SpaceFeature = {
  ...{ ...bedrooms!, name: "heating", type: "category", categories: ["gas", "wood"] },
  ...{ center: [0.5, 0.5], scale: [1, 1] },
};
const heated = { ...island, space: { ...island.space, features: [sqft!, heating] } };
const kinds = {
  ...({ type: "category", range: null, histogram: null } as const),
  top: [{ value: "pellets", count: 9 }],
};
const table = [column("sqft"), column("heating", kinds)];

function modelOf(islands = [island]) {
  let changes = 0;
  const moved = { ...island, space: { ...island.space, version: 2 } };
  const dock = { islands: async () => islands, island: async () => moved };
  const model = new MappingStep(dock, ranker, () => changes++);
  return { model, changes: () => changes };
}

describe("the mapping panel", () => {
  test("chooses the island that fits and lists the columns left over", async () => {
    const { model } = modelOf();
    await model.match([column("sqft"), column("bedrooms"), column("note")]);
    expect(model.chosen?.island.id).toBe("house-sales");
    expect(model.chosen?.match).toMatchObject({ matched: 2, total: 2 });
    expect(model.extraColumns).toEqual(["note"]);
  });

  test("chooses nothing when no island fits, but lets the user", async () => {
    const { model } = modelOf();
    await model.match([column("alpha"), column("beta")]);
    expect(model.state.kind).toBe("ready");
    expect(model.chosen).toBeNull();
    model.choose("house-sales");
    expect(model.chosen?.match.fits).toBe(false);
  });

  test("takes a column by hand, tells the next step, and keeps it when the table is read again", async () => {
    const { model, changes } = modelOf();
    await model.match(columns);
    model.choose("house-sales");
    const before = changes();
    model.assign("bedrooms", 1);
    expect(changes()).toBe(before + 1);
    expect(model.chosen?.match.details[1]).toMatchObject({ column: 1, reason: "by_hand" });
    await model.match([column("new first"), ...columns]);
    model.choose("house-sales");
    expect(model.chosen?.match.details[1]).toMatchObject({ column: 2, reason: "by_hand" });
  });

  test("takes what values mean by hand, and keeps it while their column plays the part", async () => {
    const { model, changes } = modelOf([heated]);
    await model.match(table);
    expect(model.chosen?.match.details[1]).toMatchObject({
      ...{ column: null, reason: "other_values", leftOut: 1 },
    });
    const before = changes();
    model.joinValues("heating", [["pellets", "wood"]]);
    expect(changes()).toBe(before + 1);
    const joined = { column: 1, values: [["pellets", "wood"]] };
    expect(model.chosen?.match.details[1]).toMatchObject({ ...joined, implausible: false });
    expect(model.chosen?.match.matches[1]).toEqual({ feature: "heating", ...joined });
    await model.match([...table, column("note")]);
    expect(model.chosen?.match.matches[1]).toEqual({ feature: "heating", ...joined });
    model.assign("heating", null);
    expect(model.chosen?.match.matches[1]).toEqual({ feature: "heating", column: null });
  });

  test("takes up on another visit what values were said to mean", async () => {
    const { model } = modelOf([heated]);
    await model.match(table);
    model.joinValues("heating", [["pellets", "wood"]]);
    const { choices } = model;
    const { model: later } = modelOf([heated]);
    later.want("house-sales", structuredClone(choices));
    await later.match(table);
    expect(later.chosen?.match.matches[1]).toEqual({
      ...{ feature: "heating", column: 1, values: [["pellets", "wood"]] },
    });
    expect(later.choices).toEqual(choices);
  });

  test("reads an island again without letting go of what was matched", async () => {
    const { model, changes } = modelOf();
    await model.match(columns);
    model.choose("house-sales");
    model.assign("bedrooms", 1);
    const before = changes();
    expect((await model.refresh("house-sales", {})).space.version).toBe(2);
    expect(model.chosen?.island.space.version).toBe(2);
    expect(model.chosen?.match.details[1]).toMatchObject({ column: 1, reason: "by_hand" });
    expect(changes()).toBe(before);
    await model.match(columns);
    expect(model.chosen?.island.space.version).toBe(2);
  });

  test("shows that the islands could not be fetched, and works when tried again", async () => {
    let failing = true;
    const dock = {
      island: async () => island,
      islands: async () => {
        if (failing) throw new AppError("network_failed", "offline");
        return [island];
      },
    };
    const model = new MappingStep(dock, ranker, () => undefined);
    await model.match(columns);
    expect(model.state).toMatchObject({ kind: "failed", problem: { code: "network_failed" } });
    failing = false;
    await model.match([column("sqft"), column("bedrooms")]);
    expect(model.chosen?.island.id).toBe("house-sales");
  });
});
