import { EngineError } from "../../engine/ground/errors";
import type { Table } from "../../engine/kinds/table/columns/column";
import type { OnnxValue } from "../../engine/learnware/onnx/onnx-codec";
import type { FixedValue, Portion } from "../../engine/pack/adapt-plan";
import { type ChosenColumns, chooseColumns } from "../../engine/pack/choose-columns";
import type { ForeignModel } from "../../engine/pack/foreign-model";
import { portionsOf } from "../../engine/pack/portions";
import { sortedValues } from "../../engine/pack/table-feeds";

const USABLE = new Set(["number", "integer", "boolean", "category"]);

export interface ColumnWish {
  readonly target: string;
  /** Columns in the order in which the model takes them. */
  readonly names: readonly string[] | null;
  /** Inputs that are the same for all rows. */
  readonly fixed: ReadonlyMap<string, FixedValue>;
}

/** Which columns go in where, and in what portions they may go. */
export interface ColumnPlan {
  readonly chosen: ChosenColumns;
  /** Names of columns, in the order in which they become features. */
  readonly columns: readonly string[];
  /** To be tried in this order. */
  readonly portions: readonly Portion[];
  /** Columns that the model takes as texts, though they are read as something else. */
  readonly asTexts: readonly string[];
}

/**
 * What of a table a model takes.
 *
 * @throws EngineError `bad_parameter` if the table does not hold it, or it cannot be told; `bad_model` if nothing can be put in.
 */
export function planColumns(
  model: ForeignModel,
  table: Table,
  { target, names, fixed }: ColumnWish,
): ColumnPlan {
  const inputs = model.inputs.filter(({ name }) => !fixed.has(name));
  const candidates = table.columns
    .filter(({ name, type }) => name !== target && USABLE.has(type))
    .map((column) => {
      const isCategory = column.type === "category";
      return {
        name: column.name,
        isCategory,
        values: isCategory ? sortedValues(column).length : 0,
      };
    });
  const strange = [...fixed.keys()].find((name) => !model.inputs.some((one) => one.name === name));
  if (strange !== undefined) {
    throw new EngineError("bad_parameter", `--fix: the model has no input "${strange}"`);
  }
  const tried = portionsOf(inputs).map((portion) => {
    return { portion, chosen: tryTo(() => chooseColumns(inputs, candidates, names, portion)) };
  });
  const found = tried.flatMap(({ portion, chosen }) =>
    chosen instanceof EngineError ? [] : [{ portion, chosen }],
  );
  const [first] = found;
  if (!first) throw reasonOf(inputs, tried[0]?.chosen);
  const columns = [...new Set(columnsOf(first.chosen))];
  const isSame = (other: ChosenColumns) => columnsOf(other).join("\n") === columnsOf(first.chosen).join("\n"); // prettier-ignore
  return {
    chosen: first.chosen,
    columns,
    portions: found.filter(({ chosen }) => isSame(chosen)).map(({ portion }) => portion),
    asTexts: textColumns(first.chosen).filter((name) =>
      candidates.some((one) => one.name === name && !one.isCategory),
    ),
  };
}

function columnsOf({ inputs }: ChosenColumns): string[] {
  return inputs.flatMap(({ columns }) => columns);
}

function textColumns({ inputs }: ChosenColumns): string[] {
  return inputs.filter(({ input }) => input.element === "string").flatMap(({ columns }) => columns);
}

function reasonOf(
  inputs: readonly OnnxValue[],
  refusal: ChosenColumns | EngineError | undefined,
): EngineError {
  if (refusal instanceof EngineError) return refusal;
  const takes = inputs.map(({ name, shape }) => `"${name}" [${shape?.map((size) => size ?? "?").join(", ") ?? "?"}]`); // prettier-ignore
  const reason = `the model's inputs ${takes.join(", ")} have no rows in common: give those that are the same for all rows with --fix INPUT=VALUE`;
  return new EngineError("bad_parameter", reason);
}

function tryTo<T>(work: () => T): T | EngineError {
  try {
    return work();
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
}
