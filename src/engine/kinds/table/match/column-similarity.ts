/** @file Whether a user's column may mean the same as a feature, when their names do not say so outright. */

import type { ColumnProfile } from "../columns/profile";
import { knownUnit, unitInName } from "./column-units";
import type { SpaceFeature } from "../space/space";
import { canPlay, hasKnown, valuesAs } from "./can-play";
import { isTelling, type Meaning, meaningOf, meaningSimilarity } from "./names/meanings";
import { areTelling } from "./values/same-values";
import { valueSimilarity } from "./values/value-similarity";

/** A column with what its name means, which is looked up once for all features. */
export interface ReadColumn {
  readonly profile: ColumnProfile;
  readonly meaning: Meaning;
  readonly unit: string | null;
}

/** A feature with what its names mean. */
export interface ReadFeature {
  readonly feature: SpaceFeature;
  readonly meanings: readonly Meaning[];
  readonly unit: string | null;
}

/** How alike a column and a feature are; each in [0, 1]. */
export interface ColumnSimilarity {
  /** Words and letters of the names; null if the column's name tells nothing. */
  readonly name: number | null;
  /** 1 if the type can hold the feature, else 0. */
  readonly type: number;
  /** The same unit 1, another one 0; null unless both are known. */
  readonly unit: number | null;
  /** Null where the values of either are not known. */
  readonly values: number | null;
  /** All of it: how sure it is that they are the same. */
  readonly overall: number;
}

/** What names count for beside values, where both are known. */
const NAME_SHARE = 0.7;
/** Values alone may look alike by chance; of two values there are too many columns to tell anything. */
const VALUES_ALONE = 0.65;
/** Another unit means another scale at least. */
const OTHER_UNIT = 0.7;
/** Names that say nothing the same are not made up for by values. */
export const LEAST_NAME = 0.4;
/** Only the same name makes a match sure. */
const MOST = 0.95;

export function readColumn(profile: ColumnProfile): ReadColumn {
  return { profile, meaning: meaningOf(profile.name), unit: unitInName(profile.name) };
}

const features = new WeakMap<SpaceFeature, ReadFeature>();

/** Made once of a feature, with which every table is compared. */
export function readFeature(feature: SpaceFeature): ReadFeature {
  const known = features.get(feature);
  if (known) return known;
  const unit = feature.unit === undefined ? unitInName(feature.name) : knownUnit(feature.unit);
  const meanings = [feature.name, ...feature.aliases].map(meaningOf);
  const read = { feature, meanings, unit };
  features.set(feature, read);
  return read;
}

/**
 * Compare a column with a feature by name, type, unit and the distribution of the values.
 *
 * @param name - How alike their names are, if that is known.
 */
export function columnSimilarity(
  column: ReadColumn,
  read: ReadFeature,
  name: number | null = nameLikeness(column, read),
): ColumnSimilarity {
  const joined = canPlay(column.profile, read.feature)
    ? valuesAs(column.profile, read.feature)
    : null;
  const type = joined && hasKnown(column.profile, read.feature, joined) ? 1 : 0;
  const unit = column.unit && read.unit ? Number(column.unit === read.unit) : null;
  const values = type > 0 ? valueSimilarity(column.profile, read.feature, joined ?? []) : null;
  const likeness =
    name === null
      ? VALUES_ALONE * (tellByValues(column.profile, read.feature) ? (values ?? 0) : 0)
      : nameAndValues(name, values) * (unit === 0 ? OTHER_UNIT : 1);
  return { name, type, unit, values, overall: type * Math.min(MOST, likeness) };
}

/** Whether values alone may tell that a column is a feature: yes and no, low and high are in many. */
function tellByValues(column: ColumnProfile, feature: SpaceFeature): boolean {
  if (feature.type === "boolean" || column.type === "boolean") return false;
  return feature.type === "number" || areTelling(feature.categories);
}

function nameLikeness({ meaning }: ReadColumn, { meanings }: ReadFeature): number | null {
  if (!isTelling(meaning)) return null;
  return Math.max(...meanings.map((other) => meaningSimilarity(meaning, other)));
}

function nameAndValues(name: number, values: number | null): number {
  if (name < LEAST_NAME) return 0;
  return values === null ? name : NAME_SHARE * name + (1 - NAME_SHARE) * values;
}
