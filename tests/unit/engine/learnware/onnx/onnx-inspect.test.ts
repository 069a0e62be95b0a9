import { describe, expect, it } from "vitest";

import {
  encodeModel,
  type NewNode,
  Tag,
} from "../../../../../src/engine/learnware/onnx/onnx-codec";
import { inspectOnnx } from "../../../../../src/engine/learnware/onnx/onnx-inspect";
import { concatenate } from "../../../../../src/engine/ground/bytes";
import {
  encodeText,
  MessageWriter,
} from "../../../../../src/engine/learnware/onnx/protobuf-fields";
import { openModel } from "../../../../../src/runtime/models/ort-session";
import { zeroModel } from "../sample-package";
import { matrixInput } from "../../../../../src/engine/learnware/model-input";

const open = { element: "float32", shape: ["N", 2] } as const;

function node(operator: string, from: string, to: string, domain: NewNode["domain"] = ""): NewNode {
  return { operator, domain, inputs: [from], outputs: [to], attributes: {} };
}

function modelOf(...nodes: NewNode[]): Uint8Array<ArrayBuffer> {
  const outputs = [{ name: "Y", ...open }];
  return encodeModel({ name: "test", nodes, inputs: [{ name: "X", ...open }], outputs });
}

/** More fields for a model's graph, as a second part of it that readers must merge. */
function withGraphPart(bytes: Uint8Array, part: MessageWriter): Uint8Array {
  return concatenate([bytes, new MessageWriter().message(Tag.model.graph, part).finish()]);
}

describe("inspectOnnx", () => {
  it("says what a model takes, gives and is made of", () => {
    const inspected = inspectOnnx(zeroModel(2));
    expect(inspected.inputs).toEqual([{ name: "X", element: "float32", shape: [null, 2] }]);
    expect(inspected.outputs).toEqual([{ name: "values", element: "float32", shape: [null, 1] }]);
    expect(inspected.operators).toContain("ai.onnx.ml:LinearRegressor");
  });

  it.each([
    ["nothing", new Uint8Array(0)],
    ["text", encodeText("hello, world")],
    ["half a model", zeroModel(2).slice(0, 100)],
    ["ones", new Uint8Array(100).fill(255)],
  ])("refuses %s", (_, bytes) => {
    expect(() => inspectOnnx(bytes)).toThrow(
      expect.objectContaining({ code: "bad_model" }) as Error,
    );
  });

  it("never throws anything but its own refusals, whatever byte is changed", () => {
    const whole = zeroModel(2);
    for (let at = 0; at < whole.length; at++) {
      const changed = whole.slice();
      changed[at]! ^= 0x55;
      try {
        inspectOnnx(changed);
      } catch (error) {
        expect(error).toMatchObject({ name: "EngineError" });
      }
    }
  });

  it("names the operator that it does not know", () => {
    expect(() => inspectOnnx(modelOf(node("RandomNormalLike", "X", "Y")))).toThrow(
      expect.objectContaining({
        code: "unsupported_operator",
        details: { operator: "RandomNormalLike" },
      }) as Error,
    );
  });

  it("looks into nested graphs", () => {
    const hidden = new MessageWriter().message(
      Tag.graph.node,
      new MessageWriter().text(Tag.node.operator, "Evil").text(Tag.node.domain, "com.example"),
    );
    const attribute = new MessageWriter().message(Tag.attribute.graph, hidden);
    const outer = new MessageWriter()
      .text(Tag.node.operator, "If")
      .message(Tag.node.attribute, attribute);
    const part = new MessageWriter().message(Tag.graph.node, outer);
    expect(() => inspectOnnx(withGraphPart(zeroModel(2), part))).toThrow(
      expect.objectContaining({ details: { operator: "com.example:Evil" } }) as Error,
    );
  });

  it("refuses numbers kept outside the file", () => {
    const tensor = new MessageWriter()
      .text(Tag.tensor.name, "W")
      .integer(Tag.tensor.dataLocation, 1);
    const part = new MessageWriter().message(Tag.graph.initializer, tensor);
    expect(() => inspectOnnx(withGraphPart(zeroModel(2), part))).toThrow(
      expect.objectContaining({ code: "bad_model" }) as Error,
    );
  });

  it("takes a ZipMap off the end, and leaves a model that runs", async () => {
    const zipMap: NewNode = {
      ...node("ZipMap", "P", "Y", "ai.onnx.ml"),
      attributes: { classlabels_strings: { texts: ["no", "yes"] } },
    };
    const inspected = inspectOnnx(modelOf(node("Softmax", "X", "P"), zipMap));
    expect(inspected.labels).toEqual(["no", "yes"]);
    expect(inspected.operators).toEqual(["Softmax"]);
    expect(inspected.renamedOutputs.get("Y")).toBe("P");
    const model = await openModel(inspected.bytes, { output: "P" });
    const { data } = await model.predict([
      matrixInput("X", { data: new Float32Array(4), rows: 2, cols: 2 }),
    ]);
    expect([...data]).toEqual([0.5, 0.5, 0.5, 0.5]);
  });

  it("refuses a ZipMap in the middle", () => {
    const bytes = modelOf(node("ZipMap", "X", "M", "ai.onnx.ml"), node("Identity", "M", "Y"));
    expect(() => inspectOnnx(bytes)).toThrow(
      expect.objectContaining({ code: "unsupported_operator" }) as Error,
    );
  });

  it("opens a table of one row to any number of rows", async () => {
    const one = { element: "float32", shape: [1, 2] } as const;
    const bytes = encodeModel({
      name: "test",
      nodes: [node("Neg", "X", "Y")],
      inputs: [{ name: "X", ...one }],
      outputs: [{ name: "Y", ...one }],
    });
    const inspected = inspectOnnx(bytes);
    expect(inspected.inputs[0]?.shape).toEqual([null, 2]);
    const model = await openModel(inspected.bytes);
    const { data } = await model.predict([
      matrixInput("X", { data: Float32Array.of(1, 2, 3, 4), rows: 2, cols: 2 }),
    ]);
    expect([...data]).toEqual([-1, -2, -3, -4]);
  });
});
