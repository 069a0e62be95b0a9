import fc from "fast-check";
import { describe, expect, test } from "vitest";

import {
  openOrderedDates,
  packOrderedDate,
  parsePlainDate,
} from "../../../../../../src/engine/kinds/table/columns/dates";

function opened(...cells: string[]): string[] {
  const packed = Float64Array.from(cells, packOrderedDate);
  openOrderedDates(packed);
  return Array.from(packed, (ms) => (Number.isNaN(ms) ? "none" : new Date(ms).toISOString()));
}

describe("parsePlainDate", () => {
  test("every day of five centuries is the calendar's", () => {
    const day = 86_400_000;
    for (let at = Date.UTC(1700, 0, 1); at < Date.UTC(2200, 0, 1); at += day) {
      const text = new Date(at).toISOString().slice(0, 10);
      if (parsePlainDate(text) !== at) expect.fail(text);
    }
    for (const none of ["2021-02-29", "1900-02-29", "2021-04-31", "2021-13-01", "2021-00-10"]) {
      expect(parsePlainDate(none), none).toBeNaN();
    }
  });

  test.each([
    ["2021-01-28", "2021-01-28T00:00:00.000Z"],
    ["2021/1/8", "2021-01-08T00:00:00.000Z"],
    ["2021年1月28日", "2021-01-28T00:00:00.000Z"],
    ["2021-01-28 07:05", "2021-01-28T07:05:00.000Z"],
    ["2021-01-28T07:05:09.250Z", "2021-01-28T07:05:09.250Z"],
    ["2021-01-28T07:00:00+08:00", "2021-01-27T23:00:00.000Z"],
    ["2021-01-28T07:00:00-0330", "2021-01-28T10:30:00.000Z"],
    ["20210128T140000", "2021-01-28T14:00:00.000Z"],
    ["28 Jan 2021", "2021-01-28T00:00:00.000Z"],
    ["28-Jan-21", "2021-01-28T00:00:00.000Z"],
    ["28-Jan-98 14:00", "1998-01-28T14:00:00.000Z"],
    ["2021년 1월 28일", "2021-01-28T00:00:00.000Z"],
    ["2021-01", "2021-01-01T00:00:00.000Z"],
    ["2021年1月", "2021-01-01T00:00:00.000Z"],
    ["28-January-2021 2:00 pm", "2021-01-28T14:00:00.000Z"],
    ["Jan 28, 2021", "2021-01-28T00:00:00.000Z"],
    ["2024-02-29", "2024-02-29T00:00:00.000Z"],
  ])("reads %s", (text, iso) => {
    expect(new Date(parsePlainDate(text)).toISOString()).toBe(iso);
  });

  test.each([
    "2021-13-01",
    "2021-02-30",
    "2021-01-28 25:00",
    "20210128",
    "2021-13",
    "2021-1",
    "0051-01",
    "1.5",
    "hello world",
    "28 Foo 2021",
  ])("does not take %s for a date", (text) => {
    expect(parsePlainDate(text)).toBeNaN();
  });

  test("reads back every instant written in ISO form", () => {
    const dates = fc.date({
      min: new Date("0100-01-01"),
      max: new Date("9999-12-31"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, (date) => {
        expect(parsePlainDate(date.toISOString())).toBe(date.getTime());
      }),
    );
  });
});

describe("ordered dates", () => {
  test("put the day first when some first part is above 12", () => {
    expect(opened("28/01/2021", "03/04/2021")).toEqual([
      "2021-01-28T00:00:00.000Z",
      "2021-04-03T00:00:00.000Z",
    ]);
  });

  test("put the month first when some second part is above 12", () => {
    expect(opened("01/28/2021 02:30 PM", "03/04/2021 12:00 AM")).toEqual([
      "2021-01-28T14:30:00.000Z",
      "2021-03-04T00:00:00.000Z",
    ]);
  });

  test("put the day first when nothing tells", () => {
    expect(opened("3.4.21", "01-02-99")).toEqual([
      "2021-04-03T00:00:00.000Z",
      "1999-02-01T00:00:00.000Z",
    ]);
  });

  test("refuse what is no date in either order", () => {
    expect(opened("13/13/2021", "0/1/2021", "1/2", "32/1/2021")).toEqual([
      "none",
      "none",
      "none",
      "none",
    ]);
  });
});
