import { finish } from "../../src/engine/ground/finish";
import { EngineError } from "../../src/engine/ground/errors";
import { seededRandom } from "../../src/engine/ground/random";
import { openAnyTable } from "../../src/engine/kinds/table/read/every-format";
import { sourceOfBytes } from "../../src/engine/kinds/table/read/source";
import { byteTools } from "../../src/runtime/byte-tools";
import type { Figure } from "./report";

const LONGEST = 300;
/** What files of each format begin with, and characters that tables are made of. */
const BEGINNINGS = [
  ...["", "PAR1", "ARROW1\0\0", "PK\x03\x04", "\x93NUMPY\x01\0", "[{", '{"a":', "\x1f\x8b\x08\0"],
  ...["@relation x\n", "\xef\xbb\xbf", "\xff\xfe", "a,b\n1,2\n", "sep=;\n", "name\tx\n"],
];
const LIKELY = "0123456789.,;\t|\"'\n\r abcxyzNA-+eE%$€#:/()[]{}\\";

/**
 * Files of random bytes, each read or refused by a code: a million of them, or a fiftieth of that. Half are made of characters
 * that tables are made of; each begins as files of some format do.
 */
export async function benchFuzz(quick: boolean): Promise<Figure[]> {
  const files = quick ? 20_000 : 1_000_000;
  const random = seededRandom(1);
  let [read, refused, crashes, longest] = [0, 0, 0, 0];
  for (let i = 0; i < files; i++) {
    const bytes = randomFile(random);
    const started = performance.now();
    try {
      await finish(openAnyTable(sourceOfBytes(bytes, byteTools), "file"));
      read++;
    } catch (error) {
      if (error instanceof EngineError) refused++;
      else {
        crashes++;
        if (crashes <= 10)
          console.log(`CRASH ${Buffer.from(bytes).toString("base64")} ${String(error)}`);
      }
    }
    longest = Math.max(longest, performance.now() - started);
  }
  const figure = (metric: string, value: number, unit: string): Figure => ({
    ...{ suite: "fuzz", case: "random files", metric, value, unit },
  });
  return [
    figure("read", read, "files"),
    figure("refused", refused, "files"),
    figure("crashes", crashes, "files"),
    figure("longest", longest, "ms"),
  ];
}

function randomFile(random: () => number): Uint8Array {
  const pick = (count: number) => Math.floor(random() * count);
  const beginning = Buffer.from(BEGINNINGS[pick(BEGINNINGS.length)]!, "latin1");
  const bytes = new Uint8Array(beginning.length + pick(LONGEST));
  bytes.set(beginning);
  const isLikely = random() < 0.5;
  for (let at = beginning.length; at < bytes.length; at++) {
    bytes[at] = isLikely ? LIKELY.charCodeAt(pick(LIKELY.length)) : pick(256);
  }
  return bytes;
}
