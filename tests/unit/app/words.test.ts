import { expect, test } from "vitest";

import { Locale } from "../../../src/app/words/locale.svelte";

test("a language is spoken once all its words are here, and not before", async () => {
  const locale = new Locale();
  await locale.speak("en");
  let isThere = false;
  const own = await locale.vocabulary({
    en: async () => () => "table",
    zh: async () => {
      if (!isThere) throw new TypeError("failed to fetch");
      return () => "表";
    },
  });
  await expect(locale.speak("zh")).rejects.toMatchObject({ code: "network_failed" });
  expect([locale.language, own.words, locale.words.cancel]).toEqual(["en", "table", "Cancel"]);
  isThere = true;
  await locale.speak("zh");
  expect([locale.language, own.words, locale.words.cancel]).toEqual(["zh", "表", "取消"]);
  await locale.speak("en");
  expect([own.words, locale.words.cancel]).toEqual(["table", "Cancel"]);
});
