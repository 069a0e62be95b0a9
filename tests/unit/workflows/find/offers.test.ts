import { describe, expect, test } from "vitest";

import type { LearnwareCard } from "../../../../src/contracts/http/dock-api";
import { finish } from "../../../../src/engine/ground/finish";
import { type Offer, offersFrom } from "../../../../src/workflows/find/offers";
import { fetchMembers } from "../../../../src/workflows/reuse/fetch-members";
import { cardOf, island, ranking } from "../../app/fakes";

/** The offer of those that the ranking has, with packages of these sizes. */
function shortlisted(sizes: Readonly<Record<string, number>>): Offer {
  const cards = Object.entries(sizes).map(([id, sizeBytes]) => cardOf(id, { sizeBytes }));
  const [first] = offersFrom(ranking, cards, [], new Map<string, LearnwareCard>(), island.space);
  return first!;
}

describe("the shortlist", () => {
  test("lists the nearest, of shares that the rows will tell", () => {
    const { kind, members } = shortlisted({ far: 1000, near: 1000, middle: 1000 });
    expect(kind).toBe("shortlist");
    expect(members.map(({ card, weight }) => [card.id, weight])).toEqual([
      ["near", null],
      ["middle", null],
      ["far", null],
    ]);
  });

  test("mixes no learnwares that tell foreign classes apart", () => {
    const task = "classification" as const;
    const cards = [
      cardOf("near", { task, labels: ["cat", "dog"] }),
      cardOf("middle", { task, labels: ["setosa", "virginica"] }),
      cardOf("far", { task, labels: ["Dog", "Cat", "bird"] }),
    ];
    const offers = offersFrom(ranking, cards, [], new Map<string, LearnwareCard>(), island.space);
    expect(offers.map(({ kind }) => kind)).toEqual(["shortlist", "single", "single", "single"]);
    expect(offers[0]!.members.map(({ card }) => card.id)).toEqual(["near", "far"]);
    // What the mixture would be like says nothing of those that are left.
    expect(offers[0]!.fit.mmd2).toBe(0.01);
  });

  test("passes over what would make too large a download", () => {
    const { members } = shortlisted({ near: 11e6, middle: 10e6, far: 9e6 });
    expect(members.map(({ card }) => card.id)).toEqual(["near", "far"]);
  });

  test("is downloaded as it is listed, and counts the bytes", async () => {
    const offer = shortlisted({ near: 300, middle: 200, far: 100 });
    const told: number[] = [];
    const { members } = await finish(
      fetchMembers(async ({ sizeBytes }) => new Uint8Array(sizeBytes), offer),
      ({ done, total }) => told.push(done / total),
    );
    expect(members.map(({ id, zip, share }) => [id, zip.length, share])).toEqual([
      ["near", 300, null],
      ["middle", 200, null],
      ["far", 100, null],
    ]);
    expect(told).toEqual([0.5, 5 / 6, 1]);
  });
});
