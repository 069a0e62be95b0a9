import { describe, expect, test } from "vitest";

import { readTable } from "../../../../../../../src/engine/kinds/table/read/delimited/read-table";
import { finish } from "../../../../../../../src/engine/ground/finish";
import { gzip, inPieces, read, sourceOf } from "../../../../../../fixtures/table/read-text";

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const CHINESE = "城市,价格\n北京,12.5\n上海,8\n";
/** 城市,价格 and so on in GB18030. */
const CHINESE_GB = latin(
  "\xb3\xc7\xca\xd0,\xbc\xdb\xb8\xf1\n\xb1\xb1\xbe\xa9,12.5\n\xc9\xcf\xba\xa3,8\n",
);

function utf16(text: string, isLittle: boolean, bom: boolean): Uint8Array {
  const whole = bom ? `\ufeff${text}` : text;
  const bytes = new Uint8Array(whole.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < whole.length; i++) view.setUint16(2 * i, whole.charCodeAt(i), isLittle);
  return bytes;
}

async function names(bytes: Uint8Array): Promise<[string, string[]]> {
  const { profile } = await read(bytes);
  return [profile.dialect.encoding, profile.columns.map(({ name }) => name)];
}

describe("encodings", () => {
  test.each([
    ["UTF-8", utf8(CHINESE), "utf-8"],
    ["UTF-8 with a byte order mark", utf8(`\ufeff${CHINESE}`), "utf-8"],
    ["UTF-16 LE with a byte order mark", utf16(CHINESE, true, true), "utf-16le"],
    ["UTF-16 BE with a byte order mark", utf16(CHINESE, false, true), "utf-16be"],
    ["GB18030", CHINESE_GB, "gb18030"],
  ])("reads %s", async (_, bytes, encoding) => {
    expect(await names(bytes)).toEqual([encoding, ["城市", "价格"]]);
  });

  test.each([
    ["LE", true, "utf-16le"],
    ["BE", false, "utf-16be"],
  ] as const)(
    "knows UTF-16 %s without a byte order mark by its zeros",
    async (_, isLittle, name) => {
      expect(await names(utf16("name,size\nanna,3\nbert,4\n", isLittle, false))).toEqual([
        name,
        ["name", "size"],
      ]);
    },
  );

  test("reads Windows-1252, the euro sign and curly quotes among it", async () => {
    const { profile } = await read(latin("pr\xe9nom;prix \x80\nZo\xeb;3\nJ\x92ai;4\n"));
    expect(profile.dialect.encoding).toBe("windows-1252");
    expect(profile.columns.map(({ name }) => name)).toEqual(["prénom", "prix €"]);
    expect(profile.preview[1]).toEqual(["J’ai", "4"]);
  });

  test.each([
    "Men\x92s\xa0shoes",
    "don\x92t know",
    "O\x92Brien",
    "students\x92 work",
    "l\x92eau",
    "\x93as is\x94",
    "10\x9620 years",
    "Mon\x96Fri",
    "and so on\x85",
    "Berth\x99 \xae",
  ])("knows %j for Windows-1252 where nothing else is beyond ASCII", async (cell) => {
    const { profile } = await read(latin(`name,size\n${cell.replace("\xa0", " ")},3\nother,4\n`));
    expect(profile.dialect.encoding).toBe("windows-1252");
    expect(profile.warnings).toEqual([]);
  });

  test.each([
    ["macintosh", "espa\x96ol,3\ncamp\x97n,4\nmam\x87,3\nt\x92o,4\n"],
    ["shift_jis", "\x93\x63\x92\x86,3\n\x91\xe5\x92\x6e,4\n\x93\x58,2\n"],
  ])("does not take letters of %s for such marks", async (encoding, rows) => {
    const { profile } = await read(latin(`name,size\n${rows}`));
    expect(profile.dialect.encoding).toBe(encoding);
  });

  test("starts again in Windows-1252 when only later bytes show that this is not UTF-8", async () => {
    const rows = "plain,1\n".repeat(60_000);
    const bytes = latin(`name,size\n${rows}caf\xe9,2\n`);
    const { profile, table } = await finish(readTable(inPieces(bytes, 65_536)));
    expect(profile.dialect.encoding).toBe("windows-1252");
    expect(profile.rows).toBe(60_001);
    expect(table.columns[0]!.categories).toEqual(["plain", "café"]);
    expect(profile.warnings).toEqual([]);
  });

  test("replaces a few bad bytes in a file that is UTF-8 otherwise, and says so", async () => {
    const rows = "é,1\n".repeat(80_000);
    const bytes = Uint8Array.from([...utf8(`name,size\n${rows}x`), 0xff, ...utf8("y,2\n")]);
    const { profile, table } = await finish(readTable(inPieces(bytes, 65_536)));
    expect(profile.dialect.encoding).toBe("utf-8");
    expect(table.columns[0]!.categories).toEqual(["é", "x\ufffdy"]);
    expect(profile.warnings).toEqual([{ code: "replaced_characters", count: 1 }]);
  });

  test("leaves out stray NUL characters, and says so", async () => {
    const { profile } = await read(`a,b\n${"1,2\n".repeat(500)}3\0,4\n`);
    expect(profile.rows).toBe(501);
    expect(profile.warnings).toContainEqual({ code: "replaced_characters", count: 1 });
  });

  test("cuts no character at the borders of pieces", async () => {
    const rows = Array.from({ length: 50 }, (_, i) => `北京${i}😀,${i}`).join("\n");
    const { table } = await finish(readTable(inPieces(`城市,数\n${rows}\n`, 1)));
    expect(table.columns[0]!.categories[49]).toBe("北京49😀");
  });

  test("refuses UTF-32", async () => {
    await expect(read(Uint8Array.of(0xff, 0xfe, 0, 0, 97, 0, 0, 0))).rejects.toMatchObject({
      code: "bad_encoding",
    });
  });
});

describe("gzip", () => {
  const text = `x,y\n${Array.from({ length: 3000 }, (_, i) => `${i},${(i * 7919) % 104_729}`).join("\n")}\n`;

  test("is read like the plain file", async () => {
    const zipped = await gzip(utf8(text));
    const plain = await read(text);
    const { profile } = await finish(readTable(inPieces(zipped, 1000)));
    expect(profile).toEqual(plain.profile);
  });

  test("is refused when cut off or damaged", async () => {
    const zipped = await gzip(utf8(text));
    const damaged = zipped.slice();
    damaged.fill(0x55, 40, 400);
    for (const bytes of [zipped.subarray(0, zipped.length / 2), damaged, zipped.subarray(0, 5)]) {
      await expect(read(bytes)).rejects.toMatchObject({ code: "bad_compression" });
    }
  });

  test("does not hide what is inside", async () => {
    await expect(read(await gzip(utf8("PK\x03\x04 xl/workbook.xml")))).rejects.toMatchObject({
      code: "unsupported_format",
      details: { format: "Excel workbook" },
    });
    await expect(read(await gzip(utf8("")))).rejects.toMatchObject({ code: "empty_file" });
  });

  test("passes on an error of the file itself", async () => {
    const zipped = await gzip(utf8(text));
    const source = {
      ...sourceOf(zipped),
      async *open() {
        yield zipped.subarray(0, 100);
        throw new Error("the disk is gone");
      },
    };
    await expect(finish(readTable(source))).rejects.toThrow("the disk is gone");
  });
});

describe("refusals", () => {
  test.each([
    ["PK\x03\x04 xl/workbook.xml", "unsupported_format", "Excel workbook"],
    ["PK\x03\x04 readme.txt", "unsupported_format", "zip archive"],
    [
      "PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
      "unsupported_format",
      "OpenDocument spreadsheet",
    ],
    ["\xd0\xcf\x11\xe0", "unsupported_format", "old Excel workbook"],
    ["PAR1\x15", "unsupported_format", "Parquet file"],
    ["ARROW1\0\0", "unsupported_format", "Arrow file"],
    ["\x93NUMPY\x01", "unsupported_format", "NumPy array"],
    ['[{"a": 1}]', "unsupported_format", "JSON file"],
    ['{"a": 1}\n{"a": 2}\n', "unsupported_format", "JSON file"],
    ["<!DOCTYPE html><table>", "unsupported_format", "web page or XML file"],
    ["% note\n@RELATION iris\n", "unsupported_format", "ARFF file"],
    ["%PDF-1.7", "binary_file", "PDF document"],
    ["\x89PNG\r\n", "binary_file", "PNG picture"],
    ["\xff\xd8\xff\xe0", "binary_file", "JPEG picture"],
    ["ab\0\0\0\0\0\0cd\0\0\0\0\x01\x02\0\0\0\0\0\0\0", "binary_file", "binary data"],
  ])("%j is refused as %s", async (start, code, format) => {
    await expect(read(latin(start))).rejects.toMatchObject({ code, details: { format } });
  });

  test.each(["", "\n\n", "  \n \r\n", "\ufeff"])("%j is an empty file", async (text) => {
    await expect(read(text)).rejects.toMatchObject({ code: "empty_file" });
  });

  test("names without rows are header_only", async () => {
    await expect(read("a,b,c\n\n")).rejects.toMatchObject({
      code: "header_only",
      details: { columns: 3 },
    });
  });

  test("a quotation mark that is never closed is said, and its row read as it stands", async () => {
    const { profile } = await read('a,b\n1,2\n3,"4\n5,6\n');
    expect(profile).toMatchObject({ rows: 3, repairs: [{ code: "stray_quotes", lines: [3] }] });
  });

  test("more than 10 000 columns are refused", async () => {
    const wide = Array.from({ length: 10_001 }, (_, j) => `c${j}`).join(",");
    await expect(read(`${wide}\n`)).rejects.toMatchObject({ code: "too_many_columns" });
  });
});
