import { fnv1a } from "../../../specification/kernel/random-features";
import type { Space, SpaceFeature } from "./space";
import { standardName } from "../match/names/names";
import { categoryKey } from "../../../ground/category-key";

/** What a feature space consists of. */
type Encoding = Pick<Space, "profile" | "features">;

/**
 * Whether a proposed island is one that exists already: the same features, however their names are
 * spelt and in whatever order, of the same types and units. A unit may stand in brackets after the
 * name instead. Where two features of one island have the same standard name, only their exact
 * names tell them apart. Categories need to share half of the shorter list of values, since no two
 * tables hold the same ones.
 *
 * @returns The existing island's feature name by the proposed one's; null if the spaces differ.
 */
export function sameFeatureSpace(
  existing: Encoding,
  proposed: Encoding,
): ReadonlyMap<string, string> | null {
  if (existing.profile !== proposed.profile) return null;
  if (existing.features.length !== proposed.features.length) return null;
  const byKey = new Map<string, SpaceFeature[]>();
  for (const feature of existing.features) {
    const key = featureKey(feature);
    byKey.set(key, [...(byKey.get(key) ?? []), feature]);
  }
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const feature of proposed.features) {
    const alike = byKey.get(featureKey(feature)) ?? [];
    const same = alike.length === 1 ? alike[0] : alike.find(({ name }) => name === feature.name);
    if (!same || taken.has(same.name) || !shareValues(same, feature)) return null;
    taken.add(same.name);
    names.set(feature.name, same.name);
  }
  return names;
}

/** The same island with its features called by other names, as `sameFeatureSpace` gives them. */
export function renameFeatures(island: Space, names: ReadonlyMap<string, string>): Space {
  const features = island.features.map((feature) => ({
    ...feature,
    name: names.get(feature.name) ?? feature.name,
  }));
  return { ...island, features };
}

/** The first category of which two islands with features of the same names list other values, or in another order. */
export function listsOtherValues(existing: Space, proposed: Space): string | null {
  const values = new Map(existing.features.map(({ name, categories }) => [name, categories]));
  const other = proposed.features.find(
    ({ name, categories }) => values.get(name)?.join("\n") !== categories.join("\n"),
  );
  return other?.name ?? null;
}

/**
 * The island that the first learnware of a feature space founds: the one that it brings, by an id
 * that follows from the features alone, so that it is the same in every dock and for every order
 * and spelling of the features. Two spaces may share an id by chance; `sameFeatureSpace` tells.
 */
export function foundFrom(proposed: Space): Space {
  return { ...proposed, id: spaceId(proposed), version: 1 };
}

/** Such as `age-area-floor-1f9a03cd`. */
function spaceId({ profile, features }: Encoding): string {
  const keys = features.map(featureKey).sort();
  const hash = fnv1a(JSON.stringify([profile, ...keys]))
    .toString(16)
    .padStart(8, "0");
  const words = features
    .map(({ name }) => plainLetters(standardName(apart(name).bare)))
    .filter((word) => word !== "")
    .sort();
  const slug = words.slice(0, 3).join("-").slice(0, 50).replace(/-$/, "");
  return `${slug || "island"}-${hash}`;
}

function plainLetters(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** Equal for two features if type, standard name and unit are. */
function featureKey({ type, name, unit }: SpaceFeature): string {
  const { bare, bracketed } = apart(name);
  if (bracketed === null || (unit !== undefined && unitKey(unit) !== unitKey(bracketed))) {
    return JSON.stringify([type, standardName(name), unitKey(unit ?? "")]);
  }
  return JSON.stringify([type, standardName(bare), unitKey(bracketed)]);
}

/** A name, and what stands in brackets at its end: "Weight (kg)" is "Weight" and "kg". */
function apart(name: string): { readonly bare: string; readonly bracketed: string | null } {
  const [, bare, bracketed] = /^(.*\S)\s*[([{（【]([^)\]}）】]+)[)\]}）】]\s*$/u.exec(name) ?? [];
  return bare === undefined || bracketed === undefined
    ? { bare: name, bracketed: null }
    : { bare, bracketed };
}

/** Case counts: mW is not MW. */
function unitKey(unit: string): string {
  return unit.normalize("NFKC").replace(/[\s^]+/g, "");
}

function shareValues(a: SpaceFeature, b: SpaceFeature): boolean {
  if (a.type !== "category") return true;
  const values = new Set(a.categories.map(categoryKey));
  const others = new Set(b.categories.map(categoryKey));
  let shared = 0;
  for (const value of others) if (values.has(value)) shared++;
  return shared > 0 && 2 * shared >= Math.min(values.size, others.size);
}
