import { expect, it } from "vitest";

import { chinese } from "../../../../../src/app/screens/predict/chinese";
import { english } from "../../../../../src/app/screens/predict/english";
import { Format } from "../../../../../src/app/words/format";
import type { KindName } from "../../../../../src/engine/ground/kind-name";

/** What stands in words as it is, without anything to be filled in. */
function plain(words: unknown): string[] {
  if (typeof words === "string") return [words];
  if (typeof words !== "object" || words === null) return [];
  return Object.values(words).flatMap(plain);
}

const account = { code: "selected", learnwares: 2, heaviest: 0, abstained: 1, rowsOf: [3, 1] } as const; // prettier-ignore

const said = [
  ["text", "texts", "text", "文本"],
  ["image", "pictures", "picture", "图片"],
] as const satisfies readonly (readonly [KindName, string, string, string])[];

it.each(said)(
  "rows of the kind %s are called %s in what was found and predicted",
  (kind, many, one, noun) => {
    const words = english(new Format("en"), kind);
    const texts = [...plain(words.choose), ...plain(words.reuse)];
    expect(texts.filter((text) => /\brows?\b/i.test(text) && !text.includes("your table"))).toEqual(
      [],
    );
    expect(words.choose.coverage("80 %")).toBe(
      `80 % of your ${many} resemble ${many} it was trained on`,
    );
    expect(words.choose.uncovered.title(1)).toBe(`1 ${one} not covered`);
    const sentence = words.reuse.account(account, ["A", "B"]);
    expect(sentence).toContain(`Each ${one} was answered`);
    expect(sentence).toContain(`(3 ${many})`);
    expect(sentence).toContain(`1 ${one} looks like none`);

    const chineseWords = chinese(new Format("zh"), kind);
    expect(chineseWords.choose.coverage("80%")).toContain(noun);
    expect(chineseWords.reuse.far("5%")).not.toContain("行");
    expect(chineseWords.reuse.account(account, ["A", "B"])).not.toContain("行");
  },
);

it("rows of a table stay rows", () => {
  expect(english(new Format("en")).reuse.ways.select).toBe("One model for each row");
  expect(chinese(new Format("zh")).reuse.ways.select).toBe("逐行选最可能的模型");
});
