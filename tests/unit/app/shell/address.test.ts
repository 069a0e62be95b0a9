import { expect, test } from "vitest";

import { DockChoice } from "../../../../src/app/dock-choice";
import { typedAddress } from "../../../../src/app/shell/server/address";
import { pageStorage } from "../../../../src/client/storage/page-storage";

const PAGE = "https://here.example/berth/";
const ELSEWHERE = "https://models.example http://localhost:9000";

function choiceOf(kept: string | null = null, own = "api", origins = ELSEWHERE): DockChoice {
  const storage = pageStorage(() => {
    throw new Error("blocked");
  });
  if (kept !== null) storage.setItem("berth.dock", kept);
  return new DockChoice(storage, PAGE, own, origins);
}

const read = (text: string) => typedAddress(text, PAGE, choiceOf());

test.each([
  ["https://models.example", "https://models.example/"],
  ["  models.example/a/index.json ", "https://models.example/a/"],
  ["https://models.example/berth/?x=1#/models", "https://models.example/berth/"],
  ["https://models.example/index.html", "https://models.example/"],
  ["localhost:9000", "http://localhost:9000/"],
  ["HTTPS://HERE.example/other", "https://here.example/other/"],
  ["/mirror", "https://here.example/mirror/"],
  ["./mirror/", "https://here.example/berth/mirror/"],
  ["../mirror/", "https://here.example/mirror/"],
])("%j stands for %s", (text, base) => {
  expect(read(text)).toEqual({ base });
});

test.each([
  ["", "empty"],
  ["   ", "empty"],
  ["https://", "not_address"],
  ["two words", "not_address"],
  ["javascript:alert(1)", "not_web"],
  ["ftp://models.example/", "not_web"],
  ["file:///etc/passwd", "not_web"],
  ["https://me:secret@models.example/", "with_password"],
  ["https://evil.example/", "not_allowed"],
  ["//evil.example/", "not_allowed"],
  ["https://models.example.evil.example/", "not_allowed"],
  ["https://models.example:444/", "not_allowed"],
  ["http://models.example/", "not_allowed"],
])("%j is refused: %s", (text, refused) => {
  expect(read(text)).toMatchObject({ refused });
});

const at = (kind: string, base: string) => JSON.stringify({ kind, base });

test("the dock that the page was made for is used until another is chosen", () => {
  const choice = choiceOf(null, "static:./dock/");
  expect(choice.used).toEqual({ kind: "static", base: "https://here.example/berth/dock/" });
  expect(choice.isOwn).toBe(true);
  expect(choiceOf().used).toEqual({ kind: "api", base: "https://here.example/" });
});

test("what was chosen is used, told briefly, and forgotten", () => {
  const kept = choiceOf(at("static", "https://models.example/a/"));
  expect([kept.isOwn, kept.isElsewhere(kept.used), kept.tell(kept.used)]).toEqual([
    false,
    true,
    "models.example/a",
  ]);
  const near = choiceOf(at("static", "https://here.example/mirror/"));
  expect([near.isElsewhere(near.used), near.tell(near.used)]).toEqual([false, "/mirror/"]);
});

test("a choice outlasts the page, and choosing its own dock forgets it", () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const open = () => new DockChoice(storage, PAGE, "api", ELSEWHERE);
  const place = { kind: "api", base: "https://models.example/" } as const;
  const first = open();
  first.choose(place);
  expect(first.isOwn, "until the page loads again").toBe(true);
  expect(open().used).toEqual(place);
  open().choose(first.own);
  expect([...kept]).toEqual([]);
});

test.each([
  "not JSON",
  at("ftp", "https://here.example/"),
  at("api", "javascript:alert(1)"),
  at("api", "/relative/"),
  "null",
])("a kept choice that is none (%s) is as if there were none", (kept) => {
  expect(choiceOf(kept)).toMatchObject({ isOwn: true, refused: null });
});

test("an origin that the operator no longer names is not asked, and told of", () => {
  const choice = choiceOf(at("api", "https://models.example/"), "api", "");
  expect(choice.isOwn).toBe(true);
  expect(choice.refused?.base).toBe("https://models.example/");
});
