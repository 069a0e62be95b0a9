import { describe, expect, it, test } from "vitest";

import { Manifest } from "../../../../src/engine/learnware/manifest";
import { openLearnware, packLearnware } from "../../../../src/engine/learnware/package";
import { runnableModel } from "../../../../src/engine/learnware/runnable-model";
import { specificationEntry } from "../../../../src/engine/learnware/specification-entry";
import { samplePackage } from "./sample-package";

const { manifest: sample } = samplePackage();

const image = {
  ...{ type: "image", name: "pixels", channels: 3, height: 32, width: 32, layout: "NCHW" },
  ...{ range: [0, 1], mean: [0.5, 0.5, 0.5], std: [0.2, 0.2, 0.2] },
};
const embedder = { id: "text.english", version: 1, sha256: "0".repeat(64) };
const scores = { type: "scores", name: "scores", labels: ["no", "yes"] };

/** The sample with another kind, input and output. */
function changed(kind: string, input: object, output: object = sample.model.output) {
  const task = ["scores", "labels"].includes((output as { type: string }).type)
    ? "classification"
    : "regression";
  return { ...sample, kind, model: { ...sample.model, task, input, output } };
}

describe("forms of models", () => {
  test.each<[string, unknown]>([
    ["pictures to labels", changed("image", image, { ...scores, type: "labels" })],
    ["texts to labels", changed("text", { type: "text", name: "t", form: "strings" }, { ...scores, type: "labels" })],
    ["an embedding to a vector", changed("text", { type: "embedding", name: "x", embedder, dimension: 64 }, { type: "vector", name: "y", length: 8 })],
    ["features to several numbers", changed("table", sample.model.input, { type: "numbers", name: "y", names: ["rent", "size"] })],
  ])("%s are understood and kept, and refused where they would be run", (_, content) => {
    const manifest = Manifest.parse(content);
    expect(manifest).toEqual(content);
    expect(() => runnableModel(manifest)).toThrow(
      expect.objectContaining({ code: "unsupported_kind" }),
    );
  }); // prettier-ignore

  test.each<[string, unknown]>([
    ["a mean for each channel", changed("image", { ...image, mean: [0.5] }, scores)],
    ["a std above zero", changed("image", { ...image, std: [0, 1, 1] }, scores)],
    ["strings for texts", changed("text", { type: "text", name: "t", form: "bytes" }, scores)],
    ["labels for scores", changed("table", sample.model.input, { ...scores, labels: [] })],
    ["an output that suits the task", { ...sample, model: { ...sample.model, output: scores } }],
    ["no keys of another form", changed("image", { ...image, features: ["a"] }, scores)],
  ])("need %s", (_, content) => {
    expect(Manifest.safeParse(content).success).toBe(false);
  });

  it("of one number or of scores run", () => {
    expect(runnableModel(sample)).toMatchObject({ features: ["size", "rooms"], labels: [] });
    const classes = Manifest.parse(changed("table", sample.model.input, scores));
    expect(runnableModel(classes)).toMatchObject({ labels: ["no", "yes"], output: "scores" });
    const ofImages = runnableModel(Manifest.parse(changed("image", image, scores)));
    expect(ofImages).toMatchObject({ features: [], form: image, input: "pixels" });
  });
});

describe("statistical specifications", () => {
  const entry = (class_name: string, file_name: string) => ({
    ...{ module_path: "learnware.specification", class_name, file_name, kwargs: {} },
  });

  it("are found by their class, wherever they stand", async () => {
    const given = samplePackage();
    const entries = [
      entry("HeteroMapTableSpecification", "hetero.json"),
      entry("RKMETableSpecification", "rkme.json"),
    ];
    const manifest = { ...given.manifest, stat_specifications: entries };
    expect(specificationEntry(manifest).file_name).toBe("rkme.json");
    const opened = await openLearnware(await packLearnware({ ...given, manifest }));
    expect(opened.stat).toBe(given.stat);
  });

  it("of the package's texts and pictures stand beside the one that data are compared with", () => {
    for (const other of ["RKMEImageSpecification", "RKMETextSpecification"]) {
      const entries = [entry(other, "a.json"), entry("RKMETableSpecification", "b.json")];
      expect(specificationEntry({ stat_specifications: entries }).file_name).toBe("b.json");
    }
  });

  it("of no class that data can be compared with are refused, in words", async () => {
    const given = samplePackage();
    const entries = [entry("RKMETextSpecification", "stat.json")];
    const manifest = { ...given.manifest, stat_specifications: entries };
    await expect(packLearnware({ ...given, manifest })).rejects.toMatchObject({
      code: "bad_specification",
      message: expect.stringMatching(/embedding .* that Berth does not have: describe/) as string,
    });
  });

  it("get the defaults of the Python package where keys are absent", () => {
    const bare = { stat_specifications: undefined, semantic_specification: undefined };
    expect(Manifest.parse({ ...sample, ...bare })).toMatchObject({
      stat_specifications: [entry("RKMETableSpecification", "stat_spec.json")],
      semantic_specification: { file_name: "semantic_specification.json" },
    });
  });
});
