import {
  censusIncome,
  flightDelays,
  houseSales,
  retailTurnover,
} from "../../src/cli/starter/markets";
import { features, measured, type StarterTable } from "../../src/cli/starter/recipe";

/** A table that is cut into domains: each of them makes a learnware, and has a user. */
export interface MarketPlan {
  readonly name: string;
  readonly table: StarterTable;
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

/** Those that take longest first. */
export const marketPlans: readonly MarketPlan[] = [
  { name: "walmart45", table: whole(weeklySales) },
  { name: "aus_retail", table: whole(retailTurnover) },
  { name: "nycflights_dest", table: whole(flightDelays) },
  { name: "kc_house70", table: whole(houseSales) },
  { name: "adult_occupation", table: whole({ ...censusIncome, splitColumn: "split" }) },
];
