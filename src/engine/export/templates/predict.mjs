// node predict.mjs TABLE.csv PREDICTIONS.csv
// Needs Node 20 or later and: npm install onnxruntime-web
// Beside it lie model.onnx and predict.json, which says how each column of the model's input is made:
// a number in a cell, a part of a date, whether a cell is a value, or a constant.
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as ort from "onnxruntime-web";

const beside = (name) => readFileSync(new URL(`./${name}`, import.meta.url));
const plan = JSON.parse(beside("predict.json"));
const { inputs, labels, target, encoding, delimiter, hasHeader, numbers: forms } = plan;
const cells = new Map(Object.entries(plan.cells));
const words = new Map(Object.entries(plan.words));
const missing = new Set(plan.missing);
const usual = new Set(plan.usual);

const BLOCK = 10_000;
const PLAIN = new RegExp(forms.plain, "i");
const ARTICLE = new RegExp(forms.article, "i");
const PERCENT = new RegExp(forms.percent);
const BRACKETS = new RegExp(forms.brackets);
const TRAILING_MINUS = new RegExp(forms.trailingMinus);
const BOUND = new RegExp(forms.bound);
const [SIGN_BEFORE, SIGN_AFTER] = forms.signs.map((source) => new RegExp(source));
const [NAME_BEFORE, NAME_AFTER] = forms.names.map((source) => new RegExp(source));
const CREDIT = new RegExp(forms.credit);
const TIMES_AFTER = new RegExp(forms.timesAfter, "i");

const key = (text) =>
  text
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, " ");
const isMissing = (text, { valueMark }) =>
  text === "" || missing.has(text) || (text !== valueMark && usual.has(text));

/** The number in a cell, as its column writes numbers. */
function number(text, style) {
  if (isMissing(text, style)) return NaN;
  const value = (style.isTruth ? words.get(text.toLowerCase()) : undefined) ?? parsed(text, style);
  return Number.isFinite(value) ? value : NaN;
}

function parsed(text, { decimal, unit, hasCurrency }) {
  if (text.length > forms.longest) return NaN;
  const bracketed = BRACKETS.exec(text);
  if (bracketed) {
    const value = parsed(bracketed[1], { decimal, unit, hasCurrency });
    return value >= 0 ? -value : NaN;
  }
  text = [...text].map((letter) => forms.written[letter] ?? letter).join("");
  let plain = text.replace(/^[−–]/, "-").replace(BOUND, "").replace(PERCENT, "");
  if (unit && plain.endsWith(unit)) plain = plain.slice(0, -unit.length).trimEnd();
  const amount = hasCurrency
    ? named(plain)
    : [plain.replace(SIGN_BEFORE, "$1").replace(SIGN_AFTER, ""), 1];
  const [rest, times] = amount;
  if (rest !== text && BRACKETS.test(rest)) return parsed(rest, { decimal });
  return signed(rest, decimal) * times;
}

/** An amount without its currency, and what it is to be multiplied by. */
function named(amount) {
  let text = amount.replace(NAME_BEFORE, "$1");
  const hadSign = text !== amount;
  text = text.replace(NAME_AFTER, "");
  const times = hadSign ? TIMES_AFTER.exec(text)?.[1]?.toLowerCase() : undefined;
  if (times !== undefined) text = text.replace(TIMES_AFTER, "");
  const sign = CREDIT.exec(text)?.[0].endsWith("CR") ? -1 : 1;
  return [text.replace(CREDIT, ""), sign * (forms.times[times] ?? 1)];
}

function signed(text, decimal) {
  const behind = TRAILING_MINUS.exec(text);
  if (behind) return -signed(behind[1], decimal);
  if (new RegExp(forms.grouped[decimal]).test(text)) {
    return Number(
      text.replace(decimal === "," ? /[^0-9,+-]/g : /[^0-9.+-]/g, "").replace(",", "."),
    );
  }
  if (new RegExp(forms.otherMark[decimal]).test(text)) return Number(text.replace(",", "."));
  const pointed = decimal === "." ? text : text.replace(/^([^.,]*),/, "$1.");
  return PLAIN.test(pointed) && !ARTICLE.test(pointed) ? Number(pointed) : NaN;
}

const { plain: dated = [], ordered = "$^", months = [], order } = plan.dates ?? {};
const PLAIN_DATES = dated.map(([parts, pattern]) => [parts, new RegExp(pattern, "iu")]);
const ORDERED_DATE = new RegExp(ordered, "iu");
const MONTHS = months.map((pattern) => new RegExp(pattern, "u"));

/** Milliseconds since 1970. */
function date(text, style, isMonthFirst) {
  if (isMissing(text, style)) return NaN;
  for (const [parts, pattern] of PLAIN_DATES) {
    const found = pattern.exec(text);
    if (!found) continue;
    const part = (name) => found[1 + parts.indexOf(name)];
    const name = parts.includes("n") ? part("n").toLowerCase() : null;
    const month = name === null ? part("m") : MONTHS.findIndex((one) => one.test(name)) + 1;
    const zone = /^([+-])(\d{2}):?(\d{2})$/.exec(found[9] ?? "");
    const ahead = zone ? Number(`${zone[1]}1`) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
    const date = parts.includes("d") ? part("d") : 1;
    return day(yearOf(part("y")), month, date) + clock(found.slice(4)) - ahead * 60_000;
  }
  const found = ORDERED_DATE.exec(text);
  if (!found) return NaN;
  const [, first, , second, year] = found;
  const [m, d] = isMonthFirst ? [first, second] : [second, first];
  return day(yearOf(year), m, d) + clock(found.slice(5));
}

/** Of two digits those from 70 on are of the last century. */
function yearOf(written) {
  return Number(written) + (written.length === 4 ? 0 : Number(written) < 70 ? 2000 : 1900);
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

/** Whether months come before days: where more second parts are too large for one, or as before. */
function comesMonthFirst(column) {
  if (order) return order === "month";
  let more = 0;
  for (const row of rows) {
    const [, first, , second] = ORDERED_DATE.exec((row[at.get(column)] ?? "").trim()) ?? [];
    more += (Number(second) > 12) - (Number(first) > 12);
  }
  return more === 0 ? cells.get(column).dateOrder === "month" : more > 0;
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
  const style = cells.get(input.column);
  if ("part" in input) return partOf(date(text, style, monthFirst.get(input.column)), input.part);
  if (Object.hasOwn(input.numbers ?? {}, key(text))) return input.numbers[key(text)] ?? NaN;
  const wanted = "is" in input ? [input.is] : input.among;
  if (!wanted) return number(text, style);
  return isMissing(text, style) ? NaN : Number(wanted.includes(key(text)));
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
