/** @file Scripts that run an exported model on a table with onnxruntime, without Berth. */

import { FALSE_WORDS, TRUE_WORDS } from "../../kinds/table/columns/detect-type";
import { MISSING_SPELLINGS } from "../../kinds/table/columns/missing";
import type { TableDialect } from "../../kinds/table/columns/profile";
import type { ScriptInput } from "./script-inputs";

export interface ScriptPlan {
  readonly inputs: readonly ScriptInput[];
  readonly target: string;
  /** Empty for numbers. */
  readonly labels: readonly string[];
  readonly dialect: TableDialect;
}

const WORDS = Object.fromEntries([
  ...[...TRUE_WORDS].map((word) => [word, 1]),
  ...[...FALSE_WORDS].map((word) => [word, 0]),
]) as Readonly<Record<string, number>>;

/** As `parseNumber` has them; the same in both languages. */
const PLAIN = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;
const CURRENCY = String.raw`^([+-]?)\s?(?:US\$|[$€£¥₹₩￥])\s?|\s?[$€£¥₹₩￥元%]$`;
const GROUPED = {
  ".": String.raw`^[+-]?\d{1,3}([,'’ \u00a0\u202f\u2009])\d{3}(?:\1\d{3})*(?:\.\d*)?$`,
  ",": String.raw`^[+-]?\d{1,3}([.'’ \u00a0\u202f\u2009])\d{3}(?:\1\d{3})*(?:,\d*)?$`,
};

/** `node predict.mjs TABLE.csv PREDICTIONS.csv`: predictions only, a line for each row. */
export function javascriptScript({ inputs, target, labels, dialect }: ScriptPlan): string {
  return `// node predict.mjs TABLE.csv PREDICTIONS.csv
// Needs Node 20 and: npm install onnxruntime-node
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as ort from "onnxruntime-node";

// How each column of the model's input is made: a number in a cell, whether a cell is a value, or a constant.
const INPUTS = ${json(inputs)};
const LABELS = ${json(labels)};
const TARGET = ${json(target)};
const ENCODING = ${json(dialect.encoding)};
const DELIMITER = ${json(dialect.delimiter)};
const DECIMAL = ${json(dialect.decimal)};
const HAS_HEADER = ${json(dialect.hasHeader)};
const WORDS = new Map(Object.entries(${json(WORDS)}));
const MISSING = new Set(${json(MISSING_SPELLINGS)});
const PLAIN = /^${PLAIN}$/;
const CURRENCY = /${CURRENCY}/g;
const GROUPED = /${GROUPED[dialect.decimal]}/;
const BLOCK = 10_000;

const key = (text) => text.normalize("NFKC").trim().toLowerCase().replace(/[\\s_-]+/g, " ");
const isMissing = (text) => text === "" || MISSING.has(text.toLowerCase());

function number(text) {
  if (isMissing(text)) return NaN;
  const word = WORDS.get(text.toLowerCase());
  if (word !== undefined) return word;
  const bracketed = /^\\((.*\\d.*)\\)$/.exec(text);
  if (bracketed) return -number(bracketed[1]);
  const plain = text.replace("−", "-").replace(CURRENCY, "$1");
  const digits = GROUPED.test(plain) ? plain.replace(DECIMAL === "," ? /[^\\d,+-]/g : /[^\\d.+-]/g, "") : plain;
  const pointed = DECIMAL === "," ? digits.replace(",", ".") : digits;
  return PLAIN.test(pointed) ? Number(pointed) : NaN;
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
const bytes = readFileSync(table);
const plain = bytes[0] === 31 && bytes[1] === 139 ? gunzipSync(bytes) : bytes;
// As a stream, because Node 20 takes windows-1252 for latin1 otherwise.
const text = new TextDecoder(ENCODING).decode(plain, { stream: true });
const rows = read(text.replace(/^\\ufeff/, ""));
const header = HAS_HEADER ? rows.shift() : rows[0].map(() => "");
const at = new Map();
header.forEach((name, j) => {
  const wanted = name.trim().replace(/\\s+/g, " ") || \`column \${j + 1}\`;
  let unused = wanted;
  for (let n = 2; at.has(unused); n++) unused = \`\${wanted} (\${n})\`;
  at.set(unused, j);
});
const lacking = INPUTS.find((input) => "column" in input && !at.has(input.column));
if (lacking) throw new Error(\`\${table} has no column "\${lacking.column}"\`);

function cell(row, input) {
  if ("fill" in input) return input.fill;
  const text = (row[at.get(input.column)] ?? "").trim();
  if (!("is" in input)) return number(text);
  return isMissing(text) ? NaN : Number(key(text) === input.is);
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
export function pythonScript({ inputs, target, labels, dialect }: ScriptPlan): string {
  return `# python predict.py TABLE.csv PREDICTIONS.csv
# Needs: pip install numpy onnxruntime
import csv
import gzip
import io
import json
import re
import sys
import unicodedata
from pathlib import Path

import numpy as np
import onnxruntime as ort

# How each column of the model's input is made: a number in a cell, whether a cell is a value, or a constant.
INPUTS = json.loads(${json(json(inputs))})
LABELS = json.loads(${json(json(labels))})
TARGET = ${json(target)}
ENCODING = ${json(dialect.encoding)}
DELIMITER = ${json(dialect.delimiter)}
DECIMAL = ${json(dialect.decimal)}
HAS_HEADER = ${dialect.hasHeader ? "True" : "False"}
WORDS = json.loads(${json(json(WORDS))})
MISSING = set(json.loads(${json(json(MISSING_SPELLINGS))}))
PLAIN = re.compile(r"${PLAIN}")
CURRENCY = re.compile(r"${CURRENCY}")
GROUPED = re.compile(r"${GROUPED[dialect.decimal]}")
BLOCK = 10_000


def key(text):
    return re.sub(r"[\\s_-]+", " ", unicodedata.normalize("NFKC", text).strip().lower())


def is_missing(text):
    return text == "" or text.lower() in MISSING


def number(text):
    if is_missing(text):
        return float("nan")
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    bracketed = re.fullmatch(r"\\((.*\\d.*)\\)", text)
    if bracketed:
        return -number(bracketed.group(1))
    plain = CURRENCY.sub(lambda found: found.group(1) or "", text.replace("\u2212", "-", 1))
    if GROUPED.match(plain):
        plain = re.sub(r"[^\\d,+-]" if DECIMAL == "," else r"[^\\d.+-]", "", plain)
    pointed = plain.replace(",", ".", 1) if DECIMAL == "," else plain
    return float(pointed) if PLAIN.fullmatch(pointed) else float("nan")


def cell(row, entry):
    if "fill" in entry:
        return entry["fill"]
    j = AT[entry["column"]]
    text = row[j].strip() if j < len(row) else ""
    if "is" not in entry:
        return number(text)
    return float("nan") if is_missing(text) else float(key(text) == entry["is"])


data = Path(sys.argv[1]).read_bytes()
text = (gzip.decompress(data) if data[:2] == b"\\x1f\\x8b" else data).decode(ENCODING)
rows = [row for row in csv.reader(io.StringIO(text.removeprefix("\\ufeff")), delimiter=DELIMITER) if row]
header = rows.pop(0) if HAS_HEADER else ["" for _ in rows[0]]
AT = {}
for j, name in enumerate(header):
    wanted = re.sub(r"\\s+", " ", name.strip()) or f"column {j + 1}"
    unused, n = wanted, 2
    while unused in AT:
        unused, n = f"{wanted} ({n})", n + 1
    AT[unused] = j
for entry in INPUTS:
    if "column" in entry and entry["column"] not in AT:
        sys.exit(f'{sys.argv[1]} has no column "{entry["column"]}"')

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
