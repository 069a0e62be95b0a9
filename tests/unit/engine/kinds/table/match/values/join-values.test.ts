import { describe, expect, test } from "vitest";

import { joinedTo } from "../../../../../../../src/engine/kinds/table/match/values/join-values";
import { plainSpelling } from "../../../../../../../src/engine/kinds/table/match/values/plain-spelling";
import { readValues } from "../../../../../../../src/engine/kinds/table/match/values/read-values";
import { VOCABULARIES } from "../../../../../../../src/engine/kinds/table/match/values/vocabularies";

const joined = (own: string, listed: string) =>
  Object.fromEntries(joinedTo(own.split("|"), listed.split("|")));

describe("values of the same meaning are joined", () => {
  test.each([
    ["m|f", "male|female", { m: "male", f: "female" }],
    ["Male|Female", "M|I|F", { Male: "M", Female: "F" }],
    ["m|w", "male|female", { m: "male", w: "female" }],
    ["男|女", "male|female", { 男: "male", 女: "female" }],
    ["Männlich|weiblich", "M|F", { Männlich: "M", weiblich: "F" }],
    ["Homme|Femme", "Male|Female", { Homme: "Male", Femme: "Female" }],
    ["hombre|mujer", "male|female", { hombre: "male", mujer: "female" }],
    ["h|m", "male|female", { h: "male", m: "female" }],
    ["m|f|Male|Female", "male|female", { m: "male", f: "female" }],
    ["Men|Women", "Male|Female", { Men: "Male", Women: "Female" }],
    ["y|n", "No|Yes|No internet service", { y: "Yes", n: "No" }],
    ["ja|nein", "yes|no", { ja: "yes", nein: "no" }],
    ["oui|non", "TRUE|FALSE", { oui: "TRUE", non: "FALSE" }],
    ["是|否", "yes|no", { 是: "yes", 否: "no" }],
    ["1|0", "no|yes", { 1: "yes", 0: "no" }],
    ["1.0|0.0", "no|yes", { "1.0": "yes", "0.0": "no" }],
    ["true|false", "1|0", { true: "1", false: "0" }],
    ["sí|no", "yes|no", { sí: "yes" }],
    ["Monday|Tuesday", "Mon|Tue|Wed", { Monday: "Mon", Tuesday: "Tue" }],
    ["Mo|Di|Mi", "monday|tuesday|wednesday", { Mo: "monday", Di: "tuesday", Mi: "wednesday" }],
    ["周一|周日", "Monday|Sunday", { 周一: "Monday", 周日: "Sunday" }],
    ["Jan|Sept", "January|September", { Jan: "January", Sept: "September" }],
    ["一月|十二月", "Jan|Dec", { 一月: "Jan", 十二月: "Dec" }],
  ] as const)("%s as %s", (own, listed, wanted) => {
    expect(joined(own, listed)).toEqual(wanted);
  });

  test.each([
    ["MonthToMonth|one-year", "Month-to-month|One year", { MonthToMonth: "Month-to-month" }],
    ["1 year|2-year", "One year|Two year", { "1 year": "One year", "2-year": "Two year" }],
    ["FiberOptic|DSL", "Fiber optic|DSL|No", { FiberOptic: "Fiber optic" }],
    ["Sao Paulo|Cordoba", "São Paulo|Córdoba", { "Sao Paulo": "São Paulo", Cordoba: "Córdoba" }],
    [">50K.|<=50K.", "<=50K|>50K", { ">50K.": ">50K", "<=50K.": "<=50K" }],
    [
      "Adelie|Chinstrap|Gentoo",
      "Adelie Penguin (Pygoscelis adeliae)|Chinstrap penguin (Pygoscelis antarctica)|Gentoo penguin (Pygoscelis papua)",
      {
        Adelie: "Adelie Penguin (Pygoscelis adeliae)",
        Chinstrap: "Chinstrap penguin (Pygoscelis antarctica)",
        Gentoo: "Gentoo penguin (Pygoscelis papua)",
      },
    ],
    [
      "Gentoo penguin (Pygoscelis papua)|Adelie",
      "Adelie|Gentoo",
      { "Gentoo penguin (Pygoscelis papua)": "Gentoo" },
    ],
  ] as const)("%s, spelt or shortened as %s", (own, listed, wanted) => {
    expect(joined(own, listed)).toEqual(wanted);
  });
});

describe("values of another meaning are not", () => {
  test.each([
    ["a letter by itself", "m", "male|female"],
    ["metres and feet", "m|ft", "male|female"],
    ["sizes", "s|m|l", "male|female"],
    ["married and single", "m|s|d", "male|female"],
    ["false by one letter", "yes|no|maybe|f", "yes|no|maybe|false"],
    ["letters alike", "meal|tale", "male|female"],
    ["man in Dutch, woman in Spanish", "m|v", "male|female"],
    ["one word of two", "male|boxer", "terrier|male model"],
    ["blood groups", "A-|B-", "A+|B+"],
    ["programming languages", "C", "C++|C#"],
    ["ranges", "12|35", "1-2|3-5"],
    ["signs", "1", "-1|0"],
    ["versions", "15", "1.5|2.5"],
    ["several that begin so", "Married", "Married-civ-spouse|Married-spouse-absent"],
    ["a direction", "West", "West Virginia|Ohio"],
    ["its contrary", "smoker", "smoker (former)|other people"],
    ["a higher number", "Class", "Class 1|Division"],
    ["a level of school", "High", "High school|Bachelors"],
    ["days and numbers", "1|2|3", "Monday|Tuesday|Wednesday"],
  ])("%s", (_, own, listed) => {
    expect(joined(own, listed)).toEqual({});
  });

  test("short forms are not looked for where most values are unknown", () => {
    expect(joined("Adelie|x|y|z|w", "Adelie Penguin|Gentoo")).toEqual({});
  });

  test("two values do not shorten one", () => {
    expect(joined("Adelie|Adelie Penguin", "Adelie Penguin (Pygoscelis adeliae)|Gentoo")).toEqual(
      {},
    );
  });
});

describe("the table of meanings", () => {
  test("has as many words in each way as meanings", () => {
    for (const { ways, meanings } of VOCABULARIES) {
      for (const way of ways)
        expect(new Set(way.values()).size, [...way.keys()].join()).toBe(meanings);
    }
  });

  test("knows each way by itself as it is written, except where two ways have the same words", () => {
    for (const vocabulary of VOCABULARIES) {
      for (const way of vocabulary.ways) {
        const words = [...way.keys()];
        const meant = readValues(words).meaningsIn(vocabulary);
        for (const word of words) {
          const known = meant.get(word);
          if (known !== undefined) expect([word, known]).toEqual([word, way.get(word)]);
        }
        if (words.join() !== "m,v" && words.join() !== "v,m") expect(meant.size).toBeGreaterThan(1);
      }
    }
  });

  test("a plain spelling keeps the marks that make another value of it", () => {
    const spellings = ["A+", "A-", "A", "c#", "<50", ">50", "-1", "1-2", "12", "1.5", "15"];
    expect(new Set(spellings.map(plainSpelling)).size).toBe(spellings.length);
  });
});
