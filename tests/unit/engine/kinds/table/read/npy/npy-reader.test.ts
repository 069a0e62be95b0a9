import { describe, expect, test } from "vitest";

import { finish } from "../../../../../../../src/engine/ground/finish";
import { npyReader } from "../../../../../../../src/engine/kinds/table/read/npy/npy-reader";
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
