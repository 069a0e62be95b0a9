import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";

import { Format } from "../../../src/app/words/format";

const app = join(import.meta.dirname, "../../../src/app");
const page = readdirSync(app, { recursive: true, encoding: "utf8" }).filter((file) =>
  /\.(ts|svelte)$/.test(file),
);
const sources = page
  .filter((file) => !/^(english|chinese)/.test(basename(file)))
  .map((file) => readFileSync(join(app, file), "utf8"));
const lists = page.filter((file) => basename(file) === "english.ts");

type Path = readonly string[];
type Say = (format: Format) => unknown;

async function pathsIn(file: string, language: string): Promise<readonly Path[]> {
  const path = join(app, file.replace("english", language));
  const list = (await import(/* @vite-ignore */ path)) as Readonly<Record<string, Say>>;
  return [...leaves(list[language]?.(new Format("en")), [])];
}

function* leaves(words: unknown, path: Path): Iterable<Path> {
  if (typeof words !== "object" || words === null || Array.isArray(words)) yield path;
  else for (const [key, value] of Object.entries(words)) yield* leaves(value, [...path, key]);
}

/**
 * By name: a file speaks of the group, and of the message or of whichever of the group is asked for; or it hands the group on, and
 * some file speaks of the message.
 */
function isSaid(path: Path): boolean {
  const [key, group] = path.toReversed();
  const one = new RegExp(`\\.${key}\\b|\\bconst \\{[^}]*\\b${key}\\b[^}]*\\} =`);
  if (group === undefined) return sources.some((text) => one.test(text));
  const spoken = new RegExp(
    `\\w\\.${group}\\b(?!/)|\\{ ${group} \\}|\\b${group}\\.${key}|\\["${group}"\\]`,
  );
  const any = new RegExp(`\\b${group}( as .*\\))?\\[|[{,] ?[\\w.]+\\.${group}[})]`);
  const handedOn = new RegExp(`(return|[?:]) [\\w.]+\\.${group}\\b(?!\\.)`);
  return (
    sources.some((text) => spoken.test(text) && (one.test(text) || any.test(text))) ||
    (sources.some((text) => handedOn.test(text)) && sources.some((text) => one.test(text)))
  );
}

test("every message of the page is said somewhere", async () => {
  const paths = new Set<string>();
  for (const file of lists) {
    for (const path of await pathsIn(file, "english")) if (!isSaid(path)) paths.add(path.join("."));
  }
  expect([...paths]).toEqual([]);
});

test("every message is there in both languages, and no other", async () => {
  for (const file of lists) {
    const [english, chinese] = [await pathsIn(file, "english"), await pathsIn(file, "chinese")];
    expect([file, ...chinese.map(String).sort()]).toEqual([file, ...english.map(String).sort()]);
  }
});
