import { describe, expect, it } from "vitest";

import { buildSemantic, checkSemantic } from "../../../../src/engine/learnware/semantic";
import { samplePackage } from "./sample-package";

const { semantic } = samplePackage();

describe("buildSemantic", () => {
  it("writes what the Python package reads", () => {
    expect(semantic.Data).toEqual({ Values: ["Table"], Type: "Class" });
    expect(semantic.Scenario).toEqual({ Values: ["Business"], Type: "Tag" });
    expect(semantic.Input).toEqual({
      Dimension: 2,
      Description: { "0": "size in m²", "1": "rooms" },
    });
  });

  it("calls a licence or scenario that is not listed Others", () => {
    const built = buildSemantic({
      ...{ name: "Rain", description: "Rain tomorrow.", data: "Image", task: "Others" },
      ...{ scenario: ["Weather", "nature"], licence: "My own" },
    });
    expect(built.License.Values).toEqual(["Others"]);
    expect(built.Scenario.Values).toEqual(["Others", "Nature"]);
  });
});

describe("checkSemantic", () => {
  it.each<[string, unknown]>([
    ["something that is not an object", "Table"],
    ["a missing key", { ...semantic, License: undefined }],
    ["a wrong type", { ...semantic, Data: { Values: ["Table"], Type: "Tag" } }],
    ["two values where one is asked for", { ...semantic, Task: twoTasks() }],
    ["a value that is not allowed", { ...semantic, Data: { Values: ["Sound"], Type: "Class" } }],
    ["no tag", { ...semantic, Scenario: { Values: [], Type: "Tag" } }],
    ["an empty name", { ...semantic, Name: { Values: "", Type: "String" } }],
    ["a table without input", { ...semantic, Input: undefined }],
    ["an index out of range", { ...semantic, Input: { Dimension: 1, Description: { "1": "x" } } }],
    ["one class", { ...semantic, Task: { Values: ["Classification"], Type: "Class" } }],
  ])("refuses %s", (_, content) => {
    expect(() => checkSemantic(content)).toThrow(
      expect.objectContaining({ code: "bad_specification" }) as Error,
    );
  });
});

function twoTasks() {
  return { Values: ["Regression", "Classification"], Type: "Class" };
}
