import type { Task } from "../../engine/ground/task";
import type { FeaturePlan, SpacePlan } from "../../engine/kinds/table/space/found";

/** One table of the starter dock: the island it founds, and how learnwares are cut from it. */
export interface StarterTable {
  /** Path under the data folder. */
  readonly file: string;
  readonly island: SpacePlan;
  readonly target: FeaturePlan;
  readonly task: Task;
  /** Names of the classes, when the table only has codes for them. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly licence: string;
  readonly source: string;
  readonly scenario: readonly string[];
  /** What one learnware is called and says of itself; `{domain}` is replaced. */
  readonly title: string;
  readonly about: string;
  /** One learnware for every value of this column; one for the whole table without it. */
  readonly domainColumn?: string;
  /** Domains left out on purpose, so that tests and benchmarks have users nobody trained for. */
  readonly heldOut?: readonly string[];
  /** Domains to use, when not all others. */
  readonly everyNthDomain?: number;
  readonly fewestRows?: number;
  /** A column whose value `test` marks the rows to measure on; otherwise a seeded fifth. */
  readonly splitColumn?: string;
}

/** A feature by its column name, with other names people give it. */
export function feature(column: string, ...aliases: string[]): FeaturePlan {
  return { column, aliases };
}

/** A feature with a unit. */
export function measured(column: string, unit: string, ...aliases: string[]): FeaturePlan {
  return { column, unit, aliases };
}

/** Features without anything to add to their column names. */
export function features(...columns: string[]): FeaturePlan[] {
  return columns.map((column) => ({ column }));
}
