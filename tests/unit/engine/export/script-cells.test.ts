import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { GraphBuilder } from "../../../../src/engine/export/graph/graph-builder";
import type { ScriptInput } from "../../../../src/engine/export/templates/script-inputs";
import { scriptPlan } from "../../../../src/engine/export/templates/scripts";
import { finish } from "../../../../src/engine/ground/finish";
import { openAnyTable } from "../../../../src/engine/kinds/table/read/every-format";
import type { ReadOptions } from "../../../../src/engine/kinds/table/read/reader";
import { sourceOfBytes } from "../../../../src/engine/kinds/table/read/source";
import { encodeModel } from "../../../../src/engine/learnware/onnx/onnx-codec";
import { byteTools } from "../../../../src/runtime/byte-tools";
import { SCRIPTS } from "../../../../src/cli/predict/export-way";
import { findPython } from "../../../find-python";
import { installRuntime } from "../../../native-runtime";

const python = findPython();
const programs = [
  [process.execPath, "predict.mjs"],
  ...(python ? [[python, "predict.py"] as const] : []),
] as const;

const folder = mkdtempSync(join(tmpdir(), "berth-cells-"));
installRuntime(folder);
for (const [name, text] of Object.entries(SCRIPTS)) writeFileSync(join(folder, name), text);
/** A model that says what it is given. */
const builder = new GraphBuilder();
builder.node("Identity", ["X"], {}, "values");
const one = { element: "float32", shape: ["N", 1] } as const;
writeFileSync(
  join(folder, "model.onnx"),
  encodeModel({
    ...{ name: "echo", nodes: builder.nodes, tensors: [] },
    ...{ inputs: [{ name: "X", ...one }], outputs: [{ name: "values", ...one }] },
  }),
);

const csv = (cells: readonly string[]) =>
  `x|n\n${cells.map((cell, i) => `${cell}|${i}`).join("\n")}\n`;

async function read(cells: readonly string[], options: ReadOptions = {}) {
  const source = sourceOfBytes(new TextEncoder().encode(csv(cells)), byteTools);
  return (await finish(openAnyTable(source, "t.csv", { delimiter: "|", ...options }))).read;
}

/** What each program makes of the cells, by the plan of a table that was read; NaN where it finds nothing. */
async function echoed(
  input: ScriptInput,
  cells: readonly string[],
  trained: Awaited<ReturnType<typeof read>>,
): Promise<readonly (readonly number[])[]> {
  const { dialect, columns } = trained.profile;
  const plan = scriptPlan({ inputs: [input], target: "x", labels: [], dialect, columns });
  writeFileSync(join(folder, "predict.json"), plan);
  writeFileSync(join(folder, "cells.csv"), csv(cells));
  return programs.map(([program, script]) => {
    execFileSync(program, [join(folder, script), join(folder, "cells.csv"), join(folder, "o.csv")]);
    const lines = readFileSync(join(folder, "o.csv"), "utf8").trimEnd().split("\n").slice(1);
    return lines.map((line) => (line.toLowerCase() === "nan" ? NaN : Number(line)));
  });
}

const PLAIN = [
  ...[
    "12",
    "-3",
    "+4.5",
    ".5",
    "7.",
    "1e3",
    "2.5E-2",
    "−6",
    "1,234",
    "12,345,678.9",
    "1'234",
    "1 234",
  ],
  ...[
    "<3.0",
    "< 3",
    ">=5",
    "≤ 6.5",
    "≈12",
    "~7",
    "12.5-",
    "120 -",
    "(5)",
    "(5.5)",
    "(5.00) €",
    "€ 4",
    "$1.20",
  ],
  ...["-$5", "$-5", "US$7", "R$ 2.50", "5 %", "7.5%", "100元", "1,23,456", "0,5", "3,14"],
  ...[
    "12-",
    "101E1",
    "1_000",
    "inf",
    "∞",
    "1e999",
    "abc",
    "NA",
    "n/a",
    "null",
    "?",
    "",
    "-",
    "٣",
    "yes",
    "on",
  ],
];
const COMMA = [
  ...[
    "12",
    "1,5",
    "-0,25",
    "<3,0",
    "≈12",
    "1.234",
    "1.234,5",
    "12.345.678",
    "0.5",
    "3.14",
    "12,5-",
    "1,5e2",
  ],
  ...["(5,00) €", "4,20 €", "€ 3,10", "7,5 %", "abc", "none", ",5", "5,"],
];
const AMOUNTS = [
  ...[
    "EUR 12.50",
    "EUR12",
    "12 USD",
    "Rs. 500",
    "kr 99",
    "CHF -3",
    "$1.2k",
    "$3m",
    "€ 2bn",
    "£5.50",
    "(EUR 5.00)",
  ],
  ...["12.50 CR", "EUR 8.00 DR", "EUR 1,200.00", "5", "7.5", "RM101", "lots", "NA", "", "EUR 0.5"],
];
const KILOS = [
  "12 kg",
  "45kg",
  "~12 kg",
  "<5 kg",
  "-3 kg",
  "1,200 kg",
  "(4) kg",
  "7",
  "8.5",
  "kg",
  "9 lb",
  "",
];

/** Others of the column, so that how it is written can be told. */
const more = (written: (i: number) => string) => Array.from({ length: 100 }, (_, i) => written(i));

async function expectSame(
  input: ScriptInput,
  cells: readonly string[],
  trained: Awaited<ReturnType<typeof read>>,
  expected: ArrayLike<number>,
): Promise<void> {
  for (const found of await echoed(input, cells, trained)) {
    cells.forEach((cell, i) => expect(found[i], cell).toBe(Math.fround(expected[i]!)));
  }
}

test.each<[string, readonly string[], ReadOptions]>([
  ["with a decimal point", [...PLAIN, ...more(String)], { decimal: "." }],
  ["with a decimal comma", [...COMMA, ...more(String)], { decimal: "," }],
  ["of money by name", [...AMOUNTS, ...more((i) => `EUR ${i}.50`)], {}],
  ["with a unit", [...KILOS, ...more((i) => `${i} kg`)], {}],
  [
    "some told to be missing",
    ["-999", "unk", "NA", "n/a", "Unk", ...more(String)],
    { missing: ["-999", "unk"], missingOnly: true },
  ],
])("scripts read the same numbers as the app: %s", async (_, cells, options) => {
  const trained = await read(cells, { ...options, types: { x: "number" } });
  await expectSame({ column: "x" }, cells, trained, trained.table.columns[0]!.numbers!);
});

test("scripts read what is a value in its column, though it usually is none", async () => {
  const cells = more((i) => ["null", "one", "two"][i % 3]!);
  const trained = await read(cells);
  const expected = cells.map((cell) => Number(cell === "null"));
  await expectSame({ column: "x", is: "null" }, cells, trained, expected);
});

test("scripts read yes and no as numbers only where a column holds nothing else", async () => {
  const answers = ["yes", "No", "y", "TRUE", "1"];
  const trained = await read([...answers, ...more((i) => (i % 2 === 0 ? "yes" : "no"))]);
  await expectSame({ column: "x" }, answers, trained, [1, 0, 1, 1, 1]);
});

test.each([
  ["month", "1/25/2021", "2/3/2021", 2],
  ["day", "25/1/2021", "2/3/2021", 3],
] as const)(
  "scripts read dates the %s first as the table was read",
  async (_, told, open, month) => {
    const trained = await read(more((i) => (i % 2 === 0 ? told : open)));
    await expectSame({ column: "x", part: "month" }, [open, "1/1/2021"], trained, [month, 1]);
    const contrary = told === "1/25/2021" ? "25/1/2021" : "1/25/2021";
    const others = [open, contrary];
    await expectSame({ column: "x", part: "month" }, others, trained, [5 - month, 1]);
  },
);
