import type { HeldBackMetric } from "../../engine/learnware/manifest";
import type { Format } from "./format";

/** How a figure on held-back rows is written, in short; the screens say the sentences around it. */
export function metricFigure(
  { name }: Pick<HeldBackMetric, "name">,
  value: number,
  unit: string | undefined,
  format: Format,
): string {
  if (name === "accuracy" || name === "r2") return format.percent(value);
  const figure = format.number(Number(value.toPrecision(3)));
  return name === "rmse" && unit !== undefined ? `${figure} ${unit}` : figure;
}
