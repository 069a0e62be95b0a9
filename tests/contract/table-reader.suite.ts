import { describe, expect, test } from "vitest";

import { EngineError } from "../../src/engine/ground/errors";
import type { AddedColumn } from "../../src/engine/kinds/added-column";
import type { TableReader } from "../../src/engine/kinds/table/read/reader";
import { seededRandom } from "../../src/engine/ground/random";
import { sourceOfBytes } from "../../src/engine/kinds/table/read/source";
import { byteTools } from "../../src/runtime/byte-tools";
import { finish } from "../../src/engine/ground/finish";

/** How a suite gets files of a reader's format. */
export interface ReaderSubject<File> {
  readonly reader: TableReader<File>;
  /** Of a file of this format, with its own ending. */
  readonly name: string;
  /** A file of named columns; a number or a text a cell, null where it is missing. */
  readonly encode: (
    columns: Readonly<Record<string, readonly (number | string | null)[]>>,
  ) => Promise<Uint8Array<ArrayBuffer>>;
  /** Reads what it writes, where that is another format. */
  readonly writes?: TableReader<unknown>;
  /** Whether its files can be gone through as they come. */
  readonly canStream: boolean;
}

/** Lengths of a file that was cut off: all near its ends, some between. */
function* cutLengths(length: number): Iterable<number> {
  const step = Math.max(1, Math.floor(length / 100));
  for (let at = 0; at < length; at += at < 20 || at > length - 60 ? 1 : step) yield at;
}

const COLUMNS = {
  size: [1.5, null, -3, 20],
  kind: ["red", "blue", "red", null],
};

/** What every reader of tables must do. */
export function tableReaderSuite<File>(subject: ReaderSubject<File>): void {
  const { reader, name, encode, canStream } = subject;
  const read = async (bytes: Uint8Array) =>
    finish(reader.read(sourceOfBytes(bytes, byteTools), {}));
  const readWritten = async (bytes: Uint8Array) =>
    finish((subject.writes ?? reader).read(sourceOfBytes(bytes, byteTools), {}));

  describe(`a reader of ${reader.format} files`, () => {
    test("recognises its own files by their content, whatever they are called", async () => {
      const bytes = await encode(COLUMNS);
      expect(reader.recognises(bytes, name)).toBe(true);
      expect(reader.recognises(bytes.subarray(0, 8192), "no-ending")).toBe(true);
    });

    test("does not take a picture for a table", () => {
      const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13);
      expect(reader.recognises(png, name)).toBe(false);
    });

    test("reads names, types, numbers, codes and what is missing", async () => {
      const { table, profile } = await read(await encode(COLUMNS));
      expect(table.rows).toBe(4);
      expect(table.columns.map((column) => column.name)).toEqual(["size", "kind"]);
      const [size, kind] = table.columns;
      expect([...size!.numbers!]).toEqual([1.5, NaN, -3, 20]);
      expect([...kind!.codes!]).toEqual([0, 1, 0, -1]);
      expect(kind!.categories).toEqual(["red", "blue"]);
      expect(profile).toMatchObject({ rows: 4, columns: [{ missing: 1 }, { missing: 1 }] });
    });

    test("tells how far it is, and ends there", async () => {
      const values = Array.from({ length: 50_000 }, (_, i) => i);
      const bytes = await encode({ one: values, two: values });
      const steps = reader.read(sourceOfBytes(bytes, byteTools), {});
      let last = 0;
      for (let step = await steps.next(); !step.done; step = await steps.next()) {
        expect(step.value.stage).toBe("read");
        expect(step.value.done).toBeGreaterThanOrEqual(last);
        expect(step.value.done).toBeLessThanOrEqual(step.value.total);
        last = step.value.done;
      }
      expect(last).toBe(bytes.length);
    });

    test("can be stopped on the way", async () => {
      const bytes = await encode(COLUMNS);
      const steps = reader.read(sourceOfBytes(bytes, byteTools), {});
      await steps.next();
      await steps.return(undefined as never);
      expect((await steps.next()).done).toBe(true);
    });

    test("refuses no bytes at all by its code", async () => {
      await expect(read(new Uint8Array())).rejects.toThrow(EngineError);
    });

    test("writes its file again with columns added, and reads them back", async () => {
      const bytes = await encode(COLUMNS);
      const before = await read(bytes);
      const added: AddedColumn[] = [
        { name: "predicted", values: Float64Array.of(0.5, NaN, 7, -1) },
        { name: "label", values: Float64Array.of(1, 0, NaN, 1), labels: ["no", "yes"] },
      ];
      const parts: (string | Uint8Array<ArrayBuffer>)[] = [];
      const source = sourceOfBytes(bytes, byteTools);
      await finish(reader.write(source, before.file, added, (piece) => void parts.push(piece)));
      const after = await readWritten(new Uint8Array(await new Blob(parts).arrayBuffer()));
      const names = after.table.columns.map((column) => column.name);
      expect(names).toEqual(["size", "kind", "predicted", "label"]);
      const [size, kind, predicted, label] = after.table.columns;
      expect([...size!.numbers!]).toEqual([1.5, NaN, -3, 20]);
      expect([...kind!.codes!]).toEqual([0, 1, 0, -1]);
      expect([...predicted!.numbers!]).toEqual([0.5, NaN, 7, -1]);
      expect(label!.codes!.map((code) => Number(code >= 0))).toEqual(Int32Array.of(1, 1, 0, 1));
    });

    test("writes only the rows in which a column is empty, as they are in the whole", async () => {
      const bytes = await encode({
        place: ["a", "b", "d", "a", "e", "a"],
        size: [1.5, null, -3, null, 20, null],
        kind: ["red", "blue", "red", null, null, "blue"],
      });
      const source = sourceOfBytes(bytes, byteTools);
      const { file, profile } = await read(bytes);
      const values = Float64Array.of(0, 1, 2, 3, 4, 5);
      const written = async (added: AddedColumn, onlyEmpty: number | null) => {
        const parts: (string | Uint8Array<ArrayBuffer>)[] = [];
        const sink = (piece: string | Uint8Array<ArrayBuffer>) => void parts.push(piece);
        await finish(reader.write(source, file, [added], sink, onlyEmpty));
        const again = await readWritten(new Uint8Array(await new Blob(parts).arrayBuffer()));
        return again.profile.preview;
      };
      for (const [column, rows] of [
        [1, [1, 3, 5]],
        [2, [3, 4]],
      ] as const) {
        expect(profile.columns[column]!.empty).toBe(rows.length);
        for (const one of [
          { name: "p", values },
          { name: "p", values, fills: column },
        ]) {
          const whole = await written(one, null);
          expect(whole).toHaveLength(6);
          expect(await written(one, column)).toEqual(rows.map((row) => whole[row]));
        }
      }
    });

    test("gives some rows as they are written, and no more than there are", async () => {
      const bytes = await encode(COLUMNS);
      const { file } = await read(bytes);
      const texts = (from: number, to: number) =>
        finish(reader.texts(sourceOfBytes(bytes, byteTools), file, from, to));
      expect((await texts(1, 3)).map(([, kind]) => kind)).toEqual(["blue", "red"]);
      expect(await texts(3, 9)).toHaveLength(1);
      expect(await texts(4, 9)).toEqual([]);
    });

    test("refuses to add a column of another length", async () => {
      const bytes = await encode(COLUMNS);
      const { file } = await read(bytes);
      const short = [{ name: "p", values: Float64Array.of(1) }];
      const steps = reader.write(sourceOfBytes(bytes, byteTools), file, short, () => undefined);
      await expect(finish(steps)).rejects.toMatchObject({ code: "shape_mismatch" });
    });

    test("reads a file that was cut off, or refuses it in words", async () => {
      const bytes = await encode(COLUMNS);
      for (const length of cutLengths(bytes.length)) {
        const cut = read(bytes.slice(0, length));
        await cut.catch((error: unknown) => expect(error, `${length}`).toBeInstanceOf(EngineError));
      }
    });

    test("reads a file with a wrong byte, or refuses it in words", async () => {
      const bytes = await encode(COLUMNS);
      const random = seededRandom(1);
      for (let trial = 0; trial < 100; trial++) {
        const wrong = bytes.slice();
        wrong[Math.floor(random() * wrong.length)] = Math.floor(random() * 256);
        const attempt = read(wrong);
        await attempt.catch((error: unknown) => expect(error).toBeInstanceOf(EngineError));
      }
    });

    test("says whether it can be streamed", () => {
      expect(reader.stream !== null).toBe(canStream);
    });

    test.skipIf(!canStream)("streams the rows that it reads at once", async () => {
      const bytes = await encode(COLUMNS);
      const open = () => reader.stream!(sourceOfBytes(bytes, byteTools).open(), byteTools);
      expect(await (await open()).countRows()).toBe(4);
      const sizes: number[] = [];
      for await (const { columns } of (await open()).blocks()) sizes.push(...columns[0]!.numbers!);
      expect(sizes).toEqual([1.5, NaN, -3, 20]);
      const picked = await (await open()).pick(Int32Array.of(0, 3));
      expect([...picked.columns[0]!.numbers!]).toEqual([1.5, 20]);
    });
  });
}
