/** @file Three made-up tables for a first try: every number comes from a seeded generator. */

import { normal, type Random, seededRandom } from "../../../engine/ground/random";

type Cell = string | number;
type Row = Record<string, Cell>;

/** The sample tables as CSV, by file name. The same every time. */
export function tableSamples(): Record<string, string> {
  return {
    "house-sales.csv": csv(600, 1, house),
    "flights.csv": csv(900, 2, flight),
    "wine-quality.csv": csv(1500, 3, wine),
  };
}

function csv(count: number, seed: number, make: (random: Random, index: number) => Row): string {
  const random = seededRandom(seed);
  const rows = Array.from({ length: count }, (_, i) => make(random, i));
  const header = Object.keys(rows[0]!);
  const lines = [header, ...rows.map((row) => header.map((key) => row[key]!))];
  return lines.map((cells) => `${cells.map(quote).join(",")}\n`).join("");
}

function quote(cell: Cell): string {
  const text = String(cell);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A house in an invented neighbourhood of family homes. */
function house(random: Random, index: number): Row {
  const bedrooms = pick(random, [2, 3, 3, 3, 4, 4, 5]);
  const living = Math.round((500 + bedrooms * 430 + 380 * normal(random)) / 10) * 10;
  const area = Math.max(620, living);
  const basement = random() < 0.4 ? Math.round((area * (0.15 + 0.25 * random())) / 10) * 10 : 0;
  const built = Math.round(1935 + 75 * random());
  const lot = Math.round(4200 + 4500 * random() ** 2 + area * random());
  return {
    Listing: `H-${1000 + index}`,
    "Sale month": 5 + Math.floor(12 * random()),
    Bedrooms: bedrooms,
    Bathrooms: Math.max(1, Math.round((0.6 * bedrooms + 0.35 * normal(random)) * 4) / 4),
    "Living area (sqft)": random() < 0.02 ? "" : area,
    "Lot size (sqft)": random() < 0.02 ? "" : lot,
    Floors: pick(random, [1, 1, 1.5, 2, 2]),
    Waterfront: random() < 0.01 ? 1 : 0,
    View: pick(random, [0, 0, 0, 0, 0, 0, 1, 2, 3]),
    Condition: pick(random, [3, 3, 3, 4, 4, 5]),
    Grade: Math.min(11, Math.max(5, Math.round(5.3 + area / 900 + 0.5 * normal(random)))),
    "Sqft above": area - basement,
    "Sqft basement": basement,
    "Year built": built,
    "Year renovated": random() < 0.05 ? Math.min(2015, built + 30) : 0,
    Latitude: (47.56 + 0.035 * normal(random)).toFixed(4),
    Longitude: (-122.32 + 0.03 * normal(random)).toFixed(3),
    "Living area of neighbours": Math.max(
      700,
      Math.round((0.6 * area + 800 + 200 * normal(random)) / 10) * 10,
    ),
    "Lot size of neighbours": Math.round(0.5 * lot + 2600 + 900 * random()),
    Note: pick(random, ["", "", "corner plot", "quiet street, near a school", 'needs "some love"']),
  };
}

/** A flight from New York to an invented city in the middle of the country. */
function flight(random: Random, index: number): Row {
  const origin = pick(random, ["JFK", "LGA", "LGA", "EWR", "EWR"]);
  const distance = { JFK: 1026, LGA: 1010, EWR: 996 }[origin]!;
  const late =
    random() < 0.3 ? Math.round(-30 * Math.log(1 - random())) : Math.round(-4 + 5 * normal(random));
  return {
    flight: `B${200 + (index % 40)}`,
    month: 1 + Math.floor(12 * random()),
    weekday: 1 + Math.floor(7 * random()),
    "scheduled hour": (6 + Math.floor(60 * random()) / 4).toFixed(2),
    from_JFK: Number(origin === "JFK"),
    from_LGA: Number(origin === "LGA"),
    from_EWR: Number(origin === "EWR"),
    distance,
    "air time": Math.round(distance / 7.3 + 9 * normal(random)),
    "departure delay": late,
    airline: pick(random, ["UA", "AA", "DL", "EV", "MQ"]),
  };
}

/** A red wine from an invented cellar. */
function wine(random: Random): Row {
  const alcohol = Math.max(8.6, 10.4 + normal(random));
  const sugar = Math.max(1.2, 2.4 + 0.7 * normal(random));
  const free = Math.max(3, Math.round(16 + 8 * normal(random)));
  return {
    "fixed acidity": (8.2 + 1.4 * normal(random)).toFixed(1),
    "volatile acidity": Math.max(0.15, 0.52 + 0.16 * normal(random)).toFixed(2),
    "citric acid": Math.max(0, 0.27 + 0.18 * normal(random)).toFixed(2),
    "residual sugar": sugar.toFixed(1),
    chlorides: Math.max(0.03, 0.083 + 0.02 * normal(random)).toFixed(3),
    "free sulfur dioxide": free,
    "total sulfur dioxide": Math.round(free * (2 + 1.5 * random())),
    density: (0.9967 - 0.0009 * (alcohol - 10.4) + 0.0009 * normal(random)).toFixed(4),
    pH: (3.31 + 0.15 * normal(random)).toFixed(2),
    sulphates: Math.max(0.35, 0.65 + 0.14 * normal(random)).toFixed(2),
    alcohol: alcohol.toFixed(1),
  };
}

function pick<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!;
}
