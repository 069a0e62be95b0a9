import { expect, test } from "vitest";

import { plainText, plainTexts } from "../../../../src/engine/ground/plain-text";

test("takes out what turns the direction of text, and what cannot be seen", () => {
  expect(plainText("model\u202egpj.exe\u202c")).toBe("modelgpj.exe");
  expect(plainText("\u2066a\u2069\u0000b\u001b[31m\u009f")).toBe("ab[31m");
});

test("leaves letters of every direction, joiners, tabs and line ends", () => {
  const text = "مرحبا\u200f שלום 你好 👩‍🔬\tcolumn\r\nline";
  expect(plainText(text)).toBe(text);
});

test("looks into all of an answer, however deep", () => {
  const answer = { a: ["x\u202e", { b: "y\u0007" }], n: 1, nothing: null };
  expect(plainTexts(answer)).toEqual({ a: ["x", { b: "y" }], n: 1, nothing: null });
  let deep: unknown = "\u202edeep";
  for (let i = 0; i < 200_000; i++) deep = [deep];
  let inner = plainTexts(deep);
  while (Array.isArray(inner)) inner = inner[0];
  expect(inner).toBe("deep");
});
