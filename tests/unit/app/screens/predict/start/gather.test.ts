import { describe, expect, it } from "vitest";

import {
  gatherChosen,
  gatherDropped,
} from "../../../../../../src/app/screens/predict/start/gather";
import { filesOfZip } from "../../../../../../src/runtime/pictures/original-files";

function chosen(path: string): File {
  const file = new File([path], path.split("/").at(-1)!);
  return Object.assign(file, { webkitRelativePath: path.includes("/") ? path : "" });
}

/** What a browser tells of a dropped file or folder. */
function dropped(name: string, inside?: readonly FileSystemEntry[]): FileSystemEntry {
  const files = [...(inside ?? [])];
  const made: object = inside
    ? {
        ...{ name, isFile: false, isDirectory: true },
        // Some at a time, as browsers do.
        createReader: () => ({
          readEntries: (done: (some: FileSystemEntry[]) => void) => done(files.splice(0, 2)),
        }),
      }
    : {
        ...{ name, isFile: true, isDirectory: false },
        file: (done: (file: File) => void) => done(new File([name], name)),
      };
  return made as FileSystemEntry;
}

const names = async (file: File) => (await filesOfZip(file)).map(({ name }) => name);
const { signal } = new AbortController();

describe("files that come together", () => {
  it("are one, called as their folder, by their paths below it", async () => {
    const { file } = gatherChosen([chosen("pets/cats/a.png"), chosen("pets/b.png")], "files");
    expect(file.name).toBe("pets");
    expect(await names(file)).toEqual(["b.png", "cats/a.png"]);
  });

  it("are one if they are pictures or texts", async () => {
    const { file, surplus } = gatherChosen([chosen("a.png"), chosen("b.png")], "files");
    expect([file.name, surplus]).toEqual(["files", 0]);
    expect(await names(file)).toEqual(["a.png", "b.png"]);
    expect(
      (await names(gatherChosen([chosen("a.txt"), chosen("b.txt")], "files").file)).length,
    ).toBe(2);
  });

  it("are told to be none where a folder is empty", () => {
    expect(() => gatherChosen([], "Folder")).toThrow(
      expect.objectContaining({ code: "no_pictures", details: { count: 0 } }),
    );
  });

  it("are read one at a time if they are tables", () => {
    const { file, surplus } = gatherChosen([chosen("a.csv"), chosen("b.csv")], "files");
    expect([file.name, surplus]).toEqual(["a.csv", 1]);
  });
});

describe("a dropped folder", () => {
  it("is gone through to its last folder", async () => {
    const folder = dropped("pets", [
      dropped("a.png"),
      dropped("cats", [dropped("1.png"), dropped("2.png"), dropped("3.png")]),
    ]);
    const { file } = await gatherDropped([folder], "pets", signal);
    expect(file.name).toBe("pets");
    expect(await names(file)).toEqual(["a.png", "cats/1.png", "cats/2.png", "cats/3.png"]);
  });

  it("keeps its name as a label where several are dropped", async () => {
    const both = [dropped("cats", [dropped("1.png")]), dropped("dogs", [dropped("1.png")])];
    const { file } = await gatherDropped(both, "files", signal);
    expect(await names(file)).toEqual(["cats/1.png", "dogs/1.png"]);
  });

  it("is left when that is stopped", async () => {
    const stop = new AbortController();
    stop.abort();
    const gathering = gatherDropped([dropped("a", [dropped("1.png")])], "a", stop.signal);
    await expect(gathering).rejects.toMatchObject({ name: "AbortError" });
  });
});
