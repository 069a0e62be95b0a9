import { describe, expect, test } from "vitest";

import { messageFor } from "../../../src/app/messages";
import { chinese as predictChinese } from "../../../src/app/screens/predict/chinese";
import { english as predictEnglish } from "../../../src/app/screens/predict/english";
import { chinese } from "../../../src/app/words/chinese";
import { chineseMessages } from "../../../src/app/words/chinese-messages";
import { english } from "../../../src/app/words/english";
import { chineseLateMessages } from "../../../src/app/words/chinese-late-messages";
import { englishLateMessages } from "../../../src/app/words/english-late-messages";
import { englishMessages } from "../../../src/app/words/english-messages";
import { Format } from "../../../src/app/words/format";
import type { ErrorCode } from "../../../src/contracts/outcome";

const LANGUAGES = ["en", "zh"] as const;
const MESSAGES = {
  en: { ...englishMessages, ...englishLateMessages },
  zh: { ...chineseMessages, ...chineseLateMessages },
};
const HAN = /\p{Script=Han}/u;

describe("messages for failures", () => {
  for (const language of LANGUAGES) {
    for (const [code, write] of Object.entries(MESSAGES[language])) {
      if (code === "aborted") continue;
      test(`say what, why and what to do about ${code} (${language})`, () => {
        for (const details of [
          {},
          { limit: "7", columns: 9, record: 3, column: "a", reason: "too_close" },
        ]) {
          const message = write?.(details);
          for (const part of [message?.what, message?.why, message?.todo]) {
            expect(part).toMatch(language === "zh" ? HAN : /^[A-Z].+[.”]$/);
            expect(part).not.toMatch(/undefined|null|NaN/);
          }
        }
      });
    }

    test(`say nothing about what the user stopped (${language})`, () => {
      expect(messageFor({ code: "aborted", details: {} }, MESSAGES[language])).toBeNull();
    });
  }

  test("put in the details", () => {
    const code: ErrorCode = "too_many_columns";
    const details = { columns: 9000, limit: 5000 };
    expect(messageFor({ code, details }, MESSAGES.en)?.what).toContain("9000");
    expect(messageFor({ code, details }, MESSAGES.zh)?.why).toContain("5000");
  });
});

test("every text of the page is said in both languages, in the same shape", () => {
  const [zh, en] = [new Format("zh"), new Format("en")];
  expect(shape(chinese(zh))).toEqual(shape(english(en)));
  expect(shape(predictChinese(zh))).toEqual(shape(predictEnglish(en)));
});

function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, shape(inner)] as const)
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}
