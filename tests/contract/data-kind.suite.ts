import { describe, expect, test } from "vitest";

import type { Matrix } from "../../src/engine/ground/matrix";
import type { AnySpace, DataKind, ModelAbout } from "../../src/engine/kinds/kind";
import { userRows } from "../../src/engine/kinds/rows";
import { describeRows } from "../../src/engine/specification/describe";
import { gaussianKernel } from "../../src/engine/specification/kernel/kernel";
import { squaredMmd } from "../../src/engine/specification/kernel/mmd";
import { ReferenceCompute } from "../../src/engine/specification/kernel/reference-compute";
import type { Specification } from "../../src/engine/specification/specification";
import { finish } from "../../src/engine/ground/finish";
import { secretOf } from "../fixtures/secret";

/** Data of a kind, and a space that they lie in as a whole. */
export interface KindSubject<Data, Profile, Space extends AnySpace, Placed, Fed> {
  readonly kind: DataKind<Data, Profile, Space, Placed, Fed>;
  readonly space: Space;
  /** Of another sort of data. */
  readonly otherSpace: Space;
  /** 200 rows or more, described in the space; another seed gives other rows of the same source. */
  readonly dataOf: (seed: number) => Data;
  readonly profile: Profile;
  /** A model of the space, and one that is none. */
  readonly about: ModelAbout;
  readonly foreign: ModelAbout;
}

/** What every kind of data must give. */
export function dataKindSuite<Data, Profile, Space extends AnySpace, Placed, Fed>({
  kind,
  space,
  otherSpace,
  dataOf,
  profile,
  about,
  foreign,
}: KindSubject<Data, Profile, Space, Placed, Fed>): void {
  const plan = { space, placed: kind.place(space, profile).placed };
  const points = (seed: number) => kind.points(dataOf(seed), plan);

  async function describedFrom(seed: number): Promise<Specification> {
    const options = { kernel: space.kernel, count: 10, secret: secretOf(1) };
    const described = describeRows(new ReferenceCompute(), points(seed), options);
    return (await finish(described)).rkme;
  }

  describe(`the kind ${kind.name}`, () => {
    test("keeps a space as a document", () => {
      expect(kind.space.parse(JSON.parse(JSON.stringify(space)))).toEqual(space);
      expect(kind.space.safeParse({ ...space, kernel: gaussianKernel(0) }).success).toBe(false);
    });

    test("finds all of a space in data of it, and less in another's", () => {
      const own = kind.place(space, profile);
      expect([own.found, own.missing]).toEqual([own.total, []]);
      const other = kind.place(otherSpace, profile);
      expect(other.found).toBeLessThan(other.total);
      expect(other.missing).toHaveLength(other.total - other.found);
    });

    test("gives finite points of the space's dimension, the same ones every time", () => {
      const x = points(1);
      expect(x.cols).toBe(kind.dimension(space));
      expect(x.data.every(Number.isFinite)).toBe(true);
      expect(points(1)).toEqual(x);
    });

    test("reads rows by range and by list alike, scaled as the points are", () => {
      const range = kind.rows(dataOf(1), plan, { from: 2, to: 5 }, undefined);
      expect(kind.rows(dataOf(1), plan, Int32Array.of(2, 3, 4), undefined)).toEqual(range);
      expect([range.count, range.own]).toEqual([3, null]);
      expect([...range.scaled.data]).toEqual([...rowsOf(points(1), 2, 5)]);
    });

    test("hands rows from one thread to another", () => {
      const rows = kind.rows(dataOf(1), plan, { from: 0, to: 4 }, null);
      const moved = structuredClone(rows);
      expect(kind.inputs(moved.fed, space, about)).toEqual(kind.inputs(rows.fed, space, about));
      expect(moved.own?.rows ?? 4).toBe(4);
    });

    test("feeds a model through inputs that hold as much as they say", () => {
      const rows = kind.rows(dataOf(1), plan, { from: 0, to: 4 }, undefined);
      const inputs = userRows(kind, space, rows).inputs(about);
      expect(inputs.map(({ name }) => name)).toContain(about.input);
      for (const { dims, data } of inputs) {
        expect(dims[0]).toBe(4);
        expect(data.length).toBe(dims.reduce((product, length) => product * length, 1));
      }
    });

    test("makes of rows in parts, where it does, what it makes of them together", () => {
      const { parts } = kind;
      const { fed, ...rows } = kind.rows(dataOf(1), plan, { from: 0, to: 7 }, undefined);
      const few = parts && { rows: 3, of: parts.of.bind(parts) };
      const all = userRows({ ...kind, ...(few && { parts: few }) }, space, { ...rows, fed });
      const together = all.inputs(about).map(({ data }) => [...data]);
      const apart = all.parts?.map((part) => part.inputs(about));
      expect(all.parts?.map(({ count }) => count) ?? [3, 3, 1]).toEqual([3, 3, 1]);
      for (const [i, whole] of together.entries()) {
        expect(apart?.flatMap((some) => [...some[i]!.data]) ?? whole).toEqual(whole);
      }
    });

    test("knows a space again, under the names it has here, and no other", () => {
      expect(kind.life.same(space, otherSpace)).toBeNull();
      const same = kind.life.same(space, { ...space, id: "elsewhere", version: 7 });
      expect(same).toMatchObject({ space: { id: space.id }, problem: null });
    });

    test("founds a space under an id that does not depend on the one it came with", () => {
      const founded = kind.life.found({ ...space, id: "one", version: 3 });
      expect(founded).toEqual(kind.life.found({ ...space, id: "two", version: 9 }));
      expect(founded.version).toBe(1);
      expect(kind.life.found(otherSpace).id).not.toBe(founded.id);
    });

    test("moves a specification to another version of the space and back", async () => {
      const rkme = await describedFrom(1);
      const next = await kind.life.estimate(space, listed([rkme]));
      const to = next ?? { ...space, version: space.version + 1 };
      expect(to.version).toBe(space.version + 1);
      const there = kind.life.rescale(rkme, 1, space, to);
      expect(there.rkme.kernel).toEqual(to.kernel);
      const back = kind.life.rescale(there.rkme, there.radiusSquared, to, space);
      expect(squaredMmd(back.rkme, rkme)).toBeLessThan(1e-6);
      expect(() => kind.life.rescale(rkme, 1, space, otherSpace)).toThrow(
        expect.objectContaining({ code: "bad_parameter" }),
      );
    });

    test("estimates nothing from nothing", async () => {
      expect(await kind.life.estimate(space, listed([]))).toBeNull();
    });

    test("tells a model of the space from one that is none", () => {
      expect(kind.packaging.checkModel(space, about)).toBeNull();
      expect(kind.packaging.checkModel(space, foreign)).not.toBeNull();
    });

    test("probes two learnwares with half of the weight each", async () => {
      if (!kind.packaging.probes) return;
      const [a, b] = [await describedFrom(1), await describedFrom(2)];
      const { weights, inputs } = kind.packaging.probes(a, b, space);
      expect(weights).toHaveLength(a.points.rows + b.points.rows);
      const half = weights.subarray(0, a.points.rows).reduce((sum, weight) => sum + weight, 0);
      expect(half).toBeCloseTo(0.5, 12);
      for (const { dims } of inputs(about)) expect(dims[0]).toBe(weights.length);
    });
  });
}

function rowsOf({ data, cols }: Matrix<Float32Array>, from: number, to: number): Float32Array {
  return data.subarray(from * cols, to * cols);
}

async function* listed(specifications: readonly Specification[]) {
  yield* specifications;
}
