/** @file The kinds of data that there are. Nothing else names one. */

import type { KindName } from "../ground/kind-name";
import { imageKind, type ImageKind } from "./image/image-kind";
import type { DataKind } from "./kind";
import type { Space } from "./space";
import { tableKind, type TableKind } from "./table/table-kind";
import { textKind, type TextKind } from "./text/text-kind";

type Some = ImageKind | TableKind | TextKind;

type Data = Parameters<Some["points"]>[0];
type Profile = Parameters<Some["place"]>[1];
type Placed = ReturnType<Some["place"]>["placed"];
/** What inputs of models are made from. */
export type Fed = Parameters<Some["inputs"]>[0];

/** A kind as whoever does not know which it is calls it: with data, a space and a place of one kind. */
export type AnyKind = DataKind<Data, Profile, Space, Placed, Fed>;

const kinds: Readonly<Record<KindName, AnyKind>> = {
  image: imageKind,
  table: tableKind,
  text: textKind,
};

/** The kind of a space, a learnware or data; what does not say is of a table. */
export function kindOf({
  kind = "table",
}: {
  readonly kind?: KindName;
  readonly id: string;
}): AnyKind {
  return kinds[kind];
}
