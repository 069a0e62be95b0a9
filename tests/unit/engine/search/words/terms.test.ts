import { describe, expect, test } from "vitest";

import { dictionary } from "../../../../../src/engine/search/words/dictionary";
import { stem } from "../../../../../src/engine/search/words/stem";
import { keysOf, MOST_TERMS, termsOf } from "../../../../../src/engine/search/words/terms";

const asked = (text: string) => termsOf(text).map(({ keys }) => keys.join("|"));

describe("the stem of a word", () => {
  test.each([
    ["houses", "house"],
    ["housing", "house"],
    ["priced", "price"],
    ["pricing", "prices"],
    ["delayed", "delays"],
    ["travelling", "travel"],
    ["cities", "city"],
    ["boxes", "box"],
    ["glasses", "glass"],
    ["salaries", "salary"],
  ])("of %s is that of %s", (one, other) => expect(stem(one)).toBe(stem(other)));

  test.each([
    ["wine", "win"],
    ["rate", "rat"],
    ["sale", "salt"],
    ["census", "cense"],
  ])("keeps %s and %s apart", (one, other) => expect(stem(one)).not.toBe(stem(other)));

  test.each(["bus", "is", "98056", "房价", "größe", ""])("leaves %s as it is", (word) => {
    expect(stem(word)).toBe(word);
  });
});

describe("what a text asks for", () => {
  test.each([
    ["房价", ["~house", "~price"]],
    ["what does a home cost", ["~house", "~price"]],
    ["How much is a HOUSE?", ["~price", "~house"]],
    ["一套房子多少钱", ["~house", "~price"]],
    ["我想预测航班是否晚点", ["~flight", "~delay"]],
    ["forged bank notes", ["~fraud", "~banknote"]],
    ["工资", ["~income"]],
    ["wages and salaries", ["~income"]],
    ["糖尿病患者", ["~diabetes", "~patient"]],
    ["ｈｏｕｓｅ", ["~house"]],
    ["HeartDisease", ["~heart", "~disease"]],
    ["zip code 98056", ["zip", "code", "98056"]],
    ["the model of data", []],
    ["预测模型", []],
    ["?!", []],
    ["", []],
  ])("in %s is %j", (text, terms) => expect(asked(text)).toEqual(terms));

  test("is pairs of characters where Chinese is not in the dictionary", () => {
    expect(asked("长颈鹿房价")).toEqual(["长颈|颈鹿", "~house", "~price"]);
    expect(asked("颈鹿")).toEqual(["颈鹿"]);
    expect(asked("𠮷野家")).toEqual(["𠮷野|野家"]);
  });

  test("is told once each, and no more than anybody means", () => {
    expect(asked("house houses home 房子")).toEqual(["~house"]);
    const letters = Array.from({ length: 40 }, (_, i) => `word${i}`).join(" ");
    expect(termsOf(letters)).toHaveLength(MOST_TERMS);
  });
});

describe("what a text has", () => {
  test("is concepts with the broader ones, stems, and pairs of characters", () => {
    expect(keysOf("Iris flowers")).toContain("~plant");
    expect(keysOf("plants")).not.toContain("~flower");
    expect(keysOf("住房租金")).toEqual(
      new Set(["~house", "~building", "~rent", "~money", "住房", "房租", "租金"]),
    );
  });

  test("leaves out what is too long for a word", () => {
    expect(keysOf("x".repeat(41)).size).toBe(0);
    expect(keysOf("x".repeat(40)).size).toBe(1);
  });
});

describe("the dictionary", () => {
  const { concepts, broader, empty } = dictionary();

  test("knows every concept that it names", () => {
    for (const [word, named] of concepts) {
      expect(named.length, word).toBeGreaterThan(0);
      for (const concept of named) expect(broader.has(concept), `${word}: ${concept}`).toBe(true);
    }
    for (const [concept, above] of broader) {
      for (const one of above) expect(broader.has(one), `${concept}: ${one}`).toBe(true);
    }
  });

  test("has words of both languages for every concept", () => {
    const told = (isHan: boolean) =>
      new Set(
        [...concepts]
          .filter(([word]) => /\p{Script=Han}/u.test(word) === isHan)
          .flatMap(([, named]) => named),
      );
    for (const concept of broader.keys()) {
      expect(told(true), concept).toContain(concept);
      expect(told(false), concept).toContain(concept);
    }
  });

  test("has no empty word that means something", () => {
    for (const word of empty) expect(concepts.has(word), word).toBe(false);
  });
});
