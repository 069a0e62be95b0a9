import type { LegacyEncoding } from "../../../columns/profile";
import type { ByteTools } from "../../source";
import { latin1 } from "../../cells/latin1";
import { mended } from "./windows-1252";
import { ALPHABETS, HAN, HANGUL } from "./letters";

/** Encodings of before Unicode that tables are still written in, those that most are first: of equals the first is taken. */
const LEGACY: readonly LegacyEncoding[] = [
  ...(["windows-1252", "gb18030", "shift_jis", "windows-1251", "big5", "euc-kr"] as const),
  ...([
    "windows-1250",
    "euc-jp",
    "koi8-r",
    "windows-1253",
    "windows-1254",
    "windows-1255",
  ] as const),
  ...(["windows-1256", "windows-1257", "windows-874", "ibm866", "iso-8859-2"] as const),
  ...(["iso-8859-5", "iso-8859-7", "macintosh"] as const),
];

/** Hardly met any more: what fits others as well is one of those. */
const SELDOM: ReadonlySet<LegacyEncoding> = new Set([
  "ibm866",
  "macintosh",
  "iso-8859-5",
  "iso-8859-7",
]);
const UNLIKELY = 0.2;

/** Rows of signs that are common ones, by their first and second bytes: the first level of each standard. */
const COMMON: Partial<Record<LegacyEncoding, readonly [from: number, to: number]>> = {
  gb18030: [0xb0, 0xd7],
  big5: [0xa4, 0xc6],
  shift_jis: [0x88, 0x97],
  "euc-jp": [0xb0, 0xcf],
  "euc-kr": [0xb0, 0xc8],
};

/** Enough to tell, and little enough to decode twenty times. */
const LOOKED_AT = 1 << 14;
/** Readings that are not worse than this by a sign are no less likely. */
const CLOSE = 0.5;
/** With fewer different signs than this one reading is hardly better than another. */
const FEW_SIGNS = 3;

export interface Guess {
  readonly encoding: LegacyEncoding;
  /** Others that the bytes allow, the likeliest first; empty if there is no doubt. */
  readonly others: readonly LegacyEncoding[];
}

/**
 * The encoding in which bytes are a text: whose signs are frequent ones of their script, in words of one script, with capital
 * letters at their beginnings.
 *
 * @param bytes - Not UTF-8; the first ones beyond ASCII are looked at, with what stands around them.
 */
export function sniffLegacy(bytes: Uint8Array, tools: ByteTools): Guess {
  const sample = aroundHigh(bytes);
  if (holdsMarksAlone(sample)) return { encoding: "windows-1252", others: [] };
  const readings = LEGACY.map((encoding) => {
    const text = mended(tools.decoding(encoding, false).decode(sample, false), encoding);
    const { score, signs } = judge(text, commonOf(encoding, tools));
    return { encoding, text, signs, score: score - (SELDOM.has(encoding) ? UNLIKELY : 0) };
  }).sort((a, b) => b.score - a.score); // Stable: of equals the first of the list.
  const [best, ...rest] = readings;
  const others = rest.filter(
    ({ text, score, signs }) =>
      text !== best!.text &&
      score > 0 &&
      (best!.score - score < CLOSE * 0.2 || (signs <= FEW_SIGNS && best!.score - score < CLOSE)),
  );
  return { encoding: best!.encoding, others: others.map(({ encoding }) => encoding) };
}

/** What English texts, units and prices have beyond ASCII in Windows-1252, where it can hardly be a letter of another one. */
const MARKS = new RegExp(
  [
    // £ ¥ § © ® ° ± ² ³ µ · ¹ ¼ ½ ¾ × ÷ €
    "[\\x80\\xa3\\xa5\\xa7\\xa9\\xae\\xb0-\\xb3\\xb5\\xb7\\xb9\\xbc-\\xbe\\xd7\\xf7]",
    // … ™ – — before no letter, which would be the second byte of a sign; and Mon–Fri
    "[\\x85\\x96\\x97\\x99](?![@-~])",
    "(?<=[A-Za-z])[\\x96\\x97](?=[A-Z])",
    // Men’s, don’t; students’ work; O’Brien; l’eau
    "(?<=[A-Za-z])\\x92(?=(?:[sdmt]|re|ll|ve)(?![A-Za-z]))",
    "(?<=s)\\x92(?= )",
    "(?<=\\b[OD])\\x92(?=[A-Z])",
    "(?<=\\b[cdjlmnstCDJLMNST])\\x92(?=[aehiou][a-z])",
  ]
    .map((mark) => `(?<![\\x80-\\xff])${mark}(?![\\x80-\\xff])`)
    .join("|"),
  "g",
);
/** “said” and ‘said’, in one line. */
const SAID = /(?<![a-z\d\x80-\xff])(?:\x93[ -\x7f]+\x94|\x91[ -\x7f]+\x92)(?![a-z\d\x80-\xff])/gi;

/** Whether nothing beyond ASCII is there but such marks, each between characters of ASCII: words of other scripts go on. */
function holdsMarksAlone(bytes: Uint8Array): boolean {
  const rest = latin1(bytes).replace(MARKS, "'").replace(SAID, "");
  return !/[\x80-\xff]/.test(rest);
}

/** Lines without anything beyond ASCII tell nothing. */
function aroundHigh(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let at = 0; at < bytes.length && length < LOOKED_AT;) {
    let end = bytes.indexOf(10, at) + 1;
    if (end === 0) end = bytes.length;
    const line = bytes.subarray(at, Math.min(end, at + LOOKED_AT));
    if (line.some((byte) => byte >= 0x80)) {
      parts.push(line);
      length += line.length;
    }
    at = end;
  }
  const sample = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    sample.set(part, at);
    at += part.length;
  }
  return sample;
}

const WORD = /(?:[a-z]|[^\0-\x7f])+/giu;
/** Small, CAPITAL or Both: other mixtures come of the wrong table. */
const CASES = /^(?:\p{Lu}?[^\p{Lu}]*|[^\p{Ll}]*)$/u;
const [LOST, ODD, RARE, COMMONEST, KNOWN, FREQUENT] = [-4, -1.5, -0.5, 0.6, 0.8, 1];

interface Common {
  readonly signs: ReadonlySet<string>;
  readonly isJapanese: boolean;
}

const commons = new Map<LegacyEncoding, Common>();

/** Null for encodings of one byte a sign. */
function commonOf(encoding: LegacyEncoding, tools: ByteTools): Common | null {
  const rows = COMMON[encoding];
  if (!rows) return null;
  const known = commons.get(encoding);
  if (known) return known;
  const pairs: number[] = [];
  for (let first = rows[0]; first <= rows[1]; first++) {
    for (let second = 0x40; second < 0xff; second++) pairs.push(first, second, 10);
  }
  const text = tools.decoding(encoding, false).decode(Uint8Array.from(pairs), false);
  const signs = new Set(Array.from(text).filter((sign) => sign > "\u3400" && sign < "\ue000"));
  const made = { signs, isJapanese: encoding === "shift_jis" || encoding === "euc-jp" };
  commons.set(encoding, made);
  return made;
}

/** Mean over the signs beyond ASCII: 1 if all are what people write, below 0 if they are no text. */
function judge(
  text: string,
  common: Common | null,
): { readonly score: number; readonly signs: number } {
  const seen = new Set<string>();
  let total = 0;
  let count = 0;
  for (const [word] of text.matchAll(WORD)) {
    // A word that comes in every row says no more than once.
    if (seen.has(word) || !/[^\0-\x7f]/.test(word)) continue;
    seen.add(word);
    const signs = Array.from(word);
    const isMixed = alphabetsOf(word).length > 1 || !CASES.test(word);
    for (const sign of signs) {
      if (sign <= "\x7f") continue;
      count++;
      total += isMixed ? ODD : valueOf(sign, signs.length, common);
    }
  }
  return { score: count === 0 ? 0 : total / count, signs: count };
}

function alphabetsOf(word: string): readonly string[] {
  return Object.keys(ALPHABETS).filter((name) => ALPHABETS[name]!.of.test(word));
}

function valueOf(sign: string, length: number, common: Common | null): number {
  if (/[\ufffd\x80-\x9f\u2500-\u259f]|\p{Co}|\p{Cn}/u.test(sign)) return LOST;
  if (/\p{Script=Han}|\p{Script=Hangul}/u.test(sign)) {
    if (HAN.includes(sign) || HANGUL.includes(sign)) return FREQUENT;
    return common?.signs.has(sign) ? COMMONEST : RARE;
  }
  // Half-width katakana are what single bytes of other encodings look like.
  if (sign >= "\uff61" && sign <= "\uff9f") return RARE;
  if (/\p{Script=Hiragana}|\p{Script=Katakana}|ー/u.test(sign)) {
    return common?.isJapanese ? FREQUENT : ODD;
  }
  if (!/\p{L}|\p{M}/u.test(sign)) return signValue(sign, length);
  const small = sign === "İ" ? "ı" : sign.toLowerCase();
  for (const { of, frequent } of Object.values(ALPHABETS)) {
    if (!of.test(sign)) continue;
    const at = frequent.indexOf(small);
    return at < 0 ? RARE : FREQUENT - ((FREQUENT - KNOWN) * at) / frequent.length;
  }
  return RARE;
}

/** Marks such as ° and € stand alone or at the edge of a number; within a word they come of the wrong table. */
function signValue(sign: string, length: number): number {
  if (/[–—‘’“”…•°€£¥§©®±²³µ·ºª½¼«»¿¡、。]/u.test(sign)) return length <= 2 ? KNOWN : RARE;
  return length === 1 ? RARE : ODD;
}
