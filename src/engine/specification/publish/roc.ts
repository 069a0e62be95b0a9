/** @file How well a score tells members from others. */

/**
 * The area under the ROC curve: the chance that a member has a higher score than another; ties count half.
 *
 * @param members - Ascending.
 * @param others - Ascending.
 * @returns In [0, 1]: 0.5 when the score says nothing, 1 when it always tells.
 */
export function areaUnderCurve(members: Float64Array, others: Float64Array): number {
  let higher = 0;
  let level = 0;
  let first = 0; // Of the others that are no lower than this member.
  let last = 0; // After the others that are level with it.
  for (const score of members) {
    while (first < others.length && others[first]! < score) first++;
    last = Math.max(last, first);
    while (last < others.length && !(others[last]! > score)) last++;
    higher += first;
    level += last - first;
  }
  return (higher + level / 2) / (members.length * others.length);
}

/**
 * The share of members that are found when so many of the others may be taken for members.
 *
 * Source: Carlini, Chien, Nasr, Song, Terzis, Tramèr, "Membership Inference Attacks From First
 * Principles", IEEE S&P 2022: what an attack on single people is worth, which an average hides.
 *
 * @param members - Ascending.
 * @param others - Ascending, one or more.
 * @param falsePositives - The share of others, in [0, 1).
 * @returns In [0, 1]: about `falsePositives` when the score says nothing.
 */
export function truePositiveRate(
  members: Float64Array,
  others: Float64Array,
  falsePositives: number,
): number {
  const allowed = Math.floor(falsePositives * others.length);
  const threshold = others[others.length - 1 - allowed]!;
  let found = 0;
  while (found < members.length && members[members.length - 1 - found]! > threshold) found++;
  return found / members.length;
}
