/** @file The guide's snippets: what this machine's Python has is run, of the others the syntax is checked. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { readForeign } from "../../../src/engine/pack/foreign-model";

const PYTHON = process.env["BERTH_PYTHON"] ?? "python3";
const folder = mkdtempSync(join(tmpdir(), "berth-converting-"));
const guide = readFileSync(new URL("../../../docs/converting.md", import.meta.url), "utf8");
/** Each section's snippet. */
const snippets = new Map(
  guide.split(/^## /m).flatMap((section): [string, string][] => {
    const code = /^```python\n([\s\S]*?)^```$/m.exec(section)?.[1];
    return code === undefined ? [] : [[section.slice(0, section.indexOf("\n")), code]];
  }),
);

const ROWS = `
import numpy as np
rng = np.random.default_rng(0)
X = rng.normal(size=(200, 3)).astype(np.float32)
y = (X[:, 0] > X[:, 1]).astype(int)
`;

/** What each needs, and how its export is called. */
const runs: Readonly<Record<string, { readonly needs: string; readonly call: string }>> = {
  "scikit-learn": {
    needs: "sklearn, skl2onnx, pandas",
    call: `
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder
frame = pd.DataFrame({"a": X[:, 0], "side": np.where(X[:, 1] > 0, "left", "right")})
columns = make_column_transformer((OneHotEncoder(), ["side"]), remainder="passthrough")
export(make_pipeline(columns, LogisticRegression()).fit(frame, y), frame, PATH)`,
  },
  LightGBM: {
    needs: "lightgbm, onnxmltools",
    call: `from lightgbm import LGBMClassifier\nexport(LGBMClassifier().fit(X, y), 3, PATH)`,
  },
  XGBoost: {
    needs: "xgboost, onnxmltools",
    call: `from xgboost import XGBClassifier\nexport(XGBClassifier().fit(X, y), 3, PATH)`,
  },
  CatBoost: {
    needs: "catboost",
    call: `from catboost import CatBoostClassifier\nexport(CatBoostClassifier(iterations=9).fit(X, y), PATH)`,
  },
  PyTorch: {
    needs: "torch, onnx",
    call: `export(torch.nn.Sequential(torch.nn.Linear(3, 8), torch.nn.ReLU(), torch.nn.Linear(8, 2)), 3, PATH)`,
  },
  Keras: {
    needs: "keras, onnx",
    call: `import keras\nmodel = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, "softmax")])\nexport(model, PATH)`,
  },
};

const python = (...args: readonly string[]) => spawnSync(PYTHON, args, { encoding: "utf8" });
const hasPython = python("--version").status === 0;

test("every converter of the guide has a snippet, and each snippet a run", () => {
  expect([...snippets.keys()]).toEqual(Object.keys(runs));
});

describe.skipIf(!hasPython)("the guide's Python", () => {
  test.each([...snippets])("for %s is Python", (name, code) => {
    const file = join(folder, `${name}.py`);
    writeFileSync(file, code);
    const { status, stderr } = python("-m", "py_compile", file);
    expect([status, stderr]).toEqual([0, ""]);
  });

  for (const [name, { needs, call }] of Object.entries(runs)) {
    test.skipIf(python("-c", `import ${needs}`).status !== 0)(
      `for ${name} writes a model that can be packed`,
      () => {
        const path = join(folder, `${name}.onnx`);
        const file = join(folder, `${name}-run.py`);
        const lines = [snippets.get(name)!, ROWS, `PATH = ${JSON.stringify(path)}`, call];
        writeFileSync(file, lines.join("\n"));
        const { status, stderr } = python(file);
        expect([status, status === 0 ? "" : stderr]).toEqual([0, ""]);
        const { inputs, outputs } = readForeign(new Uint8Array(readFileSync(path)));
        expect(inputs.length).toBeGreaterThan(0);
        expect(outputs.length).toBeGreaterThan(0);
      },
      120_000,
    );
  }
});
