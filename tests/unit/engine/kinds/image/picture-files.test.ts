import { describe, expect, it } from "vitest";

import { foldersOf } from "../../../../../src/engine/kinds/image/read/picture-files";
import { sortedPaths } from "../../../../../src/engine/kinds/image/write/sorted-paths";

describe("folders of pictures", () => {
  it("are labels where there are several", () => {
    expect(foldersOf(["train/cats/a.png", "test/dogs/b.png"])).toEqual(["cats", "dogs"]);
  });

  it("leave a picture that lies in none without a label", () => {
    const names = ["cats/a.png", "dogs/b.png", "c.png"];
    expect(foldersOf(names)).toEqual(["cats", "dogs", ""]);
  });

  it("tell nothing where there are not two", () => {
    expect(foldersOf(["all/a.png", "all/b.png"])).toBeNull();
    expect(foldersOf(["cats/a.png", "b.png"])).toBeNull();
    expect(foldersOf([])).toBeNull();
  });
});

describe("where pictures go when they are sorted", () => {
  it("is a folder a label, under the names that they have", () => {
    expect(sortedPaths(["x/a.png", "b.jpg"], ["cat", "dog"])).toEqual(["cat/a.png", "dog/b.jpg"]);
  });

  it("is another place for each, whatever they and the labels are called", () => {
    const names = ["x/a.png", "y/A.PNG", "z/a.png", "a.png"];
    expect(sortedPaths(names, ["cat", "cat", "cat", "Cat"])).toEqual([
      "cat/a.png",
      "cat/A (2).PNG",
      "cat/a (3).png",
      "Cat (2)/a.png",
    ]);
    expect(sortedPaths(["a", "b"], ["x/y", "x:y"])).toEqual(["x_y/a", "x_y (2)/b"]);
  });

  it("is safe on every system", () => {
    const names = [
      "../..",
      "con.png",
      ".hidden",
      "a\u202egnp.exe",
      "tail. ",
      "",
      `${"é".repeat(300)}.jpeg`,
    ];
    const paths = sortedPaths(
      names,
      Array.from(names, () => "../../etc"),
    );
    expect(paths.slice(0, 6)).toEqual([
      "__.._etc/_",
      "__.._etc/_con.png",
      "__.._etc/_hidden",
      "__.._etc/a_gnp.exe",
      "__.._etc/tail",
      "__.._etc/unnamed",
    ]);
    expect(paths[6]).toMatch(/^__\.\._etc\/é{95}\.jpeg$/);
    expect(sortedPaths(["a\ud800.png"], [""])).toEqual(["unnamed/a_.png"]);
  });
});
