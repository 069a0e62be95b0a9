import { describe, expect, test } from "vitest";

import { MappingStep } from "../../../../../../src/app/screens/predict/match/mapping.svelte";
import { isOfColumns } from "../../../../../../src/app/screens/predict/match/hand-choices";
import { Joining } from "../../../../../../src/app/screens/predict/match/pairs/joining.svelte";
import { column, island, ranker } from "../../../fakes";

async function joined() {
  const dock = { islands: async () => [island], island: async () => island };
  const model = new MappingStep(dock, ranker, () => undefined);
  const columns = [column("sqft"), column("bedrooms"), column("note", { type: "text" })];
  await model.match(columns);
  const joining = new Joining(
    () => {
      const { chosen } = model;
      if (!chosen || !isOfColumns(chosen)) throw new Error("none is chosen");
      return chosen;
    },
    () => columns,
    (feature, to) => model.assign(feature, to),
  );
  const plays = () => model.chosen!.match.matches.map((match) => match.column);
  return { joining, plays };
}

describe("joining columns and features", () => {
  test("shows what a column plays, and picks it up when it is chosen again", async () => {
    const { joining, plays } = await joined();
    joining.chooseColumn(1);
    expect([joining.looked, joining.picked]).toEqual([1, null]);
    joining.chooseColumn(1);
    expect(joining.picked).toBe(1);
    joining.chooseFeature(0);
    expect(plays()).toEqual([1, null]);
    expect([joining.looked, joining.picked]).toEqual([0, null]);
  });

  test("picks up a column that plays nothing, and keeps it from what it cannot be", async () => {
    const { joining, plays } = await joined();
    joining.chooseColumn(2);
    expect(joining.picked).toBe(2);
    expect(joining.canTake(0)).toBe(false);
    joining.chooseFeature(0);
    expect(plays()).toEqual([0, 1]);
    expect(joining.picked).toBe(2);
    joining.drop();
    joining.chooseFeature(1);
    expect([joining.looked, plays()]).toEqual([1, [0, 1]]);
  });

  test("unties what is picked", async () => {
    const { joining, plays } = await joined();
    joining.pick(0);
    joining.untie();
    expect(plays()).toEqual([null, 1]);
    expect(joining.looked).toBe(0);
  });
});
