import { zipFiles } from "../../../engine/learnware/zip/zip-files";
import { drawClothes } from "./clothes";
import { drawDigits } from "./digits";
import { posts, sentences } from "./written";
import { tableSamples } from "./tables";

/** What there is to try Berth on, by file name: made-up tables, and drawn and written by us. The same every time. */
export async function samples(): Promise<Readonly<Record<string, Uint8Array>>> {
  const encoder = new TextEncoder();
  const tables = Object.entries(tableSamples()).map(
    ([name, text]) => [name, encoder.encode(text)] as const,
  );
  return {
    ...Object.fromEntries(tables),
    "pictures-clothes.zip": await zipFiles(drawClothes()),
    "pictures-digits.zip": await zipFiles(drawDigits()),
    "posts.csv": encoder.encode(asCsv(inTurn(posts))),
    "sentences.csv": encoder.encode(asCsv(inTurn(sentences))),
  };
}

/** The first of each topic, then the second, and so on. */
function inTurn(byTopic: Readonly<Record<string, readonly string[]>>): string[] {
  const topics = Object.values(byTopic);
  return topics[0]!.flatMap((_, i) => topics.map((texts) => texts[i]!));
}

function asCsv(texts: readonly string[]): string {
  const lines = texts.map((text, i) => `${i + 1},"${text.replaceAll('"', '""')}"`);
  return ["id,text", ...lines].map((line) => `${line}\n`).join("");
}
