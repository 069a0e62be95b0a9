import type { ColumnProfile } from "../columns/profile";
import type { SpaceFeature } from "../space/space";
import {
  hasListed,
  joinedByMeaning,
  joinedTo,
  readValuesOf,
  type ValuePairs,
  valuesOf,
} from "./values/join-values";
import { vocabularyOf } from "./values/vocabularies";
import { nameWords } from "./names/names";

/** Whether a column's values can be a feature at all. */
export function canPlay(column: ColumnProfile, feature: SpaceFeature): boolean {
  const { type, top } = column;
  if (feature.type === "category") {
    return ["category", "integer", "boolean", "constant"].includes(type);
  }
  if (type === "constant") return Number.isFinite(Number(top?.[0]?.value ?? "none"));
  if (type === "category") return isSwitch(feature) || monthsOf(column, feature).length > 0;
  return ["number", "integer", "boolean"].includes(type);
}

/** Named, so that they are made ready once. */
const SWITCH = ["1", "0"] as const;

/** Whether a feature is nothing but 1 and 0. */
export function isSwitch({ type, range }: SpaceFeature): boolean {
  return type === "boolean" || (type === "number" && range?.[0] === 0 && range[1] === 1);
}

/** What values of a column mean as a feature, where their spelling alone does not say it. */
export function valuesAs(column: ColumnProfile, feature: SpaceFeature): ValuePairs {
  if (feature.type === "category") return joinedByMeaning(column, feature);
  if (column.type !== "category") return [];
  const months = monthsOf(column, feature);
  return months.length > 0 || !isSwitch(feature) ? months : joinedTo(valuesOf(column), SWITCH);
}

/** Whether a column, of a type that a feature can have, has any value that the feature knows. */
export function hasKnown(
  column: ColumnProfile,
  feature: SpaceFeature,
  joined: ValuePairs,
): boolean {
  if (feature.type === "category") return hasListed(column, feature, joined);
  if (column.type !== "category") return true;
  return joined.some(([, number]) => number !== "");
}

/** The number of each month that a column names, where a feature counts them from 1. */
function monthsOf(column: ColumnProfile, { type, name, range }: SpaceFeature): ValuePairs {
  if (type !== "number" || column.type !== "category" || !range) return [];
  if (range[0] < 1 || range[1] > 12 || !nameWords(name).includes("month")) return [];
  const meant = readValuesOf(column).meaningsIn(vocabularyOf("months"));
  return [...meant].map(([value, month]) => [value, String(month + 1)]);
}
