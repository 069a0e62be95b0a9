/** @file What the scripts of an export read beside the model: `predict.json`. */

import { DATE_FORMS } from "../../kinds/table/columns/dates";
import { FALSE_WORDS, TRUE_WORDS } from "../../kinds/table/columns/detect-type";
import { MISSING_SPELLINGS } from "../../kinds/table/columns/missing";
import type { TableDialect } from "../../kinds/table/columns/profile";
import type { ScriptInput } from "./script-inputs";

/** The scripts themselves, which lie beside this file: text that whoever writes an export has loaded. */
export type Scripts = Readonly<Record<"predict.mjs" | "predict.py", string>>;

export interface ScriptPlan {
  readonly inputs: readonly ScriptInput[];
  readonly target: string;
  /** Empty for numbers. */
  readonly labels: readonly string[];
  readonly dialect: TableDialect;
}

/** `predict.json`. */
export function scriptPlan({ inputs, target, labels, dialect }: ScriptPlan): string {
  const { encoding, delimiter, decimal, hasHeader, told = {} } = dialect;
  const words = Object.fromEntries([
    ...[...TRUE_WORDS].map((word) => [word, 1]),
    ...[...FALSE_WORDS].map((word) => [word, 0]),
  ]) as Readonly<Record<string, number>>;
  const { missing = [], missingOnly = false, dateOrder } = told;
  const spellings = [
    ...(missingOnly ? [] : MISSING_SPELLINGS),
    ...missing.map((text) => text.trim().toLowerCase()),
  ];
  const about = { target, labels, encoding, delimiter, decimal, hasHeader };
  const hasDates = inputs.some((input) => "part" in input);
  const dates = hasDates && { dates: { ...DATE_FORMS, ...(dateOrder && { order: dateOrder }) } };
  const plan = { ...about, inputs, words, missing: spellings, ...dates };
  return `${JSON.stringify(plan, null, 1)}\n`;
}
