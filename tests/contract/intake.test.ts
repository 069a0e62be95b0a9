import { featuresOf } from "../../src/engine/kinds/features-of";
import { tableSpace } from "../../src/engine/kinds/space";
import { createHash } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { Describer } from "../../src/dock/storage/describer";
import { Intake } from "../../src/dock/intake/intake";
import { FileBlobs } from "../../src/dock/storage/blobs/file/file-blobs";
import { PgliteDatabase } from "../../src/dock/storage/database/pglite/pglite-database";
import { SqlStore } from "../../src/dock/storage/sql/sql-store";
import { specificationFromWire } from "../../src/contracts/wire/wire-on-book";
import type { Space } from "../../src/engine/kinds/table/space/space";
import { tableModel } from "../../src/engine/learnware/table-model";
import { describeFor } from "../fixtures/described";
import { encodeStat } from "../../src/engine/specification/files/codec";
import {
  island,
  packageOf,
  type PackageChange,
  rkmeAround,
  specificationOf,
} from "../fixtures/learnwares";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";

let store: SqlStore;
let blobs: FileBlobs;
let intake: Intake;
/** Islands it said have changed. */
const changed: string[] = [];

beforeAll(async () => {
  store = await SqlStore.open(await PgliteDatabase.open());
  blobs = await FileBlobs.open(await mkdtemp(join(tmpdir(), "berth-intake-")));
  intake = new Intake({
    store,
    blobs,
    describer: await Describer.create(blobs),
    onChange: (islandId) => {
      changed.push(islandId);
      return Promise.resolve();
    },
  });
  await store.putSpace(island);
});
afterAll(async () => store.close());

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("Intake", () => {
  test("keeps a learnware's zip, card and specification", async () => {
    const zip = await packageOf("Good one");
    const card = await intake.take("good", zip, "upload");
    expect(card).toMatchObject({
      id: "good",
      name: "Good one",
      description: "Prices of houses.",
      islandId: island.id,
      licence: "MIT",
      sha256: hashOf(zip),
      sizeBytes: zip.length,
      rowCount: 1200,
    });
    expect(await store.find("good")).toEqual(card);
    expect(await store.findSpecification("good")).toEqual(
      specificationOf("good", rkmeAround(1, 0)),
    );
    expect(await blobs.has(card.sha256)).toBe(true);
    expect(changed).toEqual([island.id]);
  });

  const features = (...names: string[]) => ({
    manifest: {
      model: tableModel(names, { task: "regression", target: "price", labels: [] }),
    },
  });
  const extras = { space: island.id, spaceVersion: 1, radiusSquared: 0.5 };
  const narrow = {
    ...rkmeAround(1, 0),
    points: { data: new Float64Array(20), rows: 20, cols: 1 },
  };

  test.each([
    ["names an island nobody has", { manifest: { space: { id: "none", version: 1 } } }],
    ["is for another version of its island", { manifest: { space: { id: "houses", version: 2 } } }],
    ["takes a feature that the island has not", features("area", "colour")],
    ["is described in fewer columns than the island has", { rkme: narrow }],
    ["is described under another gamma", { rkme: rkmeAround(1, 0, 0.1) }],
    [
      "is described on another island",
      { stat: encodeStat(rkmeAround(1, 0), { ...extras, space: "other" }) },
    ],
  ])("refuses a learnware that %s", async (_, change) => {
    const zip = await packageOf("Bad one", change);
    await expect(intake.take("bad", zip, "upload")).rejects.toMatchObject({
      code: expect.stringMatching(/^bad_(input|package|specification)$/) as string,
    });
    expect(await store.find("bad")).toBeNull();
    expect(await blobs.has(hashOf(zip))).toBe(false);
  });

  test("refuses a model that is no ONNX", async () => {
    const zip = await packageOf("Bad one", { model: new Uint8Array([1, 2, 3]) });
    await expect(intake.take("bad", zip, "upload")).rejects.toMatchObject({ code: "bad_model" });
  });

  test("refuses what is no zip", async () => {
    const taking = intake.take("bad", new Uint8Array([1, 2, 3]), "upload");
    await expect(taking).rejects.toMatchObject({ code: "bad_package" });
  });

  /** The houses as somebody else may have them: other order, spelling and scale. */
  const elsewhere: Space = {
    ...island,
    id: "my-houses",
    features: [
      { ...island.features[1]!, name: "Age", center: [40], scale: [20] },
      { ...island.features[0]!, name: "AREA", center: [100], scale: [50] },
    ],
    kernel: gaussianKernel(0.3),
  };
  const carrying = (carried: Space, change: PackageChange = {}) =>
    packageOf("From elsewhere", {
      space: carried,
      rkme: rkmeAround(1, 0, carried.kernel.gamma),
      stat: encodeStat(rkmeAround(1, 0, carried.kernel.gamma), { ...extras, space: carried.id }),
      manifest: {
        space: { id: carried.id, version: 1 },
        model: {
          ...features(...carried.features.map(({ name }) => name)).manifest.model,
        },
      },
      ...change,
    });

  test("lets a learnware that carries its island join the one of the same features, moved to its scale", async () => {
    const card = await intake.take("elsewhere", await carrying(elsewhere), "upload");
    expect(card).toMatchObject({ islandId: "houses", features: ["age", "area"] });
    const specification = await store.findSpecification("elsewhere");
    const { points } = specificationFromWire(specification!.rkme, {}, null);
    const theirs = rkmeAround(1, 0, 0.3).points.data;
    expect(points.data[0]).toBeCloseTo(100 + 50 * theirs[1]!, 3); // area
    expect(points.data[1]).toBeCloseTo(40 + 20 * theirs[0]!, 3); // age
    expect(specification!.rkme).toMatchObject({ kernel: island.kernel });
  });

  test("founds an island for features that nobody had before, once", async () => {
    const flats = { ...elsewhere, id: "flats", name: "Flats" };
    flats.features = flats.features.map((one) => ({ ...one, name: `flat ${one.name}` }));
    const card = await intake.take("flat-1", await carrying(flats), "upload");
    const founded = await store.findIsland(card.islandId);
    expect(founded).toMatchObject({
      ...{ name: "Flats", learnwareCount: 1, question: { form: "target", target: "price" } },
      space: { version: 1, kernel: gaussianKernel(0.3) },
    });
    const second = await intake.take("flat-2", await carrying({ ...flats, id: "other" }), "upload");
    expect(second.islandId).toBe(card.islandId);
  });

  test("founds a second island in a space for another question, and shares the space's sketches", async () => {
    const cabins = { ...elsewhere, id: "cabins", name: "Cabins" };
    cabins.features = cabins.features.map((one) => ({ ...one, name: `cabin ${one.name}` }));
    const names = cabins.features.map(({ name }) => name);
    const asking = (target: string, x: number) =>
      carrying(cabins, {
        rkme: rkmeAround(x, 0, cabins.kernel.gamma),
        stat: encodeStat(rkmeAround(x, 0, cabins.kernel.gamma), { ...extras, space: cabins.id }),
        manifest: {
          space: { id: cabins.id, version: 1 },
          model: tableModel(names, { task: "regression", target, labels: [] }),
        },
      });
    const taken = await Promise.all([
      intake.take("cabin-price", await asking("price", 1), "upload"),
      intake.take("cabin-rent", await asking("rent", 1), "upload"),
      intake.take("cabin-rent-2", await asking("rent", 3), "upload"),
    ]);
    const [price, rent, again] = taken.map(({ islandId }) => islandId);
    expect(rent).not.toBe(price);
    expect(again).toBe(rent);
    const islands = [(await store.findIsland(price!))!, (await store.findIsland(rent!))!];
    expect(islands.map(({ question, learnwareCount }) => [question, learnwareCount])).toEqual([
      [{ form: "target", target: "price" }, 1],
      [{ form: "target", target: "rent" }, 2],
    ]);
    const [first, second] = islands.map(({ space }) => space);
    expect(second).toEqual(first);
    expect((await store.growth(first!.id))?.count).toBe(3);
    const space = (await store.findSpace(first!.id))!;
    const { sketch } = describeFor(tableSpace(first!), rkmeAround(1, 0, cabins.kernel.gamma), 0.5);
    const near = async (islandId?: string) =>
      (await store.nearest(space, sketch, { limit: 9, islandId })).map(({ id }) => id).sort();
    expect(await near()).toEqual(["cabin-price", "cabin-rent", "cabin-rent-2"]);
    expect(await near(price)).toEqual(["cabin-price"]);
    expect(await near(rent)).toEqual(["cabin-rent", "cabin-rent-2"]);
    const placed = await store.placed(space, "0", 9, rent);
    expect(placed.map(({ id }) => id).sort()).toEqual(["cabin-rent", "cabin-rent-2"]);
    await store.remove("cabin-price");
    await store.removeEmptyIsland(price!);
    expect(await store.findIsland(price!)).toBeNull();
    expect(await store.findSpace(first!.id)).not.toBeNull();
  });

  test("takes a learnware made for an earlier version of its island, moved to the present one", async () => {
    await store.putSpace({ ...island, id: "grown" });
    const [area, age] = island.features;
    const wider = [{ ...area!, center: [1], scale: [2] }, age!];
    await store.putSpace({
      ...island,
      id: "grown",
      version: 2,
      features: wider,
      kernel: gaussianKernel(0.7),
    });
    const zip = await packageOf("Early", {
      manifest: { space: { id: "grown", version: 1 } },
      stat: encodeStat(rkmeAround(1, 0), { ...extras, space: "grown" }),
    });
    await intake.take("early", zip, "upload");
    const specification = await store.findSpecification("early");
    expect(specification).toMatchObject({ spaceVersion: 2, rkme: { kernel: gaussianKernel(0.7) } });
    const x = rkmeAround(1, 0).points.data[0]!;
    expect(specificationFromWire(specification!.rkme, {}, null).points.data[0]).toBeCloseTo(
      (x - 1) / 2,
      5,
    );
  });

  test("keeps versions of one id apart, and its zips until they are collected", async () => {
    const first = await intake.take("twice", await packageOf("First"), "upload");
    const second = await intake.take("twice", await packageOf("Second"), "upload");
    expect(await store.find("twice")).toEqual(second);
    expect((await store.history("twice")).map(({ sha256 }) => sha256)).toEqual([
      second.sha256,
      first.sha256,
    ]);
    expect(await blobs.has(first.sha256)).toBe(true);
  });

  test("takes many at once, each refused for itself, and replaces what is there", async () => {
    const zips = await Promise.all(["One", "Two", "Good newer"].map((name) => packageOf(name)));
    const [one, two, newer] = zips as [Uint8Array, Uint8Array, Uint8Array];
    const taken = await intake.takeAll([
      { id: "one", zip: one, origin: "upload" },
      { id: "broken", zip: new Uint8Array([1, 2, 3]), origin: "upload" },
      { id: "good", zip: newer, origin: "upload" },
      { id: "two", zip: two, origin: "upload" },
    ]);
    expect(taken.get("broken")).toMatchObject({ code: "bad_package" });
    expect(taken.get("two")).toMatchObject({ name: "Two", sha256: hashOf(two) });
    expect((await store.find("one"))?.name).toBe("One");
    expect(await store.find("broken")).toBeNull();
    expect((await store.history("good")).map(({ version }) => version)).toEqual([2, 1]);
    for (const zip of zips) expect(await blobs.has(hashOf(zip))).toBe(true);
  });

  test("brings back removed ones among many", async () => {
    await store.remove("one");
    const offers = ["one", "three"].map(async (id) => {
      return { id, zip: await packageOf(id), origin: "upload" };
    });
    await intake.takeAll(await Promise.all(offers));
    expect((await store.find("one"))?.name).toBe("one");
    expect((await store.find("three"))?.name).toBe("three");
  });

  test("lets those who come at once with the same features found one island", async () => {
    const shops = [1, 2].map((center) => {
      const features = elsewhere.features.map(({ name, ...feature }) => {
        return { ...feature, name: `shop ${name}`, center: [center], scale: [1] };
      });
      return { ...elsewhere, id: `shops-${center}`, features };
    });
    const cards = await Promise.all(
      shops.map(async (shop) => intake.take(shop.id, await carrying(shop), "upload")),
    );
    expect(cards[1]?.islandId).toBe(cards[0]?.islandId);
    const founded = await store.findIsland(cards[0]!.islandId);
    const theirs = rkmeAround(1, 0, 0.3).points.data[0]!;
    for (const [i, { id }] of cards.entries()) {
      const { points } = specificationFromWire((await store.findSpecification(id))!.rkme, {}, null);
      const raw = featuresOf(founded!.space)[0]!.center[0]! + points.data[0]!;
      expect(raw).toBeCloseTo(i + 1 + theirs, 5);
    }
  });
});
