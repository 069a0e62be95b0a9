/** @file Scripts that run an exported model on a table with onnxruntime, without Berth. */

import type { ScriptInput } from "./script-inputs";

export interface ScriptPlan {
  readonly inputs: readonly ScriptInput[];
  readonly target: string;
  /** Empty for numbers. */
  readonly labels: readonly string[];
  readonly delimiter: string;
  readonly decimal: string;
}

/** `node predict.mjs TABLE.csv PREDICTIONS.csv`: predictions only, a line for each row. */
export function javascriptScript(plan: ScriptPlan): string {
  return `// node predict.mjs TABLE.csv PREDICTIONS.csv
// Needs Node 20 and: npm install onnxruntime-node
import { readFileSync, writeFileSync } from "node:fs";
import * as ort from "onnxruntime-node";

// How each column of the model's input is made: a number in a cell, whether a cell is a value, or a constant.
const INPUTS = ${json(plan.inputs)};
const LABELS = ${json(plan.labels)};
const TARGET = ${json(plan.target)};
const DELIMITER = ${json(plan.delimiter)};
const DECIMAL = ${json(plan.decimal)};
const WORDS = new Map([["true", 1], ["yes", 1], ["y", 1], ["t", 1], ["false", 0], ["no", 0], ["n", 0], ["f", 0]]);
const BLOCK = 10_000;

const key = (text) => text.normalize("NFKC").trim().toLowerCase().replace(/[\\s_-]+/g, " ");

function number(text) {
  const plain = text.trim();
  const word = WORDS.get(plain.toLowerCase());
  if (word !== undefined) return word;
  return plain === "" ? NaN : Number(DECIMAL === "," ? plain.replace(",", ".") : plain);
}

function read(text) {
  const rows = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    const row = rows.at(-1);
    if (quoted && c === '"' && text[i + 1] === '"') row[row.length - 1] += text[++i];
    else if (c === '"') quoted = !quoted;
    else if (!quoted && c === DELIMITER) row.push("");
    else if (!quoted && c === "\\n") rows.push([""]);
    else if (quoted || c !== "\\r") row[row.length - 1] += c;
  }
  return rows.filter((row) => row.length > 1 || row[0] !== "");
}

const [table, out] = process.argv.slice(2);
const [names, ...rows] = read(readFileSync(table, "utf8").replace(/^\\ufeff/, ""));
const at = new Map(names.map((name, j) => [name.trim().replace(/\\s+/g, " "), j]));

function cell(row, input) {
  if ("fill" in input) return input.fill;
  const text = row[at.get(input.column)] ?? "";
  if (!("is" in input)) return number(text);
  return text.trim() === "" ? NaN : Number(key(text) === input.is);
}

const model = new URL("./model.onnx", import.meta.url);
const session = await ort.InferenceSession.create(readFileSync(model));
const isClass = LABELS.length > 0;
const lines = [[\`predicted_\${TARGET}\`, ...LABELS.map((label) => \`probability_\${label}\`)]];
for (let from = 0; from < rows.length; from += BLOCK) {
  const block = rows.slice(from, from + BLOCK);
  const data = Float32Array.from(block.flatMap((row) => INPUTS.map((input) => cell(row, input))));
  const X = new ort.Tensor("float32", data, [block.length, INPUTS.length]);
  const answer = await session.run({ X });
  block.forEach((_, i) => {
    if (!isClass) return lines.push([answer.values.data[i]]);
    const shares = answer.probabilities.data.slice(i * LABELS.length, (i + 1) * LABELS.length);
    return lines.push([LABELS[Number(answer.label.data[i])], ...shares]);
  });
}
const quote = (value) => (/[",\\n]/.test(String(value)) ? \`"\${String(value).replaceAll('"', '""')}"\` : value);
writeFileSync(out, lines.map((line) => line.map(quote).join(",") + "\\n").join(""));
`;
}

/** `python predict.py TABLE.csv PREDICTIONS.csv`: the same. */
export function pythonScript(plan: ScriptPlan): string {
  return `# python predict.py TABLE.csv PREDICTIONS.csv
# Needs: pip install numpy onnxruntime
import csv
import json
import re
import sys
import unicodedata
from pathlib import Path

import numpy as np
import onnxruntime as ort

# How each column of the model's input is made: a number in a cell, whether a cell is a value, or a constant.
INPUTS = json.loads(${json(json(plan.inputs))})
LABELS = json.loads(${json(json(plan.labels))})
TARGET = ${json(plan.target)}
DELIMITER = ${json(plan.delimiter)}
DECIMAL = ${json(plan.decimal)}
WORDS = {"true": 1, "yes": 1, "y": 1, "t": 1, "false": 0, "no": 0, "n": 0, "f": 0}
BLOCK = 10_000


def key(text):
    return re.sub(r"[\\s_-]+", " ", unicodedata.normalize("NFKC", text).strip().lower())


def number(text):
    plain = text.strip()
    if plain.lower() in WORDS:
        return WORDS[plain.lower()]
    try:
        return float(plain.replace(",", ".") if DECIMAL == "," else plain)
    except ValueError:
        return float("nan")


def cell(row, entry):
    if "fill" in entry:
        return entry["fill"]
    text = row.get(entry["column"]) or ""
    if "is" not in entry:
        return number(text)
    return float("nan") if text.strip() == "" else float(key(text) == entry["is"])


with open(sys.argv[1], newline="", encoding="utf-8-sig") as file:
    lines = csv.reader(file, delimiter=DELIMITER)
    names = [re.sub(r"\\s+", " ", name.strip()) for name in next(lines)]
    rows = [dict(zip(names, line)) for line in lines if line]

session = ort.InferenceSession(str(Path(__file__).with_name("model.onnx")))
with open(sys.argv[2], "w", newline="", encoding="utf-8") as file:
    out = csv.writer(file, lineterminator="\\n")
    out.writerow([f"predicted_{TARGET}", *(f"probability_{label}" for label in LABELS)])
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        x = np.array([[cell(row, entry) for entry in INPUTS] for row in block], dtype=np.float32)
        if not LABELS:
            for value in session.run(["values"], {"X": x})[0]:
                out.writerow([float(value[0])])
            continue
        best, shares = session.run(["label", "probabilities"], {"X": x})
        for code, row in zip(best, shares):
            out.writerow([LABELS[int(code)], *(float(share) for share in row)])
`;
}

/** Good JavaScript and, as a text, good Python. */
function json(value: unknown): string {
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (c) =>
    c === "\u2028" ? "\\u2028" : "\\u2029",
  );
}
