import type { SchemaElement, SchemaTree } from "hyparquet";

import type { Cell } from "../cells/cell";
import { timeOfDay } from "../cells/time-of-day";

/** A column that holds one plain value a row. */
export interface PlainColumn {
  readonly name: string;
  readonly node: SchemaTree;
  /** Whether its values are bytes that are no text. */
  readonly areBytes: boolean;
  readonly cellOf: (value: unknown) => Cell;
}

/** The columns that hold plain values, and the names of the others. Decimals are taken as they are stored: as whole numbers. */
export function plainColumns(children: readonly SchemaTree[]): {
  readonly plain: readonly PlainColumn[];
  readonly others: readonly string[];
} {
  const plain: PlainColumn[] = [];
  const others: string[] = [];
  for (const node of children) {
    const { element } = node;
    if (node.children.length > 0 || !isPlain(element)) others.push(element.name);
    else plain.push(plainColumn(node));
  }
  return { plain, others };
}

function plainColumn(node: SchemaTree): PlainColumn {
  const { element } = node;
  const { name } = element;
  return { name, node, areBytes: scaleOf(element) !== null, cellOf: cellOf(element) };
}

function isPlain({ type, repetition_type, converted_type, logical_type }: SchemaElement): boolean {
  if (repetition_type === "REPEATED") return false;
  if (converted_type === "INTERVAL" || converted_type === "BSON") return false;
  const logical = logical_type?.type;
  if (logical === "GEOMETRY" || logical === "GEOGRAPHY") return false;
  const isBytes = type === "FIXED_LEN_BYTE_ARRAY";
  return (
    !isBytes ||
    converted_type === "DECIMAL" ||
    logical === "DECIMAL" ||
    logical === "UUID" ||
    logical === "FLOAT16"
  );
}

/** Digits behind the point of a decimal; null of anything else. Some writers say it in one of two ways only. */
function scaleOf({ converted_type, logical_type, scale }: SchemaElement): number | null {
  if (logical_type?.type === "DECIMAL") return logical_type.scale;
  return converted_type === "DECIMAL" ? (scale ?? 0) : null;
}

function cellOf(element: SchemaElement): PlainColumn["cellOf"] {
  const scale = scaleOf(element);
  if (scale !== null) {
    delete element.converted_type;
    delete element.logical_type;
    return (value) => decimalCell(value, scale);
  }
  const time = timeUnitsPerSecond(element);
  return time === null ? plainCell : (value) => timeOfDay(value, time);
}

function plainCell(value: unknown): Cell {
  switch (typeof value) {
    case "string":
    case "number":
    case "bigint":
    case "boolean":
      return value;
    default:
      return value instanceof Date ? value : null;
  }
}

/** A decimal that a double does not hold is given as its digits. */
function decimalCell(value: unknown, scale: number): Cell {
  const unscaled = wholeOf(value);
  if (unscaled === null) return null;
  const number = Number(unscaled);
  if (Number.isSafeInteger(number) && scale <= 22) return number / 10 ** scale;
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  const sign = unscaled < 0n ? "-" : "";
  return scale === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-scale)}`;
}

/** A number of any width, big-endian where it is bytes. */
function wholeOf(value: unknown): bigint | null {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return BigInt(value);
  if (!(value instanceof Uint8Array)) return null;
  let whole = 0n;
  for (const byte of value) whole = (whole << 8n) | BigInt(byte);
  return BigInt.asIntN(8 * value.length, whole);
}

function timeUnitsPerSecond({ converted_type, logical_type }: SchemaElement): number | null {
  if (converted_type === "TIME_MILLIS") return 1e3;
  if (converted_type === "TIME_MICROS") return 1e6;
  if (logical_type?.type !== "TIME") return null;
  return { MILLIS: 1e3, MICROS: 1e6, NANOS: 1e9 }[logical_type.unit];
}
