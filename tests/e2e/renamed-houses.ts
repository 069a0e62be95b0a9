import { readFileSync } from "node:fs";
import { join } from "node:path";

import Papa from "papaparse";

/** What the owner of the file calls the columns of the house sample; those left out the file does not have. */
const NAMES: Readonly<Record<string, string>> = {
  Listing: "Listing",
  "Sale month": "transaction month",
  Bedrooms: "sleeping rooms",
  Bathrooms: "washrooms",
  "Living area (sqft)": "interior space",
  "Lot size (sqft)": "parcel surface",
  Floors: "levels",
  Waterfront: "lakefront",
  View: "panorama",
  Condition: "state of repair",
  Grade: "构造评级",
  "Sqft basement": "cellar surface",
  "Year built": "construction finished yr",
  "Year renovated": "refurbished in yr",
  Latitude: "纬度 (deg)",
  Longitude: "经度 (deg)",
};

/** Names that must never be seen outside the tab. */
export const privateNames = ["washrooms", "parcel", "panorama", "refurbished", "构造评级"];

/** House sales whose columns have names that no island knows, without three columns that models need. */
export function renamedHouses(): { name: string; text: string; header: string[]; rows: number } {
  const sample = readFileSync(
    join(import.meta.dirname, "../../public/samples/house-sales.csv"),
    "utf8",
  );
  const [header, ...rows] = Papa.parse<string[]>(sample, { skipEmptyLines: true }).data;
  const kept = header!.flatMap((name, at) => (name in NAMES ? at : []));
  const names = kept.map((at) => NAMES[header![at]!]!);
  const text = Papa.unparse([names, ...rows.map((row) => kept.map((at) => row[at]))]);
  return { name: "objects.csv", text, header: names, rows: rows.length };
}
