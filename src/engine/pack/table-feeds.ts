import { categoryKey } from "../ground/category-key";
import { EngineError } from "../ground/errors";
import type { Column } from "../kinds/table/columns/column";
import { encodedWidth } from "../kinds/table/space/encoded-width";
import type { SpaceFeature } from "../kinds/table/space/space";
import type { Feed, Part, Portion } from "./adapt-plan";
import type { InputColumns } from "./choose-columns";
import { elementOf, rowShape } from "./portions";

/** A feature that a model takes, and the column of the training table that it was. */
export interface TakenFeature {
  readonly feature: SpaceFeature;
  readonly column: Column;
}

/**
 * How the inputs of a model are made of the encoded features of a space.
 *
 * @param taken - In the order in which they are encoded side by side.
 * @throws EngineError `bad_parameter` if a value that the model knows has no place in the space.
 */
export function tableFeeds(
  inputs: readonly InputColumns[],
  taken: readonly TakenFeature[],
  portion: Portion,
): Feed[] {
  const firsts = new Map<string, number>();
  let next = 0;
  for (const { feature, column } of taken) {
    firsts.set(column.name, next);
    next += encodedWidth(feature);
  }
  const byName = new Map(taken.map((one) => [one.column.name, one]));
  return inputs.map(({ input, columns, isSpread }) => {
    const element = elementOf(input);
    const parts = columns.map((name): Part => {
      const { feature, column } = byName.get(name)!;
      const first = firsts.get(name)!;
      if (feature.type !== "category") {
        if (element === "string") return { form: "written", column: first };
        return { form: "numbers", columns: [first] };
      }
      // Converters number values, and spread them, in the order of the alphabet.
      const texts = isSpread || element !== "string" ? sortedValues(column) : valuesOf(column);
      const places = texts.map((text) => first + placeOf(feature, text));
      if (element === "string") return { form: "text", columns: places, texts };
      return { form: isSpread ? "numbers" : "code", columns: places };
    });
    const width = parts.reduce(
      (sum, part) => sum + (part.form === "numbers" ? part.columns.length : 1),
      0,
    );
    return { input: input.name, element, shape: rowShape(input, portion) ?? [width], parts };
  });
}

function placeOf(feature: SpaceFeature, text: string): number {
  const key = categoryKey(text);
  const place = feature.categories.findIndex((listed) => categoryKey(listed) === key);
  if (place >= 0) return place;
  const reason = `the island's feature "${feature.name}" does not list a value that the model was trained on: found an island of your own, or take another model`;
  throw new EngineError("bad_parameter", reason);
}

/** Values that a category has, as they are written in most cells. */
function valuesOf({ codes, categories }: Column): string[] {
  const used = new Set(codes);
  return categories.filter((_, code) => used.has(code));
}

/** In the order in which Python sorts them: by numbers where all are numbers, else by signs. */
export function sortedValues(column: Column): string[] {
  return inPythonOrder(valuesOf(column));
}

export function inPythonOrder(texts: readonly string[]): string[] {
  const areNumbers = texts.every((text) => text.trim() !== "" && Number.isFinite(Number(text)));
  if (areNumbers) return texts.toSorted((a, b) => Number(a) - Number(b));
  return texts.toSorted((a, b) => (a < b ? -1 : Number(a > b)));
}
