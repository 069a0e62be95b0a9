import { expect, test } from "vitest";
import { z } from "zod";

import { errorCodeIn, readXml } from "../../../../../../src/dock/storage/blobs/s3/s3-xml";

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
const List = z.object({
  L: z.object({ Contents: z.array(z.object({ Key: z.string(), Size: z.string() })).default([]) }),
});

test("reads elements and their fields in order, over lines, one or many", () => {
  const one = "<Contents>\n<Key>007</Key><Size>1</Size></Contents>";
  const two = "<Contents><Size>2</Size><Key>b</Key>\n</Contents>";
  const xml = `${head}<L xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\n<Name>n</Name>`;
  expect(readXml(List, `${xml}${one}${two}</L>`).L.Contents).toEqual([
    { Key: "007", Size: "1" },
    { Key: "b", Size: "2" },
  ]);
  expect(readXml(List, `${xml}${one}</L>`).L.Contents).toHaveLength(1);
  expect(readXml(List, `${xml}</L>`).L.Contents).toEqual([]);
});

test("resolves what XML escapes, once", () => {
  const xml = "<K>a&amp;lt;&lt;&#65;&#x1F6a2;&quot;&apos;&gt;</K>";
  expect(readXml(z.object({ K: z.string() }), xml).K).toBe("a&lt;<A🚢\"'>");
});

test.each(["", "busy <b>now</b>", "<Other>x</Other>", "<L><Contents/></L>", "<L", "<L>"])(
  "refuses %j where a list is needed",
  (xml) => {
    expect(() => readXml(List, xml)).toThrow(expect.objectContaining({ code: "internal" }));
  },
);

test("tells an error from any other answer", () => {
  expect(errorCodeIn(`${head}<Error><Code>SlowDown</Code><Message>m</Message></Error>`)).toBe(
    "SlowDown",
  );
  expect(errorCodeIn("<Error/>")).toBe("");
  expect(errorCodeIn("<L><Error>not one</Error></L>")).toBeNull();
  expect(errorCodeIn("")).toBeNull();
  expect(errorCodeIn("busy")).toBeNull();
});
