import { zipFiles } from "../../../learnware/zip/zip-files";
import { type Cell, cellText } from "../read/cells/cell";
import { tooLarge } from "../read/cells/whole-text";
import { eachBlock } from "./rows-of";
import type { TableWriter } from "./writer";

const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
const MOST_TEXT = 32_767;
/** Of the text of a sheet, which is held as a whole. */
const MOST_CHARACTERS = 400_000_000;

/** Styles of cells. */
const DAY = 1;
const MOMENT = 2;

// eslint-disable-next-line no-control-regex -- XML has none of them.
const NOT_IN_XML = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

const START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

const FIXED: readonly (readonly [path: string, xml: string])[] = [
  [
    "[Content_Types].xml",
    `<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
      `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
  ],
  [
    "_rels/.rels",
    `<Relationships xmlns="${PACKAGE}/relationships">` +
      `<Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    "xl/workbook.xml",
    `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>` +
      '<sheet name="Predictions" sheetId="1" r:id="rId1"/></sheets></workbook>',
  ],
  [
    "xl/_rels/workbook.xml.rels",
    `<Relationships xmlns="${PACKAGE}/relationships">` +
      `<Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>` +
      `<Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  ],
  [
    "xl/styles.xml",
    `<styleSheet xmlns="${MAIN}"><fonts count="1"><font/></fonts>` +
      '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
      '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>' +
      '<cellXfs count="3"><xf/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>',
  ],
];

/**
 * An Excel workbook of one sheet. Every text is a text to it, and no formula.
 *
 * @throws EngineError `table_too_large` if a sheet cannot hold the table.
 */
export const writeXlsx: TableWriter = async function* (table, sink) {
  if (table.rows >= MOST_ROWS || table.names.length > MOST_COLUMNS) {
    throw tooLarge("Excel workbook", MOST_CHARACTERS);
  }
  const parts = [`<worksheet xmlns="${MAIN}"><sheetData>`];
  parts.push(`<row>${table.names.map(textXml).join("")}</row>`);
  let length = 0;
  yield* eachBlock(table, ({ from, to, columns }) => {
    let text = "";
    for (let i = 0; i < to - from; i++) {
      text += "<row>";
      for (const cells of columns) {
        const cell = cells[i]!;
        text += typeof cell === "string" ? textXml(cell) : cellXml(cell);
      }
      text += "</row>";
    }
    length += text.length;
    if (length > MOST_CHARACTERS) throw tooLarge("Excel workbook", MOST_CHARACTERS);
    parts.push(text);
  });
  parts.push("</sheetData></worksheet>");
  const files = new Map(FIXED.map(([path, xml]) => [path, START + xml]));
  files.set("xl/worksheets/sheet1.xml", START + parts.join(""));
  sink(await zipFiles(files));
};

function cellXml(cell: Exclude<Cell, string>): string {
  if (cell === null) return "<c/>";
  if (typeof cell === "boolean") return `<c t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (cell instanceof Date) return dateXml(cell);
  if (typeof cell === "bigint" && !Number.isSafeInteger(Number(cell))) return textXml(String(cell));
  return Number.isFinite(Number(cell)) ? `<c><v>${cell}</v></c>` : "<c/>";
}

/** What lies before the first days that a workbook counts is text. */
function dateXml(date: Date): string {
  const serial = date.getTime() / 86_400_000 + 25_569;
  if (Number.isNaN(serial)) return "<c/>";
  if (serial < 61) return textXml(cellText(date));
  return `<c s="${Number.isInteger(serial) ? DAY : MOMENT}"><v>${serial}</v></c>`;
}

function textXml(text: string): string {
  if (text === "") return "<c/>";
  const safe = text
    .slice(0, MOST_TEXT)
    .replace(NOT_IN_XML, "")
    // As it stands: it is read as a sign by its number.
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, "_x005F_")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\r", "&#13;");
  return `<c t="inlineStr"><is><t xml:space="preserve">${safe}</t></is></c>`;
}
