/** @file Markets of texts: newsgroups in two ways, reviews where they are there, or a file of anybody's. */

import { existsSync } from "node:fs";
import { basename, join } from "node:path";

import { openTableFile } from "../../../src/cli/read-table-file";
import { textsOfColumn } from "../../../src/cli/texts/texts-of-column";
import {
  type ClassMarket,
  marketOf3of5,
  marketOfDomains,
  marketOfGroups,
  marketOfPairs,
} from "./plans";

export interface TextMarket {
  readonly texts: readonly string[];
  readonly market: ClassMarket;
}

export interface TextColumns {
  readonly text: string;
  readonly label: string;
  /** Of domains that all have the same labels; the labels themselves where there is none. */
  readonly group: string | undefined;
}

/** A learnware of a set of anybody's, where classes are large enough. */
const SIZES = { learnware: 150, user: 120, ownEvery: 1 };
const OPINIONS = { each: 6, learnware: 300, user: 150 };
const PAIRS = { least: 120, learnware: 250, user: 150 };
const SUPERCLASSES = ["comp", "rec", "sci", "talk", "misc"];

/** @throws Error if none of the sets lies in the folder. */
export async function textMarkets(data: string, seed: number): Promise<TextMarket[]> {
  const markets: TextMarket[] = [];
  const posts = join(data, "text/newsgroups20_mini.csv.gz");
  if (existsSync(posts)) {
    const column = await columnsOf(posts);
    const [texts, groups] = [await column("text"), await column("newsgroup")];
    markets.push({ texts, market: marketOfGroups("newsgroups-groups", groups, SIZES, seed) });
    const superclasses = await column("superclass");
    markets.push({ texts, market: marketOf3of5("newsgroups-3of5", superclasses, SUPERCLASSES, seed) }); // prettier-ignore
  }
  const reviews = join(data, "text/amazon_reviews_4domains.csv.gz");
  if (existsSync(reviews)) {
    const columns = { text: "text", label: "label", group: "domain" };
    markets.push(await marketOfFile(reviews, columns, seed, "amazon"));
  }
  if (markets.length === 0) throw new Error(`no set of texts lies in ${data}`);
  return markets;
}

/**
 * A market of any set: users share two heavy classes with some learnware. With a column of groups, of two labels that every
 * group has, such as opinions of different goods; or of any two labels of a group, such as subjects in different languages.
 */
export async function marketOfFile(
  path: string,
  { text, label, group }: TextColumns,
  seed: number,
  name = basename(path).split(".")[0]!,
): Promise<TextMarket> {
  const column = await columnsOf(path);
  const all = [await column(text), await column(label), ...(group === undefined ? [] : [await column(group)])]; // prettier-ignore
  // Rows that lack a text or a class are no part of a market.
  const whole = [...all[0]!.keys()].filter((row) =>
    all.every((cells) => cells[row]!.trim() !== ""),
  );
  const [texts, labels, groups] = all.map((cells) => whole.map((row) => cells[row]!)) as [string[], string[], string[]?]; // prettier-ignore
  if (groups === undefined) {
    return { texts, market: marketOfGroups(`${name}-groups`, labels, SIZES, seed) };
  }
  const market =
    new Set(labels).size === 2
      ? marketOfDomains(`${name}-domains`, labels, groups, OPINIONS, seed)
      : marketOfPairs(`${name}-pairs`, labels, groups, PAIRS, seed);
  return { texts, market };
}

async function columnsOf(path: string): Promise<(name: string) => Promise<string[]>> {
  const open = await openTableFile(path);
  return (name) => textsOfColumn(open, name);
}
