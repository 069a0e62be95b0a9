import { parseArgs } from "node:util";

import type { Space } from "../engine/kinds/table/space/space";
import { openBook } from "../engine/specification/book/book";
import { specificationExtras } from "../workflows/train/specification-extras";
import { encodeStat } from "../engine/specification/files/codec";
import {
  type Described,
  describeRows,
  type DescribeOptions,
} from "../engine/specification/describe";
import type { Compute } from "../engine/specification/kernel/compute";
import { describeFileStream } from "./describe/describe-file-stream";
import { describePinned } from "./describe/describe-pinned";
import { inWordsOf } from "./describe/words-of-kind";
import type { KindName } from "../engine/ground/kind-name";
import { THINGS } from "./things";
import { detectKind } from "./detect-kind";
import { holdPictures } from "./pictures/hold-pictures";
import { holdTexts } from "./texts/hold-texts";
import { openCompute } from "./threads/open-compute";
import { machineSecret, SECRET_USAGE } from "./machine-secret";
import { saySafety } from "./describe/say-safety";
import { matchTable, readIsland, required } from "./options";
import { BOOK_USAGE, bookOptions, readBook } from "./describe/space-book";
import { writeOutput } from "./output";
import { READ_USAGE, readChoice, readOptions } from "./read-options";
import { readTableFile } from "./read-table-file";
import type { ReadOptions } from "../engine/kinds/table/read/reader";
import { kindOf } from "../engine/kinds/index";
import { EngineError } from "../engine/ground/errors";
import { finish } from "../engine/ground/finish";

const usage = `berth spec FILE --island ISLAND.json [--book FILE.npy | --dock URL|DIR] [--out stat.json] [--points N] [--stream]
berth spec FILE --kind text [--text COLUMN] [--out stat.json]
berth spec FOLDER|ZIP --kind image [--out stat.json]

Texts and pictures lie in spaces that come with Berth, and are told by weights on the public points of these.

--stream    read FILE once, block by block, whatever its size; "-" is standard input

${READ_USAGE}

${BOOK_USAGE}

${SECRET_USAGE}`;

const OF_TABLES = ["island", "book", "dock", "points", "stream"] as const;

type SpecOptions = Pick<DescribeOptions, "secret" | "count" | "book">;

/** `berth spec`: a table in, the specification that a search would send out. */
export async function spec(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      kind: { type: "string" },
      text: { type: "string" },
      island: { type: "string" },
      ...readOptions,
      ...bookOptions,
      out: { type: "string", default: "-" },
      points: { type: "string" },
      stream: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const file = required(positionals[0], usage);
  const kind = await detectKind(file, values);
  if (kind !== "table") {
    const given = OF_TABLES.find((name) => values[name] !== undefined && values[name] !== false);
    if (given !== undefined) {
      throw new EngineError(
        "bad_parameter",
        `--${given} is of tables: leave it out with --kind ${kind}`,
      );
    }
    const user =
      kind === "image"
        ? await holdPictures(file, undefined)
        : await holdTexts(file, values.text, undefined, readChoice(values));
    const { space, described } = await inWordsOf(kind, () => describePinned(user));
    await writeSpec(values.out, space, described, kind);
    return;
  }
  const island = readIsland(required(values.island, usage));
  const points = await readBook(island, values);
  if (points && values.points !== undefined) {
    throw new EngineError(
      "bad_parameter",
      `"${island.name}" has public points, which are all weighed: leave --points out`,
    );
  }
  const options: SpecOptions = {
    secret: machineSecret(),
    ...(points && { book: openBook(points, island.kernel) }),
    ...(values.points !== undefined && { count: Number(values.points) }),
  };
  const describe = values.stream ? describeFileStream : describeFile;
  const compute = await openCompute();
  const described = await describe(compute, file, island, options, readChoice(values)).finally(() =>
    compute.dispose(),
  );
  await writeSpec(values.out, island, described);
}

async function writeSpec(
  out: string,
  space: Pick<Space, "id" | "version" | "book">,
  described: Described,
  kind: KindName = "table",
): Promise<void> {
  console.error(saySafety(described.preflight, THINGS[kind]));
  await writeOutput(out, encodeStat(described.rkme, specificationExtras(space, described)));
}

async function describeFile(
  compute: Compute,
  file: string,
  island: Space,
  options: SpecOptions,
  choice: ReadOptions,
): Promise<Described> {
  const read = await readTableFile(file, choice);
  const plan = { space: island, placed: matchTable(island, read) };
  const x = kindOf(island).points(read.table, plan);
  const kernel = island.kernel;
  return finish(describeRows(compute, x, { kernel, ...options }));
}
