// node predict.mjs TABLE.csv PREDICTIONS.csv
// Needs Node 20 or later and: npm install onnxruntime-web
// Beside it lie model.onnx and predict.json, which says how each column of the model's input is made:
// a number in a cell, a part of a date, whether a cell is a value, or a constant.
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
  ".": /^[+-]?[1-9][0-9]{0,2}([,'’ \u00a0\u202f\u2009])[0-9]{3}(?:\1[0-9]{3})*(?:\.[0-9]*)?$/,
  ",": /^[+-]?[1-9][0-9]{0,2}([.'’ \u00a0\u202f\u2009])[0-9]{3}(?:\1[0-9]{3})*(?:,[0-9]*)?$/,
};
const NOT_OF_A_NUMBER = { ".": /[^0-9.+-]/g, ",": /[^0-9,+-]/g };

const key = (text) =>
  text
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, " ");
const isMissing = (text) => text === "" || missing.has(text.toLowerCase());

const withoutUnit = (text, unit) =>
  unit && text.endsWith(unit) ? text.slice(0, -unit.length).trim() : text;

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

const { plain: forms = [], ordered = "$^", months = [], order } = plan.dates ?? {};
const PLAIN_DATES = forms.map(([parts, pattern]) => [parts, new RegExp(pattern, "iu")]);
const ORDERED_DATE = new RegExp(ordered, "iu");
const MONTHS = months.map((pattern) => new RegExp(pattern, "u"));

/** Milliseconds since 1970. */
function date(text, isMonthFirst) {
  if (isMissing(text)) return NaN;
  for (const [parts, pattern] of PLAIN_DATES) {
    const found = pattern.exec(text);
    if (!found) continue;
    const part = (name) => found[1 + parts.indexOf(name)];
    const name = parts.includes("n") ? part("n").toLowerCase() : null;
    const month = name === null ? part("m") : MONTHS.findIndex((one) => one.test(name)) + 1;
    const zone = /^([+-])(\d{2}):?(\d{2})$/.exec(found[9] ?? "");
    const ahead = zone ? Number(`${zone[1]}1`) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
    return day(part("y"), month, part("d")) + clock(found.slice(4)) - ahead * 60_000;
  }
  const found = ORDERED_DATE.exec(text);
  if (!found) return NaN;
  const [, first, , second, year] = found;
  const whole = year.length === 4 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900);
  const [m, d] = isMonthFirst ? [first, second] : [second, first];
  return day(whole, m, d) + clock(found.slice(5));
}

function day(year, month, number) {
  const made = new Date(Date.UTC(2000, month - 1, number));
  made.setUTCFullYear(year, month - 1, number);
  return month >= 1 && month <= 12 && made.getUTCDate() === Number(number) ? made.getTime() : NaN;
}

function clock([hour = 0, minute = 0, second = 0, fraction = "0", half]) {
  if (Number(hour) > (half ? 12 : 24) || Number(minute) > 59 || Number(second) > 60) return NaN;
  const hours = half ? (hour % 12) + (/^p/i.test(half) ? 12 : 0) : Number(hour);
  return Math.round(
    ((hours * 60 + Number(minute)) * 60 + Number(second) + Number(`0.${fraction}`)) * 1000,
  );
}

function partOf(ms, part) {
  const at = new Date(ms);
  if (Number.isNaN(ms)) return NaN;
  if (part === "month") return at.getUTCMonth() + 1;
  if (part === "weekday") return at.getUTCDay();
  if (part === "hour") return at.getUTCHours() + at.getUTCMinutes() / 60;
  return at.getUTCFullYear() + at.getUTCMonth() / 12 + (at.getUTCDate() - 1) / 372;
}

/** Whether months come before days in a column: where more second parts are too large for one than first parts. */
function comesMonthFirst(column) {
  if (order) return order === "month";
  let more = 0;
  for (const row of rows) {
    const [, first, , second] = ORDERED_DATE.exec((row[at.get(column)] ?? "").trim()) ?? [];
    more += (Number(second) > 12) - (Number(first) > 12);
  }
  return more > 0;
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

const monthFirst = new Map(
  inputs.filter(({ part }) => part).map(({ column }) => [column, comesMonthFirst(column)]),
);

function cell(row, input) {
  if ("fill" in input) return input.fill;
  const text = (row[at.get(input.column)] ?? "").trim();
  if ("part" in input) return partOf(date(text, monthFirst.get(input.column)), input.part);
  if (Object.hasOwn(input.numbers ?? {}, key(text))) return input.numbers[key(text)] ?? NaN;
  const wanted = "is" in input ? [input.is] : input.among;
  if (!wanted) return number(withoutUnit(text, input.unit));
  return isMissing(text) ? NaN : Number(wanted.includes(key(text)));
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
