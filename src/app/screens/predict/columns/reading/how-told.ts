import type { ReadOptions } from "../../../../../contracts/workers/data-api";
import type { Encoding, TableDialect } from "../../../../../engine/kinds/table/columns/profile";

const HOW = [
  ...(["encoding", "delimiter", "decimal", "hasHeader", "headerLine", "firstLine"] as const),
  ...(["rows", "dateOrder", "missing", "missingOnly"] as const),
] as const;
type How = (typeof HOW)[number];

/** What the user says of how a file is laid out; what is left out is found out. */
export type HowTold = Pick<ReadOptions, How>;

/** As it stands in the fields; the empty text where nothing is said. */
export interface HowFields {
  readonly encoding: string;
  readonly delimiter: string;
  readonly decimal: string;
  readonly order: string;
  /** Of the names, from 1; 0: there are none. */
  readonly line: string;
  readonly first: string;
  readonly last: string;
  readonly missing: string;
  readonly missingOnly: boolean;
}

export function isOfHow(name: string): name is How {
  return HOW.some((one) => one === name);
}

export function howOf(told: ReadOptions): HowTold {
  return Object.fromEntries(Object.entries(told).filter(([name]) => isOfHow(name)));
}

/** What the fields show of what was told. */
export function fieldsOf(told: ReadOptions, { headerLine }: TableDialect): HowFields {
  const [first, last] = told.rows ?? [];
  const lineToldOf = told.headerLine ?? headerLine ?? "";
  return {
    encoding: told.encoding ?? "",
    delimiter: told.delimiter ?? "",
    decimal: told.decimal ?? "",
    order: told.dateOrder ?? "",
    line: told.hasHeader === undefined ? "" : told.hasHeader ? String(lineToldOf) : "0",
    first: String(first ?? ""),
    last: String(last ?? ""),
    missing: told.missing?.join(", ") ?? "",
    missingOnly: told.missingOnly ?? false,
  };
}

/** What is told by the fields: all of it, and nothing that was told before. */
export function toldBy(fields: HowFields): HowTold {
  const { encoding, delimiter, decimal, order, first, last, missingOnly } = fields;
  const missing = fields.missing
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
  const rows = [first === "" ? 1 : Number(first), last === "" ? null : Number(last)] as const;
  return {
    ...(encoding !== "" && { encoding: encoding as Encoding }),
    ...(delimiter !== "" && { delimiter }),
    ...(decimal !== "" && { decimal: decimal === "," ? "," : "." }),
    ...lineOf(fields.line),
    ...(first + last !== "" && { rows }),
    ...(order !== "" && { dateOrder: order === "month" ? "month" : "day" }),
    ...(missing.length > 0 && { missing }),
    ...(missingOnly && { missingOnly }),
  };
}

function lineOf(line: string): HowTold {
  if (line === "") return {};
  return Number(line) === 0 ? { hasHeader: false } : { hasHeader: true, headerLine: Number(line) };
}
