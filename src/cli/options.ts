import { readFileSync } from "node:fs";

import { EngineError } from "../engine/ground/errors";
import { type FeatureMatch, Space } from "../engine/kinds/table/space/space";
import type { ReadTable } from "../engine/kinds/table/columns/typed-table";
import { EmbeddingSpace } from "../engine/specification/embedding/embedding-space";
import { kindOf } from "../engine/kinds/index";
import { joinedLines, leftOutLines } from "./match-lines";

/** @throws EngineError `bad_parameter` telling how the command is used. */
export function required(value: string | undefined, usage: string): string {
  if (value === undefined || value === "") throw new EngineError("bad_parameter", usage);
  return value;
}

/** @throws EngineError `bad_parameter` if the file is not an island. */
export function readIsland(path: string): Space {
  const document = parseJson(path);
  const parsed = Space.safeParse(document);
  if (parsed.success) return parsed.data;
  const other = EmbeddingSpace.safeParse(document);
  if (other.success) {
    const message = `${path} is a space of the kind "${other.data.kind}", which needs no file: an island of tables is meant here`;
    throw new EngineError("bad_parameter", message);
  }
  const [issue] = parsed.error.issues;
  throw new EngineError(
    "bad_parameter",
    `${path} is not an island: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`,
  );
}

/** Match a table's columns to an island, saying on standard error what was not found and what values were taken for. */
export function matchTable(
  island: Space,
  { profile }: Pick<ReadTable, "profile">,
): readonly FeatureMatch[] {
  const { placed, found, total, missing, leftOut } = kindOf(island).place(island, profile);
  const { columns } = profile;
  const lines = [...joinedLines(placed, columns), ...leftOutLines(island, leftOut, columns)];
  console.error([`${found} of ${total} features of "${island.name}" found`, ...lines].join("\n"));
  if (missing.length > 0) {
    console.error(`filled with the island's typical value: ${missing.join(", ")}`);
  }
  if (found === 0) {
    throw new EngineError(
      "bad_parameter",
      `the table has no column of the island "${island.name}"`,
    );
  }
  return placed;
}

/** @throws EngineError `bad_parameter` if the option has none of the values it can have. */
export function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found) return found;
  throw new EngineError("bad_parameter", `${option} is ${allowed.join(", ")}; got "${value}"`);
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new EngineError("bad_parameter", `${path} is not JSON`, {}, { cause });
  }
}
