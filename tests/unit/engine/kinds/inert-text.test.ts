import { describe, expect, test } from "vitest";

import { inertText } from "../../../../src/engine/kinds/inert-text";
import { write } from "../../../fixtures/table/read-text";

describe("a text of someone else's", () => {
  test.each([
    ['=HYPERLINK("http://evil","x")', '\'=HYPERLINK("http://evil","x")'],
    ["+1+1", "'+1+1"],
    ["-2+3", "'-2+3"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\rx", "'\rx"],
    ["  \u200b=1", "'  \u200b=1"],
    ["＝1+1", "'＝1+1"],
    // Where another separator ends cells, what follows it starts one.
    ["a;=1+1", "a;'=1+1"],
    ["a\n=1+1", "a\n'=1+1"],
  ])("never starts a formula: %j", (text, inert) => {
    expect(inertText(text)).toBe(inert);
  });

  test.each(["-1", "+1", "-0.5", "-,5", "1e-3", "-1E+5", "setosa", "a - b", "5=five", "10-20"])(
    "stays as it is where it starts none: %s",
    (text) => expect(inertText(text)).toBe(text),
  );
});

test("in a download, labels and names are inert, numbers are numbers and the user's cells are theirs", async () => {
  const text = "a,=b\n=1+1,@x\n-3,+4\n";
  const labels = ["=1+1", "-1"];
  const columns = [
    { name: "=cmd", values: Float64Array.of(0, 1), labels },
    { name: "n", values: Float64Array.of(-0.5, 1e-7) },
  ];
  expect(await write(text, columns)).toBe("a,=b,'=cmd,n\n=1+1,@x,'=1+1,-0.5\n-3,+4,-1,1e-7\n");
});
