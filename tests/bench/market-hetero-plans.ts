import { existsSync } from "node:fs";
import { join } from "node:path";

import { censusIncome, flightDelays, houseSales } from "../../src/cli/starter/markets";
import { features, measured, type StarterTable } from "../../src/cli/starter/recipe";

/** A market whose learnwares know some columns of a table, and whose users have others. */
export interface HeteroPlan {
  readonly name: string;
  /** Of an island as it is shipped, with the other names of its features. */
  readonly table: StarterTable;
  /** Features that the learnwares are trained on. */
  readonly learned: readonly string[];
  /** The users' columns: what they are called in the table, and what the user calls them. */
  readonly had: Readonly<Record<string, string>>;
}

/** Not among the starters: its licence does not let anyone ship what was made from it. */
const weeklySales: StarterTable = {
  file: "markets/walmart45.csv.gz",
  island: {
    id: "weekly-sales",
    name: "Weekly sales",
    description: "Sales of one department of a store in a week, with sales of earlier weeks.",
    features: features(
      "Size", "type_A", "type_B", "Dept", "week_of_year", "month", "is_holiday", "next_holiday",
      "Temperature", "Fuel_Price", "CPI", "Unemployment",
      "markdown_1", "markdown_2", "markdown_3", "markdown_4", "markdown_5",
      "lag_1", "lag_2", "lag_3", "lag_4", "lag_8", "lag_13", "lag_26", "lag_52",
      "mean_4", "mean_13", "std_13", "store_total_lag_1", "dept_mean_lag_1", "dept_mean_lag_52",
    ), // prettier-ignore
  },
  target: measured("sales_k", "thousand US$"),
  task: "regression",
  licence: "Others",
  source: "Walmart Recruiting (Kaggle); internal benchmarking only",
  scenario: ["Business"],
  title: "Weekly sales of store {domain}",
  about: "Predicts the weekly sales of one department in thousand US dollars.",
  domainColumn: "Store",
  splitColumn: "split",
};

/** Every domain of a table, where the starter leaves some out. */
function whole(table: StarterTable): StarterTable {
  return { ...table, heldOut: [], everyNthDomain: 1, fewestRows: 100 };
}

/** The users' names are what a person may well write; no island lists them among its other names. */
const spaces: Readonly<Record<string, Pick<HeteroPlan, "learned" | "had">>> = {
  // Size, quality and calendar against half of the size, half of the quality, and place.
  kc_house70: {
    learned: [
      "sale_month", "bedrooms", "bathrooms", "sqft_living", "sqft_lot", "floors", "waterfront", "view",
      "condition", "grade", "sqft_above", "sqft_basement", "yr_built", "yr_renovated", "sqft_living15", "sqft_lot15",
    ], // prettier-ignore
    had: {
      bedrooms: "sleeping rooms",
      bathrooms: "washrooms",
      sqft_living: "interior_area_sqft",
      sqft_lot: "parcel area (sq ft)",
      floors: "levels",
      grade: "construction rating",
      yr_built: "construction_yr",
      lat: "geo_lat",
      long: "geo_long",
    },
  },
  // Plan and flight against the flight without its time in the air, part of the plan, and origin.
  nycflights_dest: {
    learned: ["month", "weekday", "sched_hour", "distance", "air_time", "dep_delay"],
    had: {
      weekday: "day of wk",
      sched_hour: "planned hr",
      distance: "mileage",
      dep_delay: "minutes late at takeoff",
      from_JFK: "JFK",
      from_LGA: "LGA",
      carrier: "operator",
    },
  },
  // Eight answers of a census against four of them, and three others.
  adult_occupation: {
    learned: [
      "age", "workclass", "education_num", "marital_status", "relationship", "capital_gain", "capital_loss",
      "hours_per_week",
    ], // prettier-ignore
    had: {
      age: "年龄",
      education_num: "schooling_number",
      marital_status: "marriage status",
      hours_per_week: "hrs worked weekly",
      sex: "sex",
      race: "race",
      native_country: "country",
    },
  },
  // Store and lags against a few lags, the store's size, and the calendar.
  walmart45: {
    learned: [
      "Size", "type_A", "type_B", "Dept", "lag_1", "lag_2", "lag_3", "lag_4", "lag_8", "lag_13", "lag_26", "lag_52",
      "mean_4", "mean_13", "std_13", "store_total_lag_1", "dept_mean_lag_1", "dept_mean_lag_52",
    ], // prettier-ignore
    had: {
      Size: "store surface",
      lag_1: "previous_1",
      lag_2: "previous_2",
      lag_52: "previous_52",
      mean_4: "average 4",
      week_of_year: "week",
      is_holiday: "holiday",
      Temperature: "temp",
    },
  },
};

const tables: readonly (readonly [string, StarterTable])[] = [
  ["walmart45", { ...weeklySales }],
  ["nycflights_dest", flightDelays],
  ["kc_house70", houseSales],
  ["adult_occupation", { ...censusIncome, splitColumn: "split" }],
];

/** Of the markets that lie in a folder those for whose users a person has thought of other names. */
export function heteroPlans(data: string): HeteroPlan[] {
  return tables.flatMap(([name, table]) =>
    existsSync(join(data, table.file)) ? { name, table: whole(table), ...spaces[name]! } : [],
  );
}
