import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  decimalEvidence,
  parseNumber,
} from "../../../../../../../src/engine/kinds/table/columns/spelling/numerals";

const point = { decimal: "." } as const;
const comma = { decimal: "," } as const;

describe("parseNumber", () => {
  test.each([
    ["12", 12],
    ["-0.5", -0.5],
    ["+3", 3],
    [".5", 0.5],
    ["5.", 5],
    ["1e3", 1000],
    ["-2.5E-2", -0.025],
    ["1,234", 1234],
    ["1,234,567.89", 1234567.89],
    ["1 234 567", 1234567],
    ["1'234.5", 1234.5],
    ["12\u00a0345", 12345],
    ["$1,200.50", 1200.5],
    ["-$3", -3],
    ["€ 7", 7],
    ["7 €", 7],
    ["￥99", 99],
    ["\\1,234", 1234],
    ["１２３", 123],
    ["－１，２３４．５", -1234.5],
    ["١٢٣٫٥", 123.5],
    ["۱۲٪", 12],
    ["१२३", 123],
    ["0.4%", 0.4],
    ["(1,234.5)", -1234.5],
    ["−3", -3],
    ["1,23", 1.23],
    ["12,34,567", 1234567],
    ["500-", -500],
    ["5.25-", -5.25],
    ["1,234-", -1234],
    ["0,123", 0.123],
    ["-0,5", -0.5],
    ["$ -5", -5],
    ["$(5.00)", -5],
    ["<0.2", 0.2],
    ["12345678901234567890", Number("12345678901234567890")],
    ["0.12345678901234567", Number("0.12345678901234567")],
  ])("reads %s", (text, number) => {
    expect(parseNumber(text, point)).toBe(number);
  });

  test.each([
    ["0,5", 0.5],
    ["-1,25", -1.25],
    ["1.234,5", 1234.5],
    ["1.234", 1234],
    ["1 234,50", 1234.5],
    ["0.123", 0.123],
    ["0,123", 0.123],
    ["2,5e3", 2500],
  ])("reads %s with a decimal comma", (text, number) => {
    expect(parseNumber(text, comma)).toBe(number);
  });

  test.each([
    "",
    "abc",
    "1.2.3",
    "1-2",
    "2-",
    "12-",
    "0.123.456",
    "--1",
    "0x1f",
    "1e",
    "e5",
    "()",
    "$",
    "%",
    "1 2",
    "+",
    ".",
  ])("does not take %j for a number", (text) => {
    expect(parseNumber(text, point)).toBeNaN();
  });

  test.each([
    ["inf", Infinity],
    ["-Infinity", -Infinity],
    ["1e999", Infinity],
    ["∞", Infinity],
  ])("reads %s as infinite", (text, number) => {
    expect(parseNumber(text, point)).toBe(number);
  });

  test("agrees with Number on every written double, to the last bit", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(parseNumber(String(value), point)).toBe(value === 0 ? Number(String(value)) : value);
      }),
    );
  });

  test("agrees with Number on decimals with few digits, to the last bit", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(9), (digits, places) => {
        const text = (digits / 10 ** places).toFixed(places);
        expect(parseNumber(text, point)).toBe(Number(text));
        expect(parseNumber(text.replace(".", ","), comma)).toBe(Number(text));
      }),
    );
  });
});

describe("decimalEvidence", () => {
  test.each([
    [["0,5", "1,25"], ","],
    [["1.234,5"], ","],
    [["1.234.567"], ","],
    [["0.5", "12"], "."],
    [["1,234.5"], "."],
    [["1,234,567"], "."],
    [["1,234", "5,678"], null],
    [["1.234", "5.678"], null],
    [["1.234", "5.678", "12.345,6"], ","],
    [["1.234", "0.678"], "."],
    [["a", "b"], null],
  ] as const)("says that %j speak for %j", (cells, mark) => {
    expect(decimalEvidence(cells)).toBe(mark);
  });
});
