import { expect, test } from "vitest";

import { readStarter } from "../../fixtures/read-starter";
import { IMAGE_SPACES } from "../../../src/engine/kinds/image/spaces";
import { TEXT_SPACES } from "../../../src/engine/kinds/text/spaces";
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

test("of two languages asked for at once the last one is spoken, whichever comes first", async () => {
  const locale = new Locale();
  await locale.speak("en");
  let resolve = (): void => undefined;
  const promise = new Promise<void>((arrived) => (resolve = arrived));
  const translations = {
    en: async () => () => "table",
    zh: async () => {
      await promise;
      return () => "表";
    },
  };
  const own = await locale.vocabulary(translations);
  const slow = locale.speak("zh");
  // A part of the page that opens meanwhile is not left behind.
  const opening = locale.vocabulary(translations);
  await locale.speak("en");
  resolve();
  await slow;
  expect([locale.language, own.words]).toEqual(["en", "table"]);
  await locale.speak("zh");
  expect([own.words, (await opening).words]).toEqual(["表", "表"]);
});

test("a part of the page that opens while a language comes speaks it too", async () => {
  const locale = new Locale();
  await locale.speak("en");
  const slow = locale.speak("zh");
  const opening = locale.vocabulary({ en: async () => () => "table", zh: async () => () => "表" });
  await slow;
  expect((await opening).words).toBe("表");
});

test("kinds of data that come with Berth have Chinese names, and others keep their own", async () => {
  const locale = new Locale();
  await locale.speak("en");
  const spaces = [...Object.values(TEXT_SPACES), ...Object.values(IMAGE_SPACES)];
  const names = [...readStarter().map(({ island }) => island), ...spaces].map(({ name }) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(names.map((name) => locale.words.islandName(name))).toEqual(names);
  await locale.speak("zh");
  for (const name of names) expect(locale.words.islandName(name)).toMatch(/^\p{Script=Han}/u);
  expect(locale.words.islandName("Sales of ours")).toBe("Sales of ours");
});
