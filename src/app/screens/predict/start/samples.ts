/** Synthetic tables to try Berth with. */
export const SAMPLES = [
  { file: "house-sales.csv", en: "House sales", zh: "房屋销售" },
  { file: "flights.csv", en: "Flights", zh: "航班" },
  { file: "wine-quality.csv", en: "Wine quality", zh: "葡萄酒品质" },
] as const;
