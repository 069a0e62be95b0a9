import { dictionary, LONGEST_HAN, MOST_APART } from "./dictionary";
import { stem } from "./stem";

/** One thing that a text asks for. */
export interface Term {
  /** As it was written, to be shown. */
  readonly text: string;
  /** A text that has any of them has the term. */
  readonly keys: readonly string[];
  /** A word that the dictionary does not know, which may be misspelt; null for others. */
  readonly unknown: string | null;
}

/** So many things a search looks at; the others it leaves out. */
export const MOST_TERMS = 12;

/** Longer runs are no words that anybody looks for. */
const LONGEST = 40;
const TOKENS = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;

/** What a text asks for, in order, each once: concepts of the dictionary, else words; empty words are left out. */
export function termsOf(text: string): Term[] {
  const found = new Map<string, Term>();
  for (const piece of piecesOf(text)) {
    for (const term of termsOfPiece(piece)) {
      const name = term.keys.join(" ");
      if (!found.has(name)) found.set(name, term);
    }
  }
  return [...found.values()].slice(0, MOST_TERMS);
}

/**
 * What a text has, for `relevance`: concepts and the broader ones as `~concept`, stems of words, pairs of Chinese
 * characters.
 */
export function keysOf(text: string): Set<string> {
  const { broader } = dictionary();
  const keys = new Set<string>();
  for (const { words, concepts, isHan } of piecesOf(text)) {
    for (const concept of concepts) {
      for (const one of broader.get(concept) ?? []) keys.add(`~${one}`);
    }
    if (isHan) continue;
    for (const word of words) if (word.length <= LONGEST) keys.add(stem(word));
  }
  for (const [run] of normal(text).matchAll(/\p{Script=Han}{2,}/gu)) {
    for (const pair of pairsOf(run)) keys.add(pair);
  }
  return keys;
}

/** A word of the dictionary, an empty one, or what lies between such. */
interface Piece {
  readonly words: readonly string[];
  readonly concepts: readonly string[];
  readonly isEmpty: boolean;
  readonly isHan: boolean;
}

function termsOfPiece({ words, concepts, isEmpty, isHan }: Piece): Term[] {
  const text = words.join(" ");
  if (concepts.length > 0) {
    return concepts.map((concept) => ({ text, keys: [`~${concept}`], unknown: null }));
  }
  if (isEmpty) return [];
  if (isHan) {
    const keys = pairsOf(text);
    return keys.length > 0 ? [{ text, keys, unknown: null }] : [];
  }
  return words.map((word) => {
    const key = stem(word);
    return { text: word, keys: [key], unknown: key };
  });
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let words: string[] = [];
  const flush = () => {
    pieces.push(...wordPieces(words));
    words = [];
  };
  for (const [token] of normal(text).matchAll(TOKENS)) {
    if (!/\p{Script=Han}/u.test(token)) {
      words.push(token);
      continue;
    }
    flush();
    pieces.push(...hanPieces(token));
  }
  flush();
  return pieces;
}

/** Longest words of the dictionary first, such as those that are written apart. */
function wordPieces(words: readonly string[]): Piece[] {
  const { concepts, empty } = dictionary();
  const pieces: Piece[] = [];
  const stems = words.map(stem);
  for (let i = 0; i < words.length;) {
    let length = Math.min(MOST_APART, words.length - i);
    while (length > 1 && !concepts.has(stems.slice(i, i + length).join(" "))) length--;
    const taken = words.slice(i, i + length);
    const known = concepts.get(stems.slice(i, i + length).join(" ")) ?? [];
    const isEmpty = length === 1 && empty.has(taken[0]!);
    pieces.push({ words: taken, concepts: isEmpty ? [] : known, isEmpty, isHan: false });
    i += length;
  }
  return pieces;
}

/** Chinese is not written apart: at each place the longest word that is known, else on to the next. */
function hanPieces(run: string): Piece[] {
  const { concepts, empty } = dictionary();
  const pieces: Piece[] = [];
  const characters = Array.from(run);
  let unknown = "";
  const add = (word: string, known: readonly string[], isEmpty: boolean) =>
    pieces.push({ words: [word], concepts: known, isEmpty, isHan: true });
  const flush = () => {
    if (unknown !== "") add(unknown, [], false);
    unknown = "";
  };
  for (let i = 0; i < characters.length;) {
    let length = Math.min(LONGEST_HAN, characters.length - i);
    const word = () => characters.slice(i, i + length).join("");
    while (length > 0 && !concepts.has(word()) && !empty.has(word())) length--;
    if (length === 0) {
      unknown += characters[i]!;
      i++;
      continue;
    }
    flush();
    add(word(), concepts.get(word()) ?? [], !concepts.has(word()));
    i += length;
  }
  flush();
  return pieces;
}

function pairsOf(run: string): string[] {
  const characters = Array.from(run);
  return characters.slice(1).map((character, i) => characters[i]! + character);
}

/** Without accents, in lower case, and names like `HeartDisease` apart. */
function normal(text: string): string {
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();
}
