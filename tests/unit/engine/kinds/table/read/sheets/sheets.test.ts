import { describe, expect, test } from "vitest";

import { finish } from "../../../../../../../src/engine/ground/finish";
import { zipFiles } from "../../../../../../../src/engine/learnware/zip/zip-files";
import { odsReader } from "../../../../../../../src/engine/kinds/table/read/ods/ods-reader";
import type { ReadOptions } from "../../../../../../../src/engine/kinds/table/read/reader";
import { xlsxReader } from "../../../../../../../src/engine/kinds/table/read/xlsx/xlsx-reader";
import { odsOf, xlsxOf } from "../../../../../../fixtures/table/sheet-files";
import { sourceOf } from "../../../../../../fixtures/table/read-text";

type Written = number | string | null;

const cellXml = (cell: Written): string => {
  if (cell === null) return "<c/>";
  return typeof cell === "number" ? `<c><v>${cell}</v></c>` : `<c t="str"><v>${cell}</v></c>`;
};
const sheet = (rows: readonly (readonly Written[])[], after = "") =>
  `<sheetData>${rows.map((row) => `<row>${row.map(cellXml).join("")}</row>`).join("")}</sheetData>${after}`;

async function readXlsx(
  sheets: readonly (readonly [string, string])[],
  options: ReadOptions = {},
  styles = "",
) {
  return finish(xlsxReader.read(sourceOf(await xlsxOf(sheets, "", styles)), options));
}

const HOUSES = [
  ["area", "price", "town"],
  [80, 200, "Ulm"],
  [120, 310, "Bonn"],
  [95, 240, "Ulm"],
];

describe("a workbook", () => {
  test("has its table below titles and beside blank columns", async () => {
    const rows = [["Sales"], [], [null, "as of May"], ...HOUSES.map((row) => [null, ...row])];
    const { profile } = await readXlsx([["A", sheet(rows)]]);
    expect(profile.columns.map(({ name }) => name)).toEqual(["area", "price", "town"]);
    expect(profile.rows).toBe(3);
  });

  test("gives merged cells the value of the first, and says how many", async () => {
    const rows = [...HOUSES, [70, 150, null]];
    const merge = '<mergeCells><mergeCell ref="C4:C5"/></mergeCells>';
    const { profile } = await readXlsx([["A", sheet(rows, merge)]]);
    expect(profile.preview.at(-1)).toEqual(["70", "150", "Ulm"]);
    expect(profile.warnings).toMatchObject([{ code: "merged_cells", count: 1 }]);
  });

  test("has names in two rows where the first are merged over several columns", async () => {
    const rows = [["house", null, "town"], ["area", "price", null], ...HOUSES.slice(1)];
    const merge = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="C1:C2"/></mergeCells>';
    const { profile } = await readXlsx([["A", sheet(rows, merge)]]);
    const names = profile.columns.map(({ name }) => name);
    expect(names).toEqual(["house area", "house price", "town"]);
    expect(profile.rows).toBe(3);
  });

  const LOGGED: readonly (readonly Written[])[] = [
    ["Logger 7", "Kiel", "2024"],
    ["time", "temp", "rain"],
    ["s", "Deg C", "mm"],
    [1, 3.5, 0],
    [2, 4.5, -99],
    [3, 5.5, 1],
    ["measured by hand"],
  ];

  test("has its names above units and its rows above notes, each said with its row", async () => {
    const { profile } = await readXlsx([["A", sheet(LOGGED)]]);
    expect(profile.columns.map(({ name }) => name)).toEqual(["time", "temp", "rain"]);
    expect(profile).toMatchObject({ rows: 3, dialect: { headerLine: 2 } });
    const said = profile.repairs.map(({ code, lines }) => [code, lines]);
    expect(said).toEqual([
      ["notes_above", [1]],
      ["units_row", [3]],
      ["notes_below", [7]],
    ]);
  });

  test("ends with a row that lacks all but its name, or with a note", async () => {
    const named = [
      ["town", "area", "price"],
      ["Ulm", 80, 200],
      ["Bonn", 120, 310],
      ["Kiel", 95, 240],
    ];
    const ends = async (last: string) =>
      (await readXlsx([["A", sheet([...named, [last]])]])).profile.rows;
    expect(await ends("Jena")).toBe(4);
    expect(await ends("Prices in thousands")).toBe(3);
  });

  test.each<[string, readonly (readonly Written[])[], ReadOptions, number, readonly string[]]>([
    [
      "the names again",
      [[], ["in 2024"], HOUSES[0]!, [70, 180, "Ulm"]],
      {},
      4,
      ["notes_above", "names_again"],
    ],
    [
      "the names again, as a row",
      [HOUSES[0]!, [70, 180, "Ulm"]],
      { undone: ["names_again"] },
      5,
      [],
    ],
    ["another table", [[], [...HOUSES[0]!, "year"], [70, 180, "Ulm", 3]], {}, 3, ["second_table"]],
  ])("may have below it: %s", async (_, below, options, rows, codes) => {
    const { profile } = await readXlsx([["A", sheet([...HOUSES, ...below])]], options);
    expect(profile.rows).toBe(rows);
    expect(profile.repairs.map(({ code }) => code)).toEqual(codes);
  });

  test("has its totals said, as rows that can be left out", async () => {
    const { profile } = await readXlsx([["A", sheet([...HOUSES, ["Total", 750, null]])]]);
    expect(profile.rows).toBe(4);
    expect(profile.repairs).toMatchObject([{ code: "totals", lines: [5] }]);
  });

  test.each<[name: string, options: ReadOptions, rows: number]>([
    ["no names", { hasHeader: false, firstLine: 4 }, 3],
    ["names in another row", { hasHeader: true, headerLine: 4 }, 2],
    ["some rows", { rows: [2, null] }, 2],
    ["units are a row", { undone: ["units_row"] }, 4],
    ["notes below are rows", { undone: ["notes_below"] }, 4],
  ])("is read as it is told: %s", async (_, options, count) => {
    const { profile } = await readXlsx([["A", sheet(LOGGED)]], options);
    expect(profile.rows).toBe(count);
  });

  test("has numbers that mean missing where that is told, and refuses rows that it has not", async () => {
    const { profile } = await readXlsx([["A", sheet(LOGGED)]], { missing: ["-99"] });
    expect(profile.columns[2]).toMatchObject({ missing: 1, range: [0, 1] });
    const told = readXlsx([["A", sheet(LOGGED)]], { rows: [9, 12] });
    await expect(told).rejects.toMatchObject({ code: "choice_not_possible" });
    const blank = readXlsx([["A", sheet(LOGGED)]], { headerLine: 40, hasHeader: true });
    await expect(blank).rejects.toMatchObject({ code: "choice_not_possible" });
  });

  test("is read at its first sheet with a table; others are offered, and read when asked for", async () => {
    const sheets = [
      ["About", sheet([["written in May"]])],
      ["Houses", sheet(HOUSES)],
      ["Flats", sheet([["rent"], [7], [8]])],
    ] as const;
    const first = await readXlsx(sheets);
    expect(first.profile).toMatchObject({ sheet: "Houses", sheets: ["About", "Houses", "Flats"] });
    expect(first.profile.warnings).toMatchObject([{ sheets: ["About", "Flats"] }]);
    const other = await readXlsx(sheets, { sheet: "Flats" });
    expect(other.profile.columns.map(({ name }) => name)).toEqual(["rent"]);
    expect(other.profile.warnings.filter(({ code }) => code === "other_sheets")).toEqual([]);
  });

  test("has dates and times where the format of numbers says so", async () => {
    const styles =
      '<numFmts><numFmt numFmtId="170" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="171" formatCode="[h]:mm"/>' +
      '<numFmt numFmtId="172" formatCode="0.00 &quot;days&quot;"/></numFmts>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="14"/><xf numFmtId="171"/><xf numFmtId="172"/></cellXfs>';
    const cells = [45351, 45351.5, 0.75, 2.5].map(
      (value, i) => `<c s="${i + 1}"><v>${value}</v></c>`,
    );
    const names = `<row>${["a", "b", "c", "d"].map(cellXml).join("")}</row>`;
    const xml = `<sheetData>${names}<row>${cells.join("")}</row></sheetData>`;
    const { profile } = await readXlsx([["A", xml]], { hasHeader: true }, styles);
    expect(profile.preview[0]).toEqual(["2024-02-29", "2024-02-29T12:00:00Z", "18:00:00", "2.5"]);
  });

  test("has spans longer than a day as hours, not as dates", async () => {
    const styles =
      '<numFmts><numFmt numFmtId="171" formatCode="[h]:mm:ss"/></numFmts>' +
      '<cellXfs><xf numFmtId="171"/><xf numFmtId="46"/></cellXfs>';
    const row = (value: number) =>
      `<row><c s="0"><v>${value}</v></c><c s="1"><v>${value}</v></c></row>`;
    const xml = `<sheetData><row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row>${row(0.5)}${row(1.25)}</sheetData>`;
    const { profile } = await readXlsx([["A", xml]], { hasHeader: true }, styles);
    expect(profile.preview).toEqual([
      ["12:00:00", "12:00:00"],
      ["30:00:00", "30:00:00"],
    ]);
  });

  test("has texts as they are meant: signs by number, without how they are pronounced", async () => {
    const text = (inside: string) => `<c t="inlineStr"><is>${inside}</is></c>`;
    const said = text("<t>漢字</t><rPh><t>かんじ</t></rPh>");
    const row = `<row>${text("<t>a_x000D__x000A_b</t>")}${said}<c><v>1</v></c></row>`;
    const xml = sheet([["n", "e", "b"]]).replace("</sheetData>", `${row}</sheetData>`);
    const { profile } = await readXlsx([["A", xml]], { hasHeader: true });
    expect(profile.preview[0]).toEqual(["a\r\nb", "漢字", "1"]);
  });

  test("takes the stored values of formulas; errors are missing", async () => {
    const row = '<row><c><f>1+1</f><v>2</v></c><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c></row>';
    const xml = sheet([["n", "e", "b"]]).replace("</sheetData>", `${row}</sheetData>`);
    const { profile } = await readXlsx([["A", xml]], { hasHeader: true });
    expect(profile.preview[0]).toEqual(["2", "", "true"]);
  });

  test.each([
    ["a cell far outside", '<sheetData><row r="1"><c r="ZZZZ1"><v>1</v></c></row></sheetData>'],
    ["a row far outside", '<sheetData><row r="99999999"><c><v>1</v></c></row></sheetData>'],
    ["XML that is cut off", "<sheetData><row><c><v>1</v>"],
    ["an entity of its own", "<sheetData><row><c><v>&lol;</v></c></row></sheetData>"],
  ])("is refused with %s", async (_, xml) => {
    await expect(readXlsx([["A", xml]])).rejects.toMatchObject({ code: "damaged_file" });
  });

  test("that unpacks to far more than it has is refused", async () => {
    const xml = `<sheetData/>${" ".repeat(60_000_000)}`;
    await expect(readXlsx([["A", xml]])).rejects.toMatchObject({ code: "table_too_large" });
  });

  test("without any cell is no table", async () => {
    await expect(readXlsx([["A", "<sheetData/>"]])).rejects.toMatchObject({ code: "no_table" });
  });
});

test.each(["xlsx", "ods"])("hidden sheets of %s come last", async (format) => {
  const isExcel = format === "xlsx";
  const row = (...cells: number[]) =>
    cells.map((value) => `<table:table-cell office:value-type="float" office:value="${value}"/>`);
  const odsRows = (...cells: number[]) =>
    `<table:table-row>${row(...cells).join("")}</table:table-row>`.repeat(2);
  const bytes = isExcel
    ? await xlsxOf([["codes", sheet([[1, 2], [3, 4]]), "veryHidden"], ["data", sheet(HOUSES)]]) // prettier-ignore
    : await odsOf([["codes", odsRows(1, 2), true], ["data", odsRows(3, 4)]]); // prettier-ignore
  const reader = isExcel ? xlsxReader : odsReader;
  const { profile } = await finish(reader.read(sourceOf(bytes)));
  expect(profile.sheet).toBe("data");
  const told = await finish(reader.read(sourceOf(bytes), { sheet: "codes" }));
  expect(told.profile.sheet).toBe("codes");
});

describe("an OpenDocument spreadsheet", () => {
  const text = (value: string, more = "") =>
    `<table:table-cell office:value-type="string"${more}><text:p>${value}</text:p></table:table-cell>`;

  test("has repeated cells and rows, dates and truth values", async () => {
    const day = '<table:table-cell office:value-type="date" office:date-value="2024-02-29"/>';
    const yes = '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>';
    const two =
      '<table:table-cell office:value-type="float" office:value="2" table:number-columns-repeated="2"/>';
    const rows =
      `<table:table-row>${text("x")}${text("y")}${text("day")}${text("yes")}</table:table-row>` +
      `<table:table-row table:number-rows-repeated="3">${two}${day}${yes}</table:table-row>` +
      '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>';
    const { profile } = await finish(odsReader.read(sourceOf(await odsOf([["A", rows]]))));
    expect(profile.rows).toBe(3);
    expect(profile.preview[2]).toEqual(["2", "2", "2024-02-29", "true"]);
  });

  const cell = (value: string, inside: string) =>
    `<table:table-cell ${value}>${inside}</table:table-cell>`;
  const readRows = async (cells: string) => {
    const names = `<table:table-row>${text("a")}${text("b")}${text("c")}</table:table-row>`;
    const rows = `${names}<table:table-row>${cells}</table:table-row>`;
    const { profile } = await finish(odsReader.read(sourceOf(await odsOf([["A", rows]]))));
    return profile.preview[0];
  };

  test("has no value where a formula failed, whatever number is stored with it", async () => {
    const error = 'office:value-type="string" calcext:value-type="error"';
    const cells =
      cell(error, "<text:p>#WERT!</text:p>") +
      cell('office:value-type="float" office:value="0"', "<text:p>Err:502</text:p>") +
      cell('office:value-type="float" office:value="7"', "<text:p>7</text:p>");
    expect(await readRows(cells)).toEqual(["", "", "7"]);
  });

  test("has line breaks and tabs of texts, times as other workbooks have them, and no shapes", async () => {
    const shape =
      "<draw:frame><draw:text-box><text:p>look here</text:p></draw:text-box></draw:frame>";
    const time = (value: string) => `office:value-type="time" office:time-value="${value}"`;
    const cells =
      cell(
        'office:value-type="string"',
        `${shape}<text:p>x<text:line-break/>y<text:tab/>\n  z</text:p>`,
      ) +
      cell(time("PT17H30M00S"), "<text:p>05:30 PM</text:p>") +
      cell(time("PT36H00M00.4S"), "<text:p>36:00</text:p>");
    expect(await readRows(cells)).toEqual(["x\ny\t z", "17:30:00", "36:00:00"]);
  });

  test("is said to be encrypted where it is", async () => {
    const mark = "mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
    const list = '<m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry>';
    const files = [new Map([["content.xml", mark], ["META-INF/manifest.xml", list]]), new Map([["encrypted-package", mark]])]; // prettier-ignore
    for (const file of files) {
      const reading = finish(odsReader.read(sourceOf(await zipFiles(file))));
      await expect(reading).rejects.toMatchObject({ code: "unsupported_format" });
    }
  });

  test("is refused if it repeats cells without end", async () => {
    const row = `<table:table-row table:number-rows-repeated="2000000">${text("x", ' table:number-columns-repeated="16000"')}</table:table-row>`;
    const reading = finish(odsReader.read(sourceOf(await odsOf([["A", row]]))));
    await expect(reading).rejects.toMatchObject({ code: "damaged_file" });
  });
});
