/** @file What rows of the tables look like, and what they stand for: null where it is nothing that was let in. */

import { LearnwareCard, WireSpecification } from "../../../contracts/http/dock-api";
import { sketchLength } from "../../../contracts/wire/sketch-length";
import { Space } from "../../../engine/kinds/space-schema";
import { isWhole } from "../whole-rkme";
import { readBinaryRows } from "./binary-rows";
import type {
  Neighbour,
  Placed,
  Published,
  SpaceVersion,
  StoredSpecification,
} from "../learnware-store";

export interface VersionRow {
  number: number;
  document: unknown;
}

export interface CardRow {
  card: unknown;
}

/** The columns of `StoredSpecificationRow`, of a table called `s`. */
export const specificationColumns =
  "s.rows, s.cols, s.points, s.weights, s.row_count::float8 as row_count, s.radius_squared, s.self_product";

/** The columns of `PublishedRow`, of a table called `s`. */
export const publishedColumns =
  "s.published_version, s.published_rows, s.published_points, s.published_weights, s.published_radius";

interface PublishedRow {
  published_version: number | null;
  published_rows: number;
  published_points: Buffer;
  published_weights: Buffer;
  published_radius: number;
}

interface StoredSpecificationRow {
  rows: number;
  cols: number;
  points: Buffer;
  weights: Buffer;
  row_count: number;
  radius_squared: number;
  self_product: number;
}

export interface NeighbourRow {
  number: string;
  version: number;
  id: string;
  target: string;
  covered_by: string | null;
  distance: number;
  self: number;
}

export type VersionedSpecification = StoredSpecification & Pick<Neighbour, "version">;

export interface PlacedRow extends StoredSpecificationRow, PublishedRow {
  number: string;
  version: number;
  id: string;
  task: LearnwareCard["task"];
  target: string;
  covered_by: string | null;
  numbers: string;
}

export interface WireRow extends StoredSpecificationRow {
  id: string;
}

export function toSpace({ number, document }: VersionRow): SpaceVersion | null {
  const { data: definition } = Space.safeParse(document);
  return definition ? { number, definition } : null;
}

export function toCard({ card }: CardRow): LearnwareCard | null {
  return LearnwareCard.safeParse(card).data ?? null;
}

function toSpecification(row: StoredSpecificationRow): StoredSpecification {
  return {
    rows: row.rows,
    cols: row.cols,
    points: row.points,
    weights: row.weights,
    rowCount: row.row_count,
    radiusSquared: row.radius_squared,
    selfProduct: row.self_product,
  };
}

/** A query for `Sql.copyOut`, whose answer `toSpecifications` takes. */
export function binarySpecifications(space: number, numbers: readonly string[]): string {
  return `select number, version, rows, cols, row_count, radius_squared, self_product, points, weights
    from specification_${space} where number = any('{${numbers.join()}}')`;
}

/** By the numbers of their learnwares. */
export function toSpecifications(bytes: Uint8Array): Map<string, VersionedSpecification> {
  const types = ["int8", "int4", "int4", "int4", "int8", "float8", "float8"] as const;
  const found = readBinaryRows([...types, "bytea", "bytea"], bytes);
  return new Map(
    found.map(([number, version, rows, cols, rowCount, radiusSquared, self, points, weights]) => [
      number,
      {
        ...{ version, rows, cols, points, weights, radiusSquared },
        ...{ rowCount: Number(rowCount), selfProduct: self },
      },
    ]),
  );
}

export function toNeighbour(row: NeighbourRow, specification: VersionedSpecification): Neighbour {
  return {
    ...specification,
    number: row.number,
    id: row.id,
    target: row.target,
    coveredBy: row.covered_by,
    squaredDistance: row.distance ** 2,
    sketchSelf: row.self,
  };
}

export function toPlaced({ definition }: SpaceVersion, row: PlacedRow): Placed {
  return {
    ...toSpecification(row),
    number: row.number,
    version: row.version,
    id: row.id,
    task: row.task,
    target: row.target,
    coveredBy: row.covered_by,
    sketch: fromVector(row.numbers, sketchLength(definition)),
    published: toPublished(row),
  };
}

function toPublished(row: PlacedRow): Published | null {
  if (row.published_version === null) return null;
  return {
    spaceVersion: row.published_version,
    rows: row.published_rows,
    cols: row.cols,
    points: row.published_points,
    weights: row.published_weights,
    radiusSquared: row.published_radius,
  };
}

export function toWire(
  { definition: island }: SpaceVersion,
  row: WireRow,
): WireSpecification | null {
  if (!isWhole(toSpecification(row), island)) return null;
  const { rows, cols, row_count: rowCount } = row;
  const [points, weights] = [row.points.toString("base64"), row.weights.toString("base64")];
  const wire: WireSpecification = {
    id: row.id,
    spaceId: island.id,
    spaceVersion: island.version,
    rkme: island.book
      ? { book: island.book.sha256, weights, rowCount }
      : { rows, cols, points, weights, kernel: island.kernel, rowCount },
    radiusSquared: row.radius_squared,
  };
  return WireSpecification.safeParse(wire).data ?? null;
}

/** Numbers as pgvector reads them. */
export function toVector(numbers: Float32Array): string {
  return `[${numbers.join(",")}]`;
}

function fromVector(text: string, count: number): Float32Array {
  const numbers = Float32Array.from(text.slice(1, -1).split(","), Number);
  if (numbers.length !== count) throw new Error("a sketch has a wrong length");
  return numbers;
}
