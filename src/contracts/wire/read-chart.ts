/** @file A chart as it arrived, checked by hand: `ChartDocument` says the same, and takes thirty kilobytes of script. */

import type { Chart, ChartIsland, Lane, Water } from "../../engine/chart/chart";
import { AppError } from "../outcome";
import { bytesFromBase64 } from "./wire-rkme";

const FULL = 32_767;
const FARTHEST = 1e9;
const ISLAND_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
const LEARNWARE_ID = /^[a-z0-9][a-z0-9-]{0,127}$/;

/** @throws AppError `bad_input` naming what breaks the contract, or contradicts itself. */
export function readChart(raw: unknown): Chart {
  const document = fieldsOf(raw, "the chart");
  const islands = listOf(document, "islands").map(readIsland);
  return {
    islands,
    lanes: listOf(document, "lanes").map((lane) => readLane(lane, islands.length)),
    waters: listOf(document, "waters").map(readWater),
  };
}

function readIsland(raw: unknown): ChartIsland {
  const island = fieldsOf(raw, "an island");
  const ids = listOf(island, "ids").map((id) => matching(id, "ids", LEARNWARE_ID));
  const radius = numberOf(island, "radius", 0);
  if (radius === 0) throw wrong("radius");
  return {
    id: matching(island["id"], "id", ISLAND_ID),
    name: textOf(island["name"], "name", 120),
    x: numberOf(island, "x", -FARTHEST),
    y: numberOf(island, "y", -FARTHEST),
    radius,
    unit: numberOf(island, "unit", 0),
    tags: listOf(island, "tags", 30).map((tag) => textOf(tag, "tags", 100)),
    ids,
    places: placesOf(textOf(island["places"], "places", Infinity), ids.length, radius),
  };
}

function readLane(raw: unknown, islands: number): Lane {
  const lane = fieldsOf(raw, "a lane");
  return {
    from: indexOf(lane, "from", islands),
    to: indexOf(lane, "to", islands),
    count: indexOf(lane, "count", FARTHEST),
    shared: listOf(lane, "shared", 10).map((name) => textOf(name, "shared", 200)),
  };
}

function readWater(raw: unknown): Water {
  const water = fieldsOf(raw, "a water");
  return {
    tag: textOf(water["tag"], "tag", 100),
    x: numberOf(water, "x", -FARTHEST),
    y: numberOf(water, "y", -FARTHEST),
  };
}

/** What `chartToWire` made of places. */
function placesOf(wire: string, count: number, radius: number): Float32Array<ArrayBuffer> {
  const bytes = bytesFromBase64("places", wire);
  if (bytes.length !== 4 * count) throw wrong("places");
  const view = new DataView(bytes.buffer);
  const places = new Float32Array(2 * count);
  for (let i = 0; i < places.length; i++) {
    places[i] = (view.getInt16(2 * i, true) / FULL) * radius;
  }
  return places;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(raw: unknown, name: string): Fields {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) throw wrong(name);
  return Object.fromEntries(Object.entries(raw));
}

function listOf(fields: Fields, name: string, most = Infinity): readonly unknown[] {
  const list = fields[name];
  if (!Array.isArray(list) || list.length > most) throw wrong(name);
  return list;
}

function textOf(raw: unknown, name: string, most: number): string {
  if (typeof raw !== "string" || raw.length > most) throw wrong(name);
  return raw;
}

function matching(raw: unknown, name: string, form: RegExp): string {
  if (typeof raw !== "string" || !form.test(raw)) throw wrong(name);
  return raw;
}

function numberOf(fields: Fields, name: string, least: number): number {
  const number = fields[name];
  if (typeof number === "number" && number >= least && number <= FARTHEST) return number;
  throw wrong(name);
}

function indexOf(fields: Fields, name: string, below: number): number {
  const index = numberOf(fields, name, 0);
  if (!Number.isInteger(index) || index >= below) throw wrong(name);
  return index;
}

function wrong(name: string): AppError {
  return new AppError("bad_input", `${name} is not as the contract of charts has it`);
}
