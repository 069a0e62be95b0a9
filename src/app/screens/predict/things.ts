import type { KindName } from "../../../engine/ground/kind-name";
import type { Format } from "../../words/format";
import type { MappingStep } from "./match/mapping.svelte";
import type { TableStep } from "./columns/table.svelte";
import { isOfTexts } from "./own/targets";

/** What is described and predicted, as sentences need it. */
export interface Things {
  readonly kind: KindName;
  readonly one: string;
  readonly many: string;
  /** For example "1 row" and "2 texts". */
  readonly counted: (count: number) => string;
}

/** 要描述和预测的东西。 */
export interface ChineseThings {
  readonly kind: KindName;
  readonly one: string;
  /** 量词，表格的行自成量词。 */
  readonly unit: string;
  readonly each: string;
  readonly by: string;
  readonly counted: (count: number) => string;
}

const ENGLISH: Readonly<Record<KindName, readonly [one: string, many: string]>> = {
  table: ["row", "rows"],
  text: ["text", "texts"],
  image: ["picture", "pictures"],
};

const CHINESE: Readonly<Record<KindName, Omit<ChineseThings, "kind" | "counted">>> = {
  table: { one: "行", unit: "行", each: "每一行", by: "逐行" },
  text: { one: "文本", unit: "段文本", each: "每段文本", by: "逐段" },
  image: { one: "图片", unit: "张图片", each: "每张图片", by: "逐张" },
};

export function englishThings(f: Format, kind: KindName): Things {
  const [one, many] = ENGLISH[kind];
  return { kind, one, many, counted: (count) => f.counted(count, one, many) };
}

export function chineseThings(f: Format, kind: KindName): ChineseThings {
  const things = CHINESE[kind];
  return { kind, ...things, counted: (count) => `${f.integer(count)} ${things.unit}` };
}

/** What kind of data is open, as far as it is known. */
export function kindIn({
  table: { table },
  mapping,
}: {
  readonly table: Pick<TableStep, "table">;
  readonly mapping: Pick<MappingStep, "chosen" | "state">;
}): KindName {
  if (table?.profile.format === "pictures") return "image";
  return mapping.chosen && isOfTexts(mapping) ? "text" : "table";
}
