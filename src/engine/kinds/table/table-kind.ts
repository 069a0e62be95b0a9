import type { DataKind } from "../kind";
import type { Table } from "./columns/column";
import type { TableProfile } from "./columns/profile";
import { matchIsland } from "./match/match";
import { type EncodedRows, ownColumns, readRows } from "./rows/table-rows";
import { columnsOf, encodeRows } from "./space/encode";
import { estimateIsland } from "./space/estimate";
import { widthOf } from "./space/encoded-width";
import { type FeatureMatch, Space } from "./space/space";
import { probesOf } from "./space/probes";
import { rescale } from "./space/rescale";
import { foundFrom, listsOtherValues, renameFeatures, sameFeatureSpace } from "./space/same-space";
import { matrixInput } from "../../learnware/model-input";

export type TableKind = DataKind<
  Table,
  Pick<TableProfile, "columns">,
  Space,
  readonly FeatureMatch[],
  EncodedRows
>;

/** Rows of named columns. A space is named features, each with a centre and a scale; a model takes some of them. */
export const tableKind: TableKind = {
  name: "table",
  space: Space,
  dimension: widthOf,
  place(space, { columns }) {
    const { matches, matched, total, details } = matchIsland(space, columns);
    const missing = details.flatMap(({ feature, column }) => (column === null ? feature : []));
    const leftOut = details.flatMap((detail) =>
      detail.leftOut === undefined ? [] : [{ feature: detail.feature, column: detail.leftOut }],
    );
    return { placed: matches, found: matched, total, missing, leftOut };
  },
  points: (table, { space, placed }) => encodeRows(table, space, placed, { scaled: true }),
  described: () => null,
  rows(table, { space, placed }, choice, answers) {
    const own = answers === undefined ? null : ownColumns(table, answers);
    return readRows(table, space, placed, own, choice);
  },
  inputs: (encoded, space, { input, features }) => [
    matrixInput(input, columnsOf(encoded, space, features)),
  ],
  life: {
    found: foundFrom,
    same(existing, proposed) {
      const names = sameFeatureSpace(existing, proposed);
      if (!names) return null;
      const renamed = renameFeatures(proposed, names);
      const other = listsOtherValues(existing, renamed);
      const problem =
        other === null
          ? null
          : `the island lists other values of ${JSON.stringify(other)}; train on its list`;
      return { space: { ...renamed, id: existing.id }, names, problem };
    },
    estimate: estimateIsland,
    takesBook: ({ profile }) => profile === "berth", // Weights of the Python package may be negative.
    rescale,
  },
  packaging: {
    checkModel(space, { features }) {
      const known = new Set(space.features.map(({ name }) => name));
      const unknown = features.find((name) => !known.has(name));
      return unknown === undefined ? null : `the island has no feature ${JSON.stringify(unknown)}`;
    },
    probes: probesOf,
  },
};
