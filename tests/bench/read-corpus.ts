/**
 * @file Messy files and what is right of each: a folder with a MANIFEST.csv (file, why, expect_rows, expect_cols), beside it
 * answers in the forms that their makers chose.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import JSZip from "jszip";
import Papa from "papaparse";

/** What a file must be read as. */
export type Expected =
  | { readonly kind: "refused" }
  /** Names may be null: there are none in the file. `rows` are compared cell by cell. */
  | {
      readonly kind: "cells";
      readonly names: readonly string[] | null;
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: "shape"; readonly rows: number; readonly columns: number }
  /** Nothing is said of it: it is read, or refused in words. */
  | { readonly kind: "no crash" };

export interface Entry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly expected: Expected;
}

type Cells = readonly (readonly string[])[];

export async function* corpusOf(directory: string): AsyncGenerator<Entry> {
  for (const line of manifestOf(directory)) {
    const path = join(directory, line["file"]!);
    if (!existsSync(path)) continue;
    const bytes = readFileSync(path);
    if (line["file"]!.endsWith(".zip") && !line["file"]!.includes("/")) {
      yield* zipped(line["file"]!, await JSZip.loadAsync(bytes));
    } else yield { name: line["file"]!, bytes, expected: expectedOf(line, directory) };
  }
}

/** Folders of files that the manifest does not name one by one count as well. */
function manifestOf(directory: string): readonly Record<string, string>[] {
  const text = readFileSync(join(directory, "MANIFEST.csv"), "utf8");
  const lines = Papa.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: true,
  }).data;
  const named = new Set(lines.map((line) => line["file"]));
  const unnamed = readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.[a-z0-9]+$/i.test(path) && path !== "MANIFEST.csv" && !named.has(path))
    .map((file) => ({ file, why: "", expect_rows: "", expect_cols: "" }));
  return [...lines, ...unnamed];
}

function expectedOf(line: Record<string, string>, directory: string): Expected {
  const { file = "", why = "", expect_rows: rows = "", expect_cols: columns = "" } = line;
  if (why.includes("must refuse") || rows === "0.0" || rows === "0") return { kind: "refused" };
  if (rows !== "") return { kind: "shape", rows: Number(rows), columns: Number(columns) };
  const answer = join(directory, file.replace(/\.csv$/, ".json"));
  if (file.startsWith("csv_spectrum") && file.endsWith(".csv") && existsSync(answer)) {
    const read = JSON.parse(readFileSync(answer, "utf8")) as
      Record<string, string> | Record<string, string>[];
    const records = Array.isArray(read) ? read : [read];
    const names = Object.keys(records[0] ?? {});
    return { kind: "cells", names, rows: records.map((record) => names.map((n) => record[n]!)) };
  }
  return { kind: "no crash" };
}

/** An archive of `csv/` and `clean/`, perhaps with a `truth.csv`; or of plain tables as R writes them. */
async function* zipped(archive: string, zip: JSZip): AsyncGenerator<Entry> {
  const truths = new Map<string, Record<string, string>>();
  const truth = await zip.file("truth.csv")?.async("string");
  if (truth !== undefined) {
    const { data } = Papa.parse<Record<string, string>>(truth, {
      header: true,
      skipEmptyLines: true,
    });
    for (const line of data) truths.set(line["file"]!, line);
  }
  for (const [path, member] of Object.entries(zip.files)) {
    if (member.dir || path === "truth.csv" || path.startsWith("clean/")) continue;
    const bytes = await member.async("uint8array");
    const name = path.replace(/^csv\//, "");
    const clean = await zip.file(`clean/${name}`)?.async("string");
    const expected =
      clean === undefined
        ? plainTable(await member.async("string"))
        : cleanTable(
            clean,
            truths.get(name)?.["header_lines"] === "0" || name.includes("no_header"),
            namesIn(truths.get(name)?.["columns"]),
          );
    yield { name: `${archive}/${name}`, bytes, expected };
  }
}

function plainTable(text: string): Expected {
  const [names = [], ...rows] = cut(text);
  return rows.length === 0 ? { kind: "refused" } : { kind: "cells", names, rows };
}

function namesIn(list: string | undefined): readonly string[] {
  return list === undefined || list === "" ? [] : (JSON.parse(list) as string[]);
}

/** @param told - Names that its makers gave columns without any: they may stand above the clean rows. */
function cleanTable(text: string, isUnnamed: boolean, told: readonly string[]): Expected {
  const [names = [], ...rows] = cut(text);
  if (isUnnamed) {
    const isMadeUp = names.every((name, j) => name.trim() === told[j]?.trim());
    return { kind: "cells", names: null, rows: isMadeUp ? rows : [names, ...rows] };
  }
  return rows.length === 0 ? { kind: "refused" } : { kind: "cells", names, rows };
}

function cut(text: string): Cells {
  return Papa.parse<string[]>(text.replace(/^\ufeff/, ""), { skipEmptyLines: "greedy" }).data;
}
