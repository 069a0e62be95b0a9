import JSZip from "jszip";
import { describe, expect, it } from "vitest";

import type { Space } from "../../../../src/engine/kinds/table/space/space";
import { openLearnware, packLearnware } from "../../../../src/engine/learnware/package";
import { zipLimits } from "../../../../src/engine/learnware/zip/zip-limits";
import { seededBytes } from "../../../fixtures/random-bytes";
import { samplePackage } from "./sample-package";
import { gaussianKernel } from "../../../../src/engine/specification/kernel/kernel";

const homes: Space = {
  id: "homes",
  version: 1,
  name: "Homes",
  description: "Homes by size.",
  profile: "berth",
  features: ["size", "rooms"].map((name) => ({
    name,
    type: "number",
    aliases: [],
    categories: [],
    center: [3],
    scale: [2],
  })),
  kernel: gaussianKernel(0.5),
};

type Edit = (zip: JSZip) => void | Promise<void>;

/** The sample learnware's zip, changed and packed again. */
async function edited(edit: Edit): Promise<Uint8Array> {
  const zip = await JSZip.loadAsync(await packLearnware(samplePackage()));
  await edit(zip);
  return zip.generateAsync({ type: "uint8array", compression: "DEFLATE" });
}

async function editedManifest(change: (text: string) => string): Promise<Uint8Array> {
  return edited(async (zip) => {
    const text = await zip.file("learnware.yaml")!.async("string");
    zip.file("learnware.yaml", change(text));
  });
}

/** Overwrite the size that the directory at the end claims for the model. */
function claimModelSize(zip: Uint8Array, size: number): Uint8Array {
  const lying = zip.slice();
  const view = new DataView(lying.buffer);
  for (let at = 0; at + 46 < lying.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    const name = lying.subarray(at + 46, at + 46 + view.getUint16(at + 28, true));
    if (String.fromCharCode(...name) === "model.onnx") view.setUint32(at + 24, size, true);
  }
  return lying;
}

describe("packLearnware", () => {
  it("gives back what was packed", async () => {
    const given = samplePackage();
    const opened = await openLearnware(await packLearnware({ ...given, readme: "# Rent" }));
    expect(opened.manifest).toEqual(given.manifest);
    expect(opened.semantic).toEqual(given.semantic);
    expect(opened.stat).toBe(given.stat);
    expect([...opened.model]).toEqual([...given.model]);
  });

  it("gives equal bytes for equal content", async () => {
    const first = await packLearnware(samplePackage());
    const second = await packLearnware(samplePackage());
    expect(second).toEqual(first);
  });

  it("carries the space if there is one", async () => {
    const opened = await openLearnware(await packLearnware({ ...samplePackage(), space: homes }));
    expect(opened.space).toEqual(homes);
    expect(await openLearnware(await packLearnware(samplePackage()))).not.toHaveProperty("space");
  });

  it.each<[string, Space]>([
    ["another id", { ...homes, id: "flats" }],
    ["another version", { ...homes, version: 2 }],
    ["a feature missing", { ...homes, features: homes.features.slice(1) }],
    ["a kernel width of nothing", { ...homes, kernel: { kind: "gaussian", gamma: 0 } }],
    ["one name twice", { ...homes, features: [homes.features[0]!, ...homes.features] }],
    [
      "centres for columns that it does not have",
      { ...homes, features: homes.features.map((feature) => ({ ...feature, center: [3, 3] })) },
    ],
  ])("refuses to pack a space with %s", async (_, space) => {
    await expect(packLearnware({ ...samplePackage(), space })).rejects.toMatchObject({
      code: "bad_package",
      details: { member: "space.json" },
    });
  });

  it("refuses a manifest that it could not open again", async () => {
    const given = samplePackage();
    const manifest = { ...given.manifest, name: "" };
    await expect(packLearnware({ ...given, manifest })).rejects.toMatchObject({
      code: "bad_package",
    });
  });
});

describe("openLearnware", () => {
  it("accepts one top folder", async () => {
    const zip = await JSZip.loadAsync(await packLearnware(samplePackage()));
    const folded = new JSZip();
    for (const [name, file] of Object.entries(zip.files)) {
      folded.file(`rent/${name}`, await file.async("uint8array"));
    }
    const opened = await openLearnware(await folded.generateAsync({ type: "uint8array" }));
    expect(opened.manifest.name).toBe("Rent by size");
  });

  it.each<[string, Edit, string]>([
    ["no manifest", (zip) => void zip.remove("learnware.yaml"), "learnware.yaml is missing"],
    ["no model", (zip) => void zip.remove("model.onnx"), "model.onnx is missing"],
    ["no specification", (zip) => void zip.remove("stat.json"), "stat.json is missing"],
    ["a specification that is not JSON", (zip) => void zip.file("stat.json", "{"), "stat.json"],
    [
      "a semantic specification without keys",
      (zip) => void zip.file("semantic_specification.json", "{}"),
      "semantic_specification.json",
    ],
    ["a space that is not JSON", (zip) => void zip.file("space.json", "{"), "space.json"],
    ["a space that is none", (zip) => void zip.file("space.json", "{}"), "space.json"],
    [
      "a space of too many bytes",
      (zip) => void zip.file("space.json", seededBytes(1)(1_500_000)),
      "space.json has 1500000 bytes",
    ],
    ["YAML that is not YAML", (zip) => void zip.file("learnware.yaml", "a: [1"), "learnware.yaml"],
    [
      "a bomb of YAML aliases",
      (zip) => void zip.file("learnware.yaml", aliasBomb()),
      "learnware.yaml",
    ],
  ])("refuses %s and names it", async (_, edit, words) => {
    const refusal = expect(openLearnware(await edited(edit))).rejects;
    await refusal.toMatchObject({
      code: "bad_package",
      message: expect.stringContaining(words) as string,
    });
  });

  it("refuses a manifest that points out of the zip", async () => {
    const zip = await editedManifest((text) => text.replace("model.onnx", "../model.onnx"));
    await expect(openLearnware(zip)).rejects.toMatchObject({ code: "bad_package" });
  });

  it("names the key of a manifest that is wrong", async () => {
    const zip = await editedManifest((text) => text.replace("task: regression", "task: guessing"));
    await expect(openLearnware(zip)).rejects.toMatchObject({
      code: "bad_package",
      message: expect.stringContaining("model.task") as string,
    });
  });

  it.each(["../evil.txt", "/etc/evil", "a/../../evil", "C:/evil", "a\\..\\evil"])(
    "refuses the path %s",
    async (path) => {
      const zip = await edited((archive) => void archive.file(path, "x", { createFolders: false }));
      await expect(openLearnware(zip)).rejects.toMatchObject({ code: "bad_package" });
    },
  );

  it("refuses bytes that are not a zip", async () => {
    await expect(openLearnware(new Uint8Array(1000))).rejects.toMatchObject({
      code: "bad_package",
    });
  });

  it("refuses a zip that was cut off or damaged", async () => {
    const zip = await packLearnware(samplePackage());
    const damaged = zip.slice();
    damaged.fill(0xff, 60, 200);
    for (const bad of [zip.slice(0, zip.length / 2), damaged]) {
      await expect(openLearnware(bad)).rejects.toMatchObject({ code: "bad_package" });
    }
  });

  it("refuses a zip bomb by what comes out, whatever the zip claims", async () => {
    const zip = await edited((archive) => {
      archive.file("model.onnx", new Uint8Array(32 * 1024 * 1024));
    });
    expect(zip.length).toBeLessThan(100_000);
    for (const bomb of [zip, claimModelSize(zip, 10)]) {
      await expect(openLearnware(bomb)).rejects.toMatchObject({
        code: "package_too_large",
        details: { limit: zipLimits.ratio },
      });
    }
  });

  it("refuses a bomb in a file that it does not need", async () => {
    const zip = await edited((archive) => {
      archive.file("notes.txt", new Uint8Array(32 * 1024 * 1024));
    });
    await expect(openLearnware(zip)).rejects.toMatchObject({ code: "package_too_large" });
  });

  it("refuses an entry that is shorter than the zip claims", async () => {
    const zip = claimModelSize(await packLearnware(samplePackage()), 1_000_000);
    await expect(openLearnware(zip)).rejects.toMatchObject({ code: "bad_package" });
  });

  it("refuses too many files", async () => {
    const zip = await edited((archive) => {
      for (let i = 0; i <= zipLimits.entries; i++) archive.file(`f${i}`, "");
    });
    await expect(openLearnware(zip)).rejects.toMatchObject({ code: "package_too_large" });
  });

  it("refuses a zip of too many bytes before reading it", async () => {
    const zip = new Uint8Array(zipLimits.zipBytes + 1);
    await expect(openLearnware(zip)).rejects.toMatchObject({ code: "package_too_large" });
  });
});

/** Twenty lists, each of ten times the one before. */
function aliasBomb(): string {
  const lines = ["l0: &l0 [x]"];
  for (let i = 1; i < 20; i++) lines.push(`l${i}: &l${i} [${`*l${i - 1},`.repeat(10)}]`);
  return lines.join("\n");
}
