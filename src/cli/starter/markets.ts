import { feature, features, measured, type StarterTable } from "./recipe";

/** Zip codes without a learnware: users of the market benchmark. */
const HELD_OUT_ZIPS = [
  "98005", "98010", "98023", "98033", "98052", "98070", "98103", "98118", "98126", "98136",
  "98168", "98199",
]; // prettier-ignore

export const houseSales: StarterTable = {
  file: "markets/kc_house70.csv.gz",
  island: {
    id: "house-sales",
    name: "House sales",
    description:
      "Houses sold in and around Seattle, one row per sale: size, quality, age and place.",
    features: [
      feature("sale_month", "month", "month sold"),
      feature("bedrooms", "beds", "number of bedrooms"),
      feature("bathrooms", "baths", "number of bathrooms"),
      measured(
        "sqft_living",
        "sq ft",
        "living area",
        "square feet living",
        "living space",
        "house size",
      ),
      measured("sqft_lot", "sq ft", "lot size", "lot area", "land area", "plot size"),
      feature("floors", "storeys", "stories", "number of floors"),
      feature("waterfront", "at the water", "sea front"),
      feature("view", "view quality", "view score"),
      feature("condition", "condition score", "overall condition"),
      feature("grade", "building grade", "overall quality", "quality grade"),
      measured("sqft_above", "sq ft", "area above ground", "square feet above ground"),
      measured("sqft_basement", "sq ft", "basement area", "basement size"),
      feature("yr_built", "year built", "construction year", "built"),
      feature("yr_renovated", "year renovated", "renovation year", "renovated"),
      measured("lat", "°", "latitude"),
      measured("long", "°", "longitude"),
      measured("sqft_living15", "sq ft", "living area of neighbours", "neighbours living area"),
      measured("sqft_lot15", "sq ft", "lot size of neighbours", "neighbours lot size"),
    ],
  },
  target: measured("price_k", "thousand US$"),
  task: "regression",
  licence: "CC0-1.0",
  source: "King County house sales 2014–15 (King County public records; listed as CC0)",
  scenario: ["Business", "Architecture"],
  title: "House prices in zip code {domain}",
  about:
    "Predicts the sale price of a house in thousand US dollars. Trained on sales in zip code {domain} (King County, Washington) in 2014 and 2015.",
  domainColumn: "zipcode",
  heldOut: HELD_OUT_ZIPS,
  fewestRows: 100,
};

export const retailTurnover: StarterTable = {
  file: "markets/aus_retail.csv.gz",
  island: {
    id: "retail-turnover",
    name: "Monthly retail turnover",
    description:
      "Monthly turnover of one branch of retail in one region, described by the calendar and by the turnover of earlier months (lags).",
    features: [
      feature("month", "month of year"),
      feature("year"),
      feature("days_in_month", "number of days"),
      ...["lag_1", "lag_2", "lag_3", "lag_6", "lag_11", "lag_12", "lag_13", "lag_24"].map((name) =>
        measured(name, "million A$", name.replace("lag_", "turnover lag ")),
      ),
      measured("mean_12", "million A$", "mean of last 12 months", "turnover mean 12"),
      feature("growth_12", "growth over 12 months", "turnover growth 12"),
    ],
  },
  target: measured("Turnover", "million A$"),
  task: "regression",
  licence: "CC-BY-4.0",
  source: "Australian Bureau of Statistics, Retail Trade, cat. 8501.0 (CC BY 4.0)",
  scenario: ["Business"],
  title: "Retail turnover: {domain}",
  about:
    "Predicts the retail turnover of the month in million Australian dollars from the months before. Trained on the series {domain} up to 2014.",
  domainColumn: "series",
  everyNthDomain: 4,
  fewestRows: 100,
  splitColumn: "split",
};

export const flightDelays: StarterTable = {
  file: "markets/nycflights_dest.csv.gz",
  island: {
    id: "flight-delays",
    name: "Flights from New York",
    description:
      "Flights leaving the three airports of New York, one row per flight: when it was to leave, from where, how far, how late it left.",
    features: [
      feature("month"),
      feature("weekday", "day of week"),
      measured("sched_hour", "h", "scheduled hour", "scheduled departure hour"),
      feature("from_JFK", "jfk"),
      feature("from_LGA", "lga", "la guardia"),
      feature("from_EWR", "ewr", "newark"),
      measured("distance", "miles", "flight distance"),
      measured("air_time", "min", "flight time", "minutes in the air"),
      measured("dep_delay", "min", "departure delay"),
      feature("carrier", "airline"),
    ],
  },
  target: measured("arr_delay", "min"),
  task: "regression",
  licence: "CC0-1.0",
  source: "US Bureau of Transportation Statistics, flights 2013 (public domain)",
  scenario: ["Traffic"],
  title: "Arrival delay of flights to {domain}",
  about:
    "Predicts how many minutes late a flight from New York arrives (negative: early). Trained on flights to {domain} in 2013.",
  domainColumn: "dest",
  heldOut: ["BWI", "DEN", "MSY", "PIT", "SFO", "STL"],
};

export const censusIncome: StarterTable = {
  file: "markets/adult_occupation.csv.gz",
  island: {
    id: "census-income",
    name: "Census: people at work",
    description:
      "Answers of people in the 1994 US census: age, schooling, family and hours of work.",
    features: [
      feature("age"),
      feature("workclass", "employer type", "class of worker"),
      feature("education_num", "education years", "years of education", "schooling"),
      feature("marital_status"),
      feature("relationship", "family role"),
      feature("sex", "gender"),
      measured("capital_gain", "US$"),
      measured("capital_loss", "US$"),
      measured("hours_per_week", "h", "weekly hours", "working hours"),
    ],
  },
  target: feature("income"),
  task: "classification",
  licence: "CC-BY-4.0",
  source: "UCI Adult, 1994 US census (CC BY 4.0)",
  scenario: ["Financial", "Politics"],
  title: "Income of people in {domain}",
  about:
    "Predicts whether a person earned more than 50,000 US dollars a year in 1994. Trained on people with the occupation {domain}. Old data, for study: do not decide about people with it.",
  domainColumn: "occupation",
  heldOut: ["Sales", "Tech-support"],
  fewestRows: 300,
};

export const wineQuality: readonly StarterTable[] = (["red", "white"] as const).map((colour) => ({
  file: `uci/winequality_${colour}.csv`,
  island: {
    id: "wine-quality",
    name: "Wine quality",
    description: "Laboratory measurements of Portuguese vinho verde, one row per wine.",
    features: features(
      "fixed_acidity", "volatile_acidity", "citric_acid", "residual_sugar", "chlorides",
      "free_sulfur_dioxide", "total_sulfur_dioxide", "density", "pH", "sulphates", "alcohol",
    ), // prettier-ignore
  },
  target: feature("quality"),
  task: "regression" as const,
  licence: "CC-BY-4.0",
  source: "UCI Wine Quality (CC BY 4.0)",
  scenario: ["Agriculture", "Industry"],
  title: `Quality of ${colour} wine`,
  about: `Predicts the quality that tasters give a ${colour} wine (0 to 10) from its chemistry.`,
}));
