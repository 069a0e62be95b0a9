import { expect, test } from "vitest";

import { finish } from "../../../../../../src/engine/ground/finish";
import { openAnyTable, writeAs } from "../../../../../../src/engine/kinds/table/read/formats";
import { sourceOfBytes } from "../../../../../../src/engine/kinds/table/read/source";
import type { WrittenFormat } from "../../../../../../src/engine/kinds/table/write/media-types";
import { predictionColumns } from "../../../../../../src/engine/reuse/predict/prediction-columns";
import type { Predictions } from "../../../../../../src/engine/reuse/predict/predictions";
import { byteTools } from "../../../../../../src/runtime/byte-tools";

const TEXT = 'name;price;kind\nAnn;1,5;a\nBob;;b\n"Cid; Jr";NA;\nDan;4;a\n';
const rest = { far: Uint8Array.of(1, 0, 0, 0), farIn: null };
const prices: Predictions = {
  ...{ ...rest, task: "regression", target: "price", spread: null },
  ...{ values: Float64Array.of(9, 2.25, 3.5, 9), radii: Float64Array.of(1, 1, 1, 1) },
};
const kinds: Predictions = {
  ...{ ...rest, task: "classification", target: "kind", labels: ["a", "b"], agreeing: null },
  ...{ values: Float64Array.of(1, 1, 1, 1), confidence: new Float32Array(4), probabilities: null },
};

const open = () =>
  finish(openAnyTable(sourceOfBytes(new TextEncoder().encode(TEXT), byteTools), "table.csv"));

test("only empty cells are filled, all others stay as they are written", async () => {
  const { write } = await open();
  const parts: unknown[] = [];
  await finish(write(predictionColumns(prices, null, 1), (piece) => parts.push(piece)));
  expect(parts.join("")).toBe(TEXT.replace("Bob;;", "Bob;2,25;").replace("NA;", "3,5;"));
  const labelled: unknown[] = [];
  await finish(write(predictionColumns(kinds, null, 2), (piece) => labelled.push(piece)));
  expect(labelled.join("")).toBe(TEXT.replace("NA;\n", "NA;b\n"));
});

test("a caution stands beside what is filled", async () => {
  const { write } = await open();
  const parts: unknown[] = [];
  await finish(write(predictionColumns(prices, "an estimate", 1), (piece) => parts.push(piece)));
  expect(parts.join("").split("\n")[0]).toBe("name;price;kind;caution");
});

test.each<WrittenFormat>(["csv", "json", "ndjson", "parquet", "arrow", "xlsx"])(
  "empty cells are filled in %s",
  async (format) => {
    const parts: (string | Uint8Array)[] = [];
    const sink = (piece: string | Uint8Array) => void parts.push(piece);
    await finish(writeAs(await open(), format, predictionColumns(prices, null, 1), sink));
    const bytes = Buffer.concat(parts.map((part) => Buffer.from(part)));
    const back = await finish(openAnyTable(sourceOfBytes(bytes, byteTools), `table.${format}`));
    expect([...back.read.table.columns[1]!.numbers!]).toEqual([1.5, 2.25, 3.5, 4]);
    expect(back.read.table.columns).toHaveLength(3);
  },
);
