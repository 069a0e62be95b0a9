import { expect, test } from "vitest";

import {
  elementsOf,
  fieldOf,
  rootOf,
  textOf,
} from "../../../../../../src/dock/storage/blobs/s3/s3-xml";

test("finds the outermost element, and none where there is no XML", () => {
  expect(rootOf('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>x</Code></Error>')).toBe(
    "Error",
  );
  expect(rootOf('  <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">')).toBe(
    "ListBucketResult",
  );
  expect(rootOf("<Empty/>")).toBe("Empty");
  expect(rootOf("")).toBeNull();
  expect(rootOf("busy <b>now</b>")).toBeNull();
});

test("reads elements and their fields in order, over lines", () => {
  const xml = "<L>\n<C>\n<Key>a</Key><Size>1</Size></C><C><Size>2</Size><Key>b</Key>\n</C></L>";
  const read = elementsOf(xml, "C").map((each) => [fieldOf(each, "Key"), fieldOf(each, "Size")]);
  expect(read).toEqual([
    ["a", "1"],
    ["b", "2"],
  ]);
});

test("resolves what XML escapes, once", () => {
  expect(textOf("<K>a&amp;lt;&lt;&#65;&#x1F6a2;&quot;&apos;&gt;</K>", "K")).toBe("a&lt;<A🚢\"'>");
});

test("tells a missing or empty field, and refuses it where one is needed", () => {
  expect(textOf("<A></A>", "A")).toBeNull();
  expect(textOf("<A/>", "A")).toBeNull();
  expect(() => fieldOf("<Other>x</Other>", "A")).toThrow(
    expect.objectContaining({ code: "internal" }),
  );
});
