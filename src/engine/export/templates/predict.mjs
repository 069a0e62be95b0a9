// node predict.mjs TABLE.csv PREDICTIONS.csv
// Needs Node 20 or later and: npm install onnxruntime-web
// Beside it lie model.onnx and predict.json, which says how each column of the model's input is made:
// a number in a cell, whether a cell is a value, or a constant.
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as ort from "onnxruntime-web";

const beside = (name) => readFileSync(new URL(`./${name}`, import.meta.url));
const plan = JSON.parse(beside("predict.json"));
const { inputs, labels, target, encoding, delimiter, decimal, hasHeader } = plan;
const words = new Map(Object.entries(plan.words));
const missing = new Set(plan.missing);

const BLOCK = 10_000;
const PLAIN = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const CURRENCY = /^([+-]?)\s?(?:US\$|[$€£¥₹₩\uffe5])\s?|\s?[$€£¥₹₩\uffe5元%]$/g;
const GROUPED = {
  ".": /^[+-]?[0-9]{1,3}([,'’ \u00a0\u202f\u2009])[0-9]{3}(?:\1[0-9]{3})*(?:\.[0-9]*)?$/,
  ",": /^[+-]?[0-9]{1,3}([.'’ \u00a0\u202f\u2009])[0-9]{3}(?:\1[0-9]{3})*(?:,[0-9]*)?$/,
};
const NOT_OF_A_NUMBER = { ".": /[^0-9.+-]/g, ",": /[^0-9,+-]/g };

const key = (text) =>
  text
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, " ");
const isMissing = (text) => text === "" || missing.has(text.toLowerCase());

function number(text) {
  if (isMissing(text)) return NaN;
  const word = words.get(text.toLowerCase());
  if (word !== undefined) return word;
  const bracketed = /^\((.*[0-9].*)\)$/.exec(text);
  if (bracketed) return -number(bracketed[1]);
  const plain = text.replace("−", "-").replace(CURRENCY, "$1");
  const digits = GROUPED[decimal].test(plain) ? plain.replace(NOT_OF_A_NUMBER[decimal], "") : plain;
  const pointed = decimal === "," ? digits.replace(",", ".") : digits;
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
    else if (!quoted && c === delimiter) row.push("");
    else if (!quoted && c === "\n") rows.push([""]);
    else if (quoted || c !== "\r") row[row.length - 1] += c;
  }
  return rows.filter((row) => row.length > 1 || row[0] !== "");
}

const [table, out] = process.argv.slice(2);
const bytes = readFileSync(table);
const plain = bytes[0] === 31 && bytes[1] === 139 ? gunzipSync(bytes) : bytes;
// As a stream, because Node 20 takes windows-1252 for latin1 otherwise.
const text = new TextDecoder(encoding).decode(plain, { stream: true });
const rows = read(text.replace(/^\ufeff/, ""));
const header = hasHeader ? rows.shift() : rows[0].map(() => "");
const at = new Map();
header.forEach((name, j) => {
  const wanted = name.trim().replace(/\s+/g, " ") || `column ${j + 1}`;
  let unused = wanted;
  for (let n = 2; at.has(unused); n++) unused = `${wanted} (${n})`;
  at.set(unused, j);
});
const lacking = inputs.find((input) => "column" in input && !at.has(input.column));
if (lacking) {
  console.error(`${table} has no column "${lacking.column}"`);
  process.exit(1);
}

function cell(row, input) {
  if ("fill" in input) return input.fill;
  const text = (row[at.get(input.column)] ?? "").trim();
  if (!("is" in input)) return number(text);
  return isMissing(text) ? NaN : Number(key(text) === input.is);
}

const session = await ort.InferenceSession.create(beside("model.onnx"));
const lines = [[`predicted_${target}`, ...labels.map((label) => `probability_${label}`)]];
for (let from = 0; from < rows.length; from += BLOCK) {
  const block = rows.slice(from, from + BLOCK);
  const data = Float32Array.from(block.flatMap((row) => inputs.map((input) => cell(row, input))));
  const X = new ort.Tensor("float32", data, [block.length, inputs.length]);
  const answer = await session.run({ X });
  block.forEach((_, i) => {
    if (labels.length === 0) return lines.push([answer.values.data[i]]);
    const shares = answer.probabilities.data.slice(i * labels.length, (i + 1) * labels.length);
    return lines.push([labels[Number(answer.label.data[i])], ...shares]);
  });
}
const quote = (value) =>
  /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : value;
writeFileSync(out, lines.map((line) => line.map(quote).join(",") + "\n").join(""));
