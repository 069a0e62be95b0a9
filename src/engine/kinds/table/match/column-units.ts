/** Units in column names and in features, by the one spelling that they are compared in. */
const UNITS: ReadonlyMap<string, string> = new Map(
  [
    "ft2 sqft sq.ft squarefeet squarefoot 平方英尺",
    "m2 m² sqm squaremetres squaremeters 平方米 平米",
    "ft feet foot 英尺",
    "m metre metres meter meters 米",
    "km kilometre kilometres kilometer kilometers 公里 千米",
    "mi mile miles 英里",
    "kg kilogram kilograms 公斤 千克",
    "g gram grams 克",
    "lb lbs pound pounds 磅",
    "h hour hours hr hrs 小时",
    "min mins minute minutes 分钟",
    "s sec secs second seconds 秒",
    "c °c celsius 摄氏度",
    "f °f fahrenheit 华氏度",
    "° deg degree degrees 度",
    "% percent pct",
    "us$ $ usd dollar dollars 美元",
    "€ eur euro euros 欧元",
    "¥ cny rmb yuan 元 人民币",
  ].flatMap((line) => {
    const spellings = line.split(" ");
    return spellings.map((spelling) => [spelling, spellings[0]!] as const);
  }),
);

/** Units that are words of other meanings too, so that only brackets make them units. */
const AMBIGUOUS = new Set(["c", "f", "g", "h", "m", "s", "min", "second", "元", "度", "米"]);

/** The unit that a column's name states, in brackets or as its last word; null if none is known. */
export function unitInName(name: string): string | null {
  const bracketed = /[([{（【]([^)\]}）】]+)[)\]}）】]\s*$/u.exec(name)?.[1];
  if (bracketed !== undefined) return knownUnit(bracketed);
  const words = name.toLowerCase().split(/[\s_.-]+/u);
  const last = words.at(-1) ?? "";
  const lastTwo = words.slice(-2).join("");
  if (words.length < 2 || AMBIGUOUS.has(last)) return null;
  return UNITS.get(lastTwo) ?? UNITS.get(last) ?? null;
}

/** A unit in its one spelling; null if it is not known. */
export function knownUnit(text: string): string | null {
  return (
    UNITS.get(
      text
        .normalize("NFC")
        .toLowerCase()
        .replace(/[\s^]+/g, ""),
    ) ?? null
  );
}
