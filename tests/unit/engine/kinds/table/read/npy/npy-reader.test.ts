import { describe, expect, test } from "vitest";

import { finish } from "../../../../../../../src/engine/ground/finish";
import { zipFiles } from "../../../../../../../src/engine/learnware/zip/zip-files";
import {
  npyReader,
  npzReader,
} from "../../../../../../../src/engine/kinds/table/read/npy/npy-reader";
import { npyOf } from "../../../../../../fixtures/table/array-files";
import { sourceOf } from "../../../../../../fixtures/table/read-text";

const read = (bytes: Uint8Array) => finish(npyReader.read(sourceOf(bytes)));

describe("npyReader", () => {
  test.each([
    ["bytes", "'|u1'", [1, 2, 3, 4, 5, 6]],
    ["big-endian numbers", "'>i2'", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6]],
    ["half floats", "'<f2'", [0, 60, 0, 64, 0, 66, 0, 68, 0, 69, 0, 70]],
  ])("reads rows of %s", async (_, descr, data) => {
    const { profile } = await read(npyOf(descr, "3, 2", Uint8Array.from(data)));
    expect(profile.preview).toEqual([
      ["1", "2"],
      ["3", "4"],
      ["5", "6"],
    ]);
  });

  test("reads records with padding between their fields, and whatever names these have", async () => {
    const data = Uint8Array.of(1, 9, 2, 0, 3, 9, 4, 0);
    const descr = `[('length (cm)', '|u1'), ('', '|V1'), ("it's", '<i2')]`;
    const { profile } = await read(npyOf(descr, "2,", data));
    expect(profile.columns.map(({ name }) => name)).toEqual(["length (cm)", "it's"]);
    expect(profile.preview).toEqual([
      ["1", "2"],
      ["3", "4"],
    ]);
  });

  test("reads names in UTF-8 where the header says so", async () => {
    const bytes = npyOf("[('长度', '|u1')]", "2,", Uint8Array.of(1, 2));
    // The header is counted in bytes, by four of them.
    const header = bytes.length - 2 - 10;
    const start = [...bytes.subarray(0, 6), 3, 0, header & 255, header >> 8, 0, 0];
    const { profile } = await read(Uint8Array.from([...start, ...bytes.subarray(10)]));
    expect(profile.columns.map(({ name }) => name)).toEqual(["长度"]);
  });

  test("reads months and years, and bytes of the West", async () => {
    const months = new Uint8Array(BigInt64Array.of(613n).buffer);
    expect((await read(npyOf("'<M8[M]'", "1,", months))).profile.preview).toEqual([["2021-02-01"]]);
    const years = new Uint8Array(BigInt64Array.of(51n).buffer);
    expect((await read(npyOf("'<M8[Y]'", "1,", years))).profile.preview).toEqual([["2021-01-01"]]);
    const bytes = Uint8Array.of(0xe9, 0);
    expect((await read(npyOf("'|S2'", "1,", bytes))).profile.preview).toEqual([["é"]]);
  });

  test("reads columns that are stored one after the other", async () => {
    const data = Uint8Array.of(1, 2, 3, 4, 5, 6);
    const { profile } = await read(npyOf("'|i1'", "3, 2", data, "True"));
    expect(profile.preview.map(([, second]) => second)).toEqual(["4", "5", "6"]);
  });

  test.each([
    ["unsupported_format", "'|O'", "1,", 8],
    ["unsupported_format", "'<c16'", "1,", 16],
    ["unsupported_format", "'<f8'", "1, 1, 1", 8],
    ["unsupported_format", "'<f8'", "", 8],
    ["damaged_file", "'<f8'", "1000000000, 1000000", 8],
    ["damaged_file", "'<f8'", "2,", 8],
    ["no_table", "'<f8'", "0,", 0],
  ])("refuses by %s: %s of shape (%s)", async (code, descr, shape, bytes) => {
    await expect(read(npyOf(descr, shape, new Uint8Array(bytes)))).rejects.toMatchObject({ code });
  });
});

describe("npzReader", () => {
  const x = npyOf("'|u1'", "3,", Uint8Array.of(1, 2, 3));
  const readArchive = async (other: Uint8Array<ArrayBuffer>) =>
    finish(npzReader.read(sourceOf(await zipFiles(new Map([["x.npy", x], ["other.npy", other]]))))); // prettier-ignore

  test("reads arrays beside settings, which are named", async () => {
    for (const other of [
      npyOf("'|u1'", "", Uint8Array.of(7)),
      npyOf("'|O'", "", new Uint8Array(9)),
    ]) {
      const { profile } = await readArchive(other);
      expect(profile).toMatchObject({ rows: 3, columns: [{ name: "x" }] });
      expect(profile.warnings).toMatchObject([{ code: "other_sheets", sheets: ["other"] }]);
    }
  });

  test("refuses pictures of as many rows", async () => {
    const reading = readArchive(npyOf("'|u1'", "3, 2, 2", new Uint8Array(12)));
    await expect(reading).rejects.toMatchObject({ code: "unsupported_format" });
  });
});
