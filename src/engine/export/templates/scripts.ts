/** @file What the scripts of an export read beside the model: `predict.json`. */

import { DATE_FORMS } from "../../kinds/table/columns/dates";
import { FALSE_WORDS, TRUE_WORDS } from "../../kinds/table/columns/detect-type";
import { MISSING } from "../../kinds/table/columns/missing";
import { NUMBER_FORMS } from "../../kinds/table/columns/spelling/numerals";
import type { ReadColumn, TableDialect } from "../../kinds/table/columns/profile";
import type { ScriptInput } from "./script-inputs";

/** The scripts themselves, which lie beside this file: text that whoever writes an export has loaded. */
export type Scripts = Readonly<Record<"predict.mjs" | "predict.py", string>>;

export interface ScriptPlan {
  readonly inputs: readonly ScriptInput[];
  readonly target: string;
  /** Empty for numbers. */
  readonly labels: readonly string[];
  readonly dialect: TableDialect;
  /** Of the user's table; those that the inputs are made of are told of. */
  readonly columns: readonly ReadColumn[];
}

/** `predict.json`. */
export function scriptPlan({ inputs, target, labels, dialect, columns }: ScriptPlan): string {
  const { encoding, delimiter, hasHeader, told: ofCells = {} } = dialect;
  const words = Object.fromEntries([
    ...[...TRUE_WORDS].map((word) => [word, 1]),
    ...[...FALSE_WORDS].map((word) => [word, 0]),
  ]) as Readonly<Record<string, number>>;
  const { missing = [], missingOnly = false, dateOrder } = ofCells;
  const told = missing.map((text) => text.trim());
  const about = { target, labels, encoding, delimiter, hasHeader };
  const hasDates = inputs.some((input) => "part" in input);
  const dates = hasDates && { dates: { ...DATE_FORMS, ...(dateOrder && { order: dateOrder }) } };
  const used = new Set(inputs.flatMap((input) => ("column" in input ? [input.column] : [])));
  const cells = Object.fromEntries(
    columns.flatMap(({ name, type, unit, spelling }) =>
      used.has(name)
        ? [
            [
              name,
              {
                ...spelling,
                ...(unit !== null && { unit }),
                ...(type === "boolean" && { isTruth: true }),
              },
            ],
          ]
        : [],
    ),
  );
  const plan = {
    ...about,
    cells,
    inputs,
    words,
    missing: told,
    usual: missingOnly ? [] : [...MISSING],
    numbers: NUMBER_FORMS,
    ...dates,
  };
  return `${JSON.stringify(plan, null, 1)}\n`;
}
