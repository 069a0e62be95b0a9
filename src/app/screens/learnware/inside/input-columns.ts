import type { FeatureBand } from "../../../../engine/kinds/table/space/feature-bands";
import type { Space } from "../../../../engine/kinds/table/space/space";
import type { InputColumn } from "./snippets";

/**
 * What a model takes, column by column as the space encodes it, with the middle of what it learnt from.
 *
 * @param names - Features of the space in the model's own order.
 */
export function columnsOf(
  names: readonly string[],
  bands: readonly FeatureBand[],
  { features }: Pick<Space, "features">,
): InputColumn[] {
  const bandOf = new Map(bands.map((band) => [band.name, band]));
  const featureOf = new Map(features.map((feature) => [feature.name, feature]));
  return names.flatMap((name): InputColumn[] => {
    const band = bandOf.get(name);
    const feature = featureOf.get(name);
    if (!band || feature?.type !== "category") {
      const value = band?.numbers?.median ?? Math.round(band?.shares[0]?.share ?? 0);
      return [{ name, value: Number(value.toPrecision(6)) }];
    }
    const likeliest = band.shares[0]?.value;
    return feature.categories.map((value) => {
      return { name: `${name} = ${value}`, value: value === likeliest ? 1 : 0 };
    });
  });
}
