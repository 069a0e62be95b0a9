import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { binaryCopy } from "../../src/dock/storage/sql/binary-copy";
import { readBinaryRows } from "../../src/dock/storage/sql/binary-rows";
import type { Database, SessionSettings } from "../../src/dock/storage/database/database";

export const sessionSettings: SessionSettings = { "hnsw.ef_search": "800" };

interface Traits {
  /** Opens with `sessionSettings`. */
  readonly open: () => Promise<Database>;
  /** Whether a transaction has the whole database for itself. */
  readonly transactionsExclude: boolean;
}

/** What every Database must do. Each adapter's test file calls this once. */
export function databaseContract(name: string, { open, transactionsExclude }: Traits): void {
  describe(`${name} as a Database`, () => {
    let db: Database;
    beforeAll(async () => {
      db = await open();
      await db.script(
        "create extension if not exists vector; create extension if not exists pg_trgm",
      );
    });
    afterAll(async () => db.close());
    beforeEach(async () => {
      await db.script(
        "drop table if exists item; create table item (id int primary key, name text)",
      );
    });

    const names = async () =>
      (await db.query<{ name: string }>("select name from item order by id")).map(
        (row) => row.name,
      );
    const insert = "insert into item (id, name) values ($1, $2)";

    test("gives back every kind of value that it takes", async () => {
      const at = new Date("2024-02-29T12:34:56.789Z");
      const [row] = await db.query(
        `select $1::text as text, $2::int as int4, $3::bool as bool, $4::timestamptz as at,
           $5::text[] as list, $6::float8 as float8, $7::text as none, $8::jsonb as json`,
        ['"ü" \\ \n', -7, true, at, ['a"b', "c,d", "", "NULL"], 0.1, null, '{"a":[1,null]}'],
      );
      expect(row).toEqual({
        text: '"ü" \\ \n',
        int4: -7,
        bool: true,
        at,
        list: ['a"b', "c,d", "", "NULL"],
        float8: 0.1,
        none: null,
        json: { a: [1, null] },
      });
    });

    test("copies rows out in binary format, whatever bytes they hold", async () => {
      await db.script("drop table if exists held; create table held (n int8, b bytea, f float8)");
      const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) % 251);
      const rows = [
        ["9007199254740993", bytes, 0.1],
        ["-1", new Uint8Array(), -0],
      ] as const;
      await db.copy("held", binaryCopy(["int8", "bytea", "float8"], rows));
      const out = await db.copyOut("select n, b, 7 as seven, f from held order by f desc");
      const read = readBinaryRows(["int8", "bytea", "int4", "float8"], out);
      expect(read.map(([n, b, ...rest]) => [n, Uint8Array.from(b), ...rest])).toEqual([
        ["9007199254740993", bytes, 7, 0.1],
        ["-1", new Uint8Array(), 7, -0],
      ]);
      expect(readBinaryRows(["int8"], await db.copyOut("select n from held where n = 0"))).toEqual(
        [],
      );
      expect(() => readBinaryRows(["int4", "bytea", "int4", "float8"], out)).toThrow("no int4");
    });

    test("copies many rows out as they were", async () => {
      const out = await db.copyOut(
        "select n, decode(repeat(lpad(to_hex(n), 4, '0'), 2500), 'hex') from generate_series(1, 2000) n",
      );
      const rows = readBinaryRows(["int4", "bytea"], out);
      expect(rows.map(([n]) => n)).toEqual(Array.from({ length: 2000 }, (_, i) => i + 1));
      const strangers = rows.filter(([n, bytes]) => {
        return (
          bytes.length !== 5000 || bytes.some((byte, i) => byte !== (i % 2 ? n & 255 : n >> 8))
        );
      });
      expect(strangers).toEqual([]);
    });

    test("refuses to copy out what it cannot read, and goes on", async () => {
      const copying = db.copyOut("select * from nowhere");
      await expect(copying).rejects.toMatchObject({ code: "42P01" });
      await expect(db.copyOut("select 1 / (2 - g) from generate_series(1, 3) g")).rejects.toThrow(
        "division by zero",
      );
      expect(await db.query("select 1 as one")).toEqual([{ one: 1 }]);
    });

    test("gives int8 as text, beyond what a number can say", async () => {
      const rows = await db.query("select $1::int8 as big, count(*) as few from item", [
        "9007199254740993",
      ]);
      expect(rows).toEqual([{ big: "9007199254740993", few: "0" }]);
    });

    test.for([0, 1, 5000, 1_000_000])("gives %i bytes back as a Buffer", async (length) => {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 7) % 256);
      const [row] = await db.query<{ bytes: unknown }>("select $1::bytea as bytes", [bytes]);
      expect(Buffer.isBuffer(row?.bytes)).toBe(true);
      expect(bytes.length).toBe(length);
      expect(Buffer.compare(row?.bytes as Buffer, bytes)).toBe(0);
    });

    test("takes bytes out of the middle of a buffer", async () => {
      const bytes = new Uint8Array([1, 2, 3, 4]).subarray(1, 3);
      expect(await db.query("select encode($1, 'hex') as hex", [bytes])).toEqual([{ hex: "0203" }]);
    });

    test("says by its code and constraint what was refused, and goes on", async () => {
      await db.query(insert, [1, "first"]);
      await expect(db.query(insert, [1, "second"])).rejects.toMatchObject({
        name: "DatabaseError",
        code: "23505",
        constraint: "item_pkey",
      });
      await expect(db.query("no sql")).rejects.toMatchObject({ code: "42601" });
      expect(await names()).toEqual(["first"]);
    });

    test("runs a script of several statements", async () => {
      await db.script("insert into item values (1, 'a'); insert into item values (2, 'b;c')");
      expect(await names()).toEqual(["a", "b;c"]);
    });

    test("commits what a transaction did, and gives its result", async () => {
      const result = await db.transaction(async (tx) => {
        await tx.query(insert, [1, "a"]);
        await Promise.all([
          tx.query(insert, [2, "b"]),
          tx.script("insert into item values (3, 'c')"),
        ]);
        return (await tx.query("select 1 from item")).length;
      });
      expect(result).toBe(3);
      expect(await names()).toEqual(["a", "b", "c"]);
    });

    test("undoes a transaction that throws, and throws on", async () => {
      const failing = db.transaction(async (tx) => {
        await tx.query(insert, [1, "a"]);
        throw new RangeError("mine");
      });
      await expect(failing).rejects.toThrow(new RangeError("mine"));
      expect(await names()).toEqual([]);
    });

    test("does not pass off as done a transaction in which a failure was caught", async () => {
      const failing = db.transaction(async (tx) => {
        await tx.query(insert, [1, "a"]);
        await tx.query("no sql").catch(() => undefined);
      });
      await expect(failing).rejects.toMatchObject({ code: "25P02" });
      expect(await names()).toEqual([]);
    });

    test("refuses what comes from a transaction after its end", async () => {
      const tx = await db.transaction(async (open) => open);
      await expect(tx.query(insert, [1, "late"])).rejects.toThrow("over");
      expect(await names()).toEqual([]);
    });

    test("keeps an open transaction apart from 20 queries beside it", async () => {
      const counted: number[] = [];
      const count = async () => counted.push((await db.query("select 1 from item")).length);
      let beside: Promise<unknown> = Promise.resolve();
      await db.transaction(async (tx) => {
        await tx.query(insert, [1, "a"]);
        beside = Promise.all(Array.from({ length: 20 }, count));
        if (!transactionsExclude) await beside;
        await tx.query(insert, [2, "b"]);
        expect(counted).toHaveLength(transactionsExclude ? 0 : 20);
      });
      await beside;
      expect(counted).toEqual(Array(20).fill(transactionsExclude ? 2 : 0));
    });

    test("runs transactions that come together, one failing among them", async () => {
      const outcomes = await Promise.allSettled(
        [1, 2, 1, 3].map((id) => db.transaction(async (tx) => tx.query(insert, [id, `n${id}`]))),
      );
      expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(1);
      expect(await names()).toEqual(["n1", "n2", "n3"]);
    });

    test("copies rows in", async () => {
      const rows = Array.from({ length: 50_000 }, (_, i) => [i, `name ${i}`] as const);
      await db.copy("item (id, name)", binaryCopy(["int4", "text"], rows));
      const [row] = await db.query("select count(*)::int as n, max(name) as last from item");
      expect(row).toEqual({ n: 50_000, last: "name 9999" });
    });

    test("copies every type of column, and nulls", async () => {
      const numbers = Float32Array.of(0, -0, 1 / 3, 65519, -6.1e-5, 5.96e-8, 2.98e-8, 1e-30);
      const bytes = new Uint8Array(300_000).fill(255);
      const types = ["int4", "int8", "float8", "text", "bytea", "vector", "halfvec"] as const;
      const rows = [
        [-5, "-9007199254740993", 1e-300, "ü", bytes, numbers, numbers],
        [null, null, null, null, null, null, null],
        [6, 7, -0.5, "", new Uint8Array(), numbers, numbers],
      ] as const;
      await db.script(`create table wide (i int4, b int8, f float8, t text, y bytea,
        v vector(8), h halfvec(8))`);
      await db.copy("wide (i, b, f, t, y, v, h)", binaryCopy(types, rows));
      const found = await db.query(
        `select i, b, f, t, y, v = $1::vector as v,
        h = $1::vector::halfvec as h from wide`,
        [`[${numbers.join(",")}]`],
      );
      expect(found).toEqual([
        {
          i: -5,
          b: "-9007199254740993",
          f: 1e-300,
          t: "ü",
          y: Buffer.from(bytes),
          v: true,
          h: true,
        },
        { i: null, b: null, f: null, t: null, y: null, v: null, h: null },
        { i: 6, b: "7", f: -0.5, t: "", y: Buffer.from([]), v: true, h: true },
      ]);
    });

    test("copies within a transaction, which can still undo it", async () => {
      const failing = db.transaction(async (tx) => {
        await tx.copy("item", binaryCopy(["int4", "text"], [[1, "a"]]));
        expect(await tx.query("select name from item")).toEqual([{ name: "a" }]);
        throw new Error("undo");
      });
      await expect(failing).rejects.toThrow("undo");
      expect(await names()).toEqual([]);
    });

    test("keeps nothing of a stream that breaks", async () => {
      async function* broken() {
        yield* binaryCopy(
          ["int4", "text"],
          Array.from({ length: 50_000 }, (_, i) => [i, "x"]),
        );
        throw new Error("cut");
      }
      await expect(db.copy("item", broken())).rejects.toThrow("cut");
      expect(await names()).toEqual([]);
    });

    test("keeps nothing of a stream that is refused half-way", async () => {
      const rows = Array.from({ length: 200_000 }, (_, i) => [i % 60_000, "x"] as const);
      const copying = db.copy("item", binaryCopy(["int4", "text"], rows));
      await expect(copying).rejects.toMatchObject({ code: "23505" });
      await expect(db.copy("nowhere", binaryCopy([], []))).rejects.toMatchObject({ code: "42P01" });
      expect(await names()).toEqual([]);
    });

    test("finds 200 nearest sketches by an index, as its settings say", async () => {
      const length = 8;
      const drawn = (i: number) =>
        Float32Array.from({ length }, (_, j) => Math.sin(i * (j + 1)) + i / 1000);
      const rows = Array.from({ length: 2000 }, (_, i) => [i, drawn(i)] as const);
      const operators = `${db.vectorType}_l2_ops`;
      const found = await db.transaction(async (tx) => {
        await tx.script(`create table drawn (id int, numbers ${db.vectorType}(${length}))`);
        await tx.copy("drawn", binaryCopy(["int4", db.vectorType], rows));
        await tx.script(`create index on drawn using hnsw (numbers ${operators});
          set local enable_seqscan = off`);
        const search = `select id from drawn
          order by numbers <-> '[${drawn(7).join(",")}]'::${db.vectorType} limit 200`;
        const plan = await tx.query(`explain ${search}`);
        expect(JSON.stringify(plan)).toContain("drawn_numbers_idx");
        return tx.query<{ id: number }>(search);
      });
      expect(found).toHaveLength(200);
      expect(found[0]).toEqual({ id: 7 });
    });

    test("compares words by their trigrams", async () => {
      const rows = await db.query("select similarity('prices', 'price') > 0.5 as alike");
      expect(rows).toEqual([{ alike: true }]);
    });

    test("refuses everything after it was closed, and can be closed again", async () => {
      const other = await open();
      await other.query("select 1");
      await other.close();
      await other.close();
      const refusal = { name: "AppError", code: "network_failed" };
      await expect(other.query("select 1")).rejects.toMatchObject(refusal);
      await expect(other.transaction((tx) => tx.query("select 1"))).rejects.toMatchObject(refusal);
    });
  });
}
