import { EngineError } from "../ground/errors";
import type { FixedValue } from "./adapt-plan";
import type { ForeignModel } from "./foreign-model";

/**
 * Values of inputs that are the same for all rows.
 *
 * @param written - What was written for each: numbers or texts with commas between.
 * @throws EngineError `bad_parameter` naming what is not right.
 */
export function fixedValues(
  model: ForeignModel,
  written: readonly (readonly [input: string, value: string])[],
): ReadonlyMap<string, FixedValue> {
  return new Map(written.map(([name, value]) => [name, fixedValue(model, name, value)]));
}

function fixedValue(model: ForeignModel, name: string, value: string): FixedValue {
  const input = model.inputs.find((one) => one.name === name);
  if (!input) {
    const names = model.inputs.map((one) => one.name).join(", ");
    const message = `--fix is INPUT=VALUE or INPUT=VALUE,VALUE,…, of the inputs ${names}; got "${name}"`;
    throw new EngineError("bad_parameter", message);
  }
  const given = value.split(",");
  const data = input.element === "string" ? given : given.map(Number);
  if (data.some((one) => typeof one === "number" && Number.isNaN(one))) {
    throw new EngineError("bad_parameter", `--fix ${name}: the input takes numbers`);
  }
  const isOne = input.shape?.length === 0;
  const open = input.shape?.filter((size) => size === null).length ?? 1;
  const shape = isOne ? [] : open === 0 ? input.shape!.map((size) => size!) : [data.length];
  return { shape, data };
}
