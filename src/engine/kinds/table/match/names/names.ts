import { withoutSynonyms } from "./synonyms";

/** What people shorten in column names, spelled out. Ids of islands come from these: others are synonyms. */
const ABBREVIATIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amt: "amount",
    avg: "mean",
    average: "mean",
    baths: "bathroom",
    bath: "bathroom",
    beds: "bedroom",
    bed: "bedroom",
    bedrm: "bedroom",
    cnt: "count",
    conc: "concentration",
    dest: "destination",
    dep: "departure",
    arr: "arrival",
    dist: "distance",
    edu: "education",
    hr: "hour",
    hrs: "hour",
    lat: "latitude",
    len: "length",
    lng: "longitude",
    lon: "longitude",
    long: "longitude",
    max: "maximum",
    min: "minimum",
    mins: "minute",
    mon: "month",
    no: "number",
    nr: "number",
    num: "number",
    pct: "percent",
    perc: "percent",
    qty: "quantity",
    sched: "scheduled",
    sqft: "square foot",
    sq: "square",
    feet: "foot",
    ft: "foot",
    std: "deviation",
    temp: "temperature",
    tot: "total",
    vol: "volume",
    wk: "week",
    wks: "week",
    wt: "weight",
    yr: "year",
    yrs: "year",
  }),
);

/** Words that do not tell one column from another. */
const FILLERS = new Set(["of", "the", "in", "a", "an", "per", "and", "for", "to", "is"]);

/** The words that tell a column name from another: all of them where each is a filler, as in "a" and "to". */
export function nameWords(name: string): string[] {
  const words = allWords(name).filter((word) => !FILLERS.has(word));
  if (words.length > 0) return withoutSynonyms(words);
  return standardName(name)
    .split(" ")
    .filter((word) => word !== "");
}

/**
 * The words of a column name in a standard form: lower case, camelCase and separators split,
 * plurals and common abbreviations undone.
 */
function allWords(name: string): string[] {
  // As most are; the rest below takes five times as long.
  if (/^[a-z _]*$/.test(name)) return standardWords(name.split(/[ _]+/));
  const words = name
    .normalize("NFKC")
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replace(/#/g, " number ")
    .replace(/%/g, " percent ")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((word) => word.split(/(?<=\p{L})(?=\d)|(?<=\d)(?=\p{L})/u));
  return standardWords(words);
}

function standardWords(words: readonly string[]): string[] {
  return words
    .flatMap((word) => (ABBREVIATIONS.get(word) ?? singular(word)).split(" "))
    .filter((word) => word !== "");
}

/**
 * One text for all spellings of a column name whose words are the same and in the same order.
 * A name without letters and digits has only itself.
 */
export function standardName(name: string): string {
  const words = allWords(name);
  if (words.length > 0) return words.join(" ");
  return Array.from(name, (letter) => letter.codePointAt(0)!.toString(16)).join(" ");
}

/** A name without what stands in brackets, which is mostly a unit: "Weight (kg)" → "Weight ". */
export function withoutBrackets(name: string): string {
  const bare = name.replace(/[([{（【][^)\]}）】]*[)\]}）】]/g, " ");
  return bare.trim() === "" ? name : bare;
}

function singular(word: string): string {
  if (word.length <= 3 || !word.endsWith("s") || /(ss|us|is)$/.test(word)) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(xes|ches|shes|sses)$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** Names of different words are never as alike as those of the same. */
export const MOST_UNLESS_SAME = 0.94;

/**
 * How alike two column names are, in [0, 1]: 1 when their standard forms are equal, else the
 * better of shared words and shared pairs of letters (Dice coefficient), below 0.95.
 */
export function nameSimilarity(a: string, b: string): number {
  const best = Math.max(
    wordSimilarity(nameWords(a), nameWords(b)),
    wordSimilarity(nameWords(withoutBrackets(a)), nameWords(withoutBrackets(b))),
  );
  return best;
}

function wordSimilarity(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  if ([...a].sort().join(" ") === [...b].sort().join(" ")) return 1;
  if (a.join("") === b.join("")) return 1;
  // "lag 1" and "lag 11" share most letters and mean different things: numbers must agree.
  if (numbersIn(a) !== numbersIn(b)) return 0;
  return MOST_UNLESS_SAME * Math.max(dice(a, b), dice(letterPairs(a), letterPairs(b)));
}

export function numbersIn(words: readonly string[]): string {
  return words.filter((word) => /^\d+$/.test(word)).join(" ");
}

export function letterPairs(words: readonly string[]): string[] {
  const text = words.join(" ");
  const pairs: string[] = [];
  for (let i = 0; i < text.length - 1; i++) pairs.push(text.slice(i, i + 2));
  return pairs;
}

function dice(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const item of a) left.set(item, (left.get(item) ?? 0) + 1);
  let shared = 0;
  for (const item of b) {
    const count = left.get(item) ?? 0;
    if (count === 0) continue;
    left.set(item, count - 1);
    shared++;
  }
  return a.length + b.length === 0 ? 0 : (2 * shared) / (a.length + b.length);
}
