import { describe, expect, test } from "vitest";

import {
  canonical,
  modelWordsOf,
  wordsOf,
} from "../../../../../src/engine/kinds/text/embed/canonical";
import { finish } from "../../../../../src/engine/ground/finish";
import {
  mostWords,
  predictTextModel,
  trainTextModel,
} from "../../../../../src/engine/kinds/text/train/text-model";

describe("words of a text that models know", () => {
  test.each([
    ["Good, OLD film!", "good old film"],
    ["电影很好看。", "电影 影很 很好 好看"],
    ["好", "好"],
    ["ラーメンが好き", "ラー ーメ メン ンが が好 好き"],
    ["iPhone很贵", "iphone 很贵"],
    ["हिन्दी में", "हिन्दी में"],
    ["cafe\u0301 ✨", "café ✨"],
    ["so good 😀😀❤\ufe0f", "so good 😀 😀 ❤"],
    [" \t\u0000—…", ""],
  ])("%j are %j", (text, words) => {
    expect(canonical(text)).toBe(words);
    expect(modelWordsOf(canonical(text)).join(" ")).toBe(words);
  });

  test("of plain English are those of the pinned space", () => {
    const text = "The doctor's 2nd visit_fee was $30, wasn't it?";
    expect(modelWordsOf(text)).toEqual(wordsOf(text));
  });

  test("are fewer where there are hundreds of classes, so that a model stays small", () => {
    expect([2, 200, 1000].map(mostWords)).toEqual([20_000, 20_000, 4000]);
  });

  test("tell texts without blanks apart", async () => {
    const texts = Array.from({ length: 60 }, (_, i) => `这个${"菜饭汤茶酒"[i % 5]!}${i % 2 ? "非常好吃" : "实在难吃"}啊${"的了吗"[i % 3]!}`); // prettier-ignore
    const codes = Int32Array.from(texts, (_, i) => i % 2);
    const model = await finish(
      trainTextModel(texts, { task: "classification", codes, classes: 2 }),
    );
    const { data } = predictTextModel(model, ["那个面非常好吃", "那个面实在难吃"]);
    expect([data[1]! > 0.7, data[2]! > 0.7]).toEqual([true, true]);
  });
});
