import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");
const MOST_SOURCES = 15;
/** Folders that may hold more, and why. */
const LARGER: Readonly<Record<string, string>> = {};

const sources = ["src", "workers"]
  .flatMap((top) => readdirSync(join(root, top), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.(ts|js|mjs|svelte)$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)));

test("a folder holds one idea, in 15 source files at most", () => {
  const counts = new Map<string, number>();
  for (const file of sources) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  const crowded = [...counts].filter(([, count]) => count > MOST_SOURCES).map(([path]) => path);
  expect(crowded.sort()).toEqual(Object.keys(LARGER).sort());
});

test("only what looks after the account sends credentials", () => {
  const sending = sources.filter(
    (file) =>
      /^(src\/(app|client|engine|workflows|runtime)|workers)\//.test(file) &&
      !file.startsWith("src/client/account/") &&
      /credentials\s*:\s*["'](include|same-origin)|\bAuthorization\b|withCredentials/i.test(
        readFileSync(join(root, file), "utf8"),
      ),
  );
  expect(sending).toEqual([]);
});
