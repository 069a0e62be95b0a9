/**
 * @file Words that people use for one another in column names. They make names alike, and are no part of a name's
 * standard form: ids of islands come from that.
 */

/** A line is one meaning, in words as `standardName` has them; the first stands for all. */
const SAME = `
bill culmen beak
sex gender geschlecht sexe sexo sesso 性别 성별 пол
department dept
postcode zip zipcode plz 邮编 邮政编码
amount amnt
quantity qnty
phone telephone tel
address addr
customer cust
description descr desc
category categ
transaction txn trx
government govt gov
management mgmt
manager mgr
balance bal
account acct
organisation organization org
centre center
colour color
neighbour neighbor
metre meter
litre liter
grey gray
programme program
maximum maximal highest
minimum minimal lowest
`;

/** What is one word and means several. */
const PARTS: Readonly<Record<string, string>> = {
  dob: "birth date",
  birthdate: "birth date",
  birthday: "birth date",
  dow: "weekday",
  dayofweek: "weekday",
};

const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ...SAME.trim()
    .split("\n")
    .flatMap((line) => {
      const [first, ...others] = line.split(" ");
      return others.map((word) => [word, first!] as const);
    }),
  ...Object.entries(PARTS),
]);

/** Written in several words. What was sold a week ago is the lag 1 of weekly sales. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:last|previous|prior|preceding) (?:day|week|month|quarter|period)\b/g, "lag 1"],
  [/\b(\d+) (?:day|week|month|quarter|period) ago\b/g, "lag $1"],
  [/\b(?:sale|turnover|revenue|value|target) (?:lag|lagged) (?=\d)/g, "lag "],
  [/\b(?:zip|post|postal) code\b/g, "postcode"],
];
const ANY_PHRASE = /\b(?:last|previous|prior|preceding|ago|lag|lagged|code)\b/;

/** The same words, each replaced by the one that stands for its meaning. */
export function withoutSynonyms(words: readonly string[]): string[] {
  let said = words;
  const text = words.join(" ");
  if (ANY_PHRASE.test(text)) {
    said = PHRASES.reduce((all, [phrase, by]) => all.replace(phrase, by), text).split(" ");
  }
  return said.flatMap((word) => SYNONYMS.get(word)?.split(" ") ?? word);
}
