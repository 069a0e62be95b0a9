import type { Cell } from "./cell";

const MS_PER_DAY = 86_400_000;

/** A time of day, as text. @param perSecond - How many of its units a second has. */
export function timeOfDay(value: unknown, perSecond: number): Cell {
  const units = typeof value === "bigint" ? Number(value) : value;
  if (typeof units !== "number" || Number.isNaN(units)) return null;
  const ms = Math.round((units / perSecond) * 1000);
  if (ms < 0 || ms >= MS_PER_DAY) return String(value);
  return new Date(ms).toISOString().slice(11, 23).replace(".000", "");
}
