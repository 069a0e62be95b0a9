import { parseArgs } from "node:util";

import type { ColumnProfile, TableProfile } from "../engine/kinds/table/columns/profile";
import { required } from "./options";
import { warningsOf } from "./predict/warnings";
import { READ_USAGE, readChoice, readOptions } from "./read-options";
import { readTableFile } from "./read-table-file";

const usage = `berth look FILE [options]

Tells how a table is read: its columns, and what was done to make a table of the file.

  --json             as JSON: {format, encoding, delimiter, quote, decimal, headerRow, rows, columns,
                     repairs, warnings}

${READ_USAGE}`;

/** `berth look`: a table in, what is made of it out. */
export async function look(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...readOptions,
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const { profile } = await readTableFile(required(positionals[0], usage), readChoice(values));
  if (values.json) console.log(JSON.stringify(asJson(profile), null, 1));
  else for (const line of asText(profile)) console.log(line);
}

function asJson(profile: TableProfile) {
  const { encoding, otherEncodings, delimiter, quote, decimal, headerLine } = profile.dialect;
  return {
    format: profile.format ?? "delimited",
    ...{ encoding, otherEncodings, delimiter, quote, decimal, headerRow: headerLine },
    rows: profile.rows,
    columns: profile.columns.map(({ name, type, unit, missing, distinct, range, mean }) => ({
      ...{ name, type, unit, missing, distinct },
      ...{ min: range?.[0] ?? null, max: range?.[1] ?? null, mean },
    })),
    repairs: profile.repairs.map(({ code, count, lines, text }) => ({
      code,
      rows: lines,
      count,
      text,
    })),
    warnings: profile.warnings,
  };
}

function asText(profile: TableProfile): readonly string[] {
  const { encoding, otherEncodings, delimiter, decimal, headerLine } = profile.dialect;
  const or = otherEncodings.length > 0 ? ` (or ${otherEncodings.join(", ")}?)` : "";
  const names = headerLine === null ? "no names" : `names in line ${headerLine}`;
  const width = Math.max(...profile.columns.map(({ name }) => name.length));
  return [
    `${profile.rows} rows, ${profile.columns.length} columns; ${profile.format ?? "delimited"}, ${encoding}${or}, ` +
      `delimiter ${JSON.stringify(delimiter)}, decimal ${decimal}, ${names}`,
    ...profile.columns.map((column) => `  ${column.name.padEnd(width)}  ${aboutColumn(column)}`),
    ...warningsOf(profile),
  ];
}

function aboutColumn({ type, unit, missing, distinct, range, top }: ColumnProfile): string {
  const values = range
    ? `${spelt(range[0], type)} to ${spelt(range[1], type)}${unit ? ` ${unit}` : ""}`
    : (top
        ?.slice(0, 3)
        .map(({ value }) => value)
        .join(", ") ?? "");
  return `${type.padEnd(10)}  ${missing} missing, ${distinct} different  ${values}`.trimEnd();
}

function spelt(value: number, type: ColumnProfile["type"]): string {
  return type === "date"
    ? new Date(value).toISOString().replace("T00:00:00.000Z", "")
    : String(value);
}
