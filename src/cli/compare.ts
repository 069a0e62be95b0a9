import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import { EngineError } from "../engine/ground/errors";
import { gaussianGamma } from "../engine/specification/kernel/kernel";
import { decodeSpecification } from "../reference/spec-files";
import {
  specificationProduct,
  type SpecificationType,
  type StatSpecification,
} from "../reference/specification";
import { required } from "./options";

const usage = `berth compare FILE FILE… [--json]

Compares specification files of the Python package learnware (stat.json) as it does itself: tables, texts, images and
what it calls heterogeneous. Tells the squared distance of every two of one type: ⟨a, a⟩ − 2⟨a, b⟩ + ⟨b, b⟩ under the
kernel of the first. Files are only read.

  --json    tell it as JSON`;

/** What Berth can do with specifications of a type beside comparing them. */
const limits: Readonly<Record<SpecificationType, string>> = {
  RKMETableSpecification: "its features have no names: a learnware tells which they are",
  HeteroMapTableSpecification:
    "it is in a space of the package's own model, into which Berth maps no rows",
  RKMETextSpecification:
    "its points are of an embedding (MiniLM) that Berth does not have: no texts of yours can be described in it, and it finds none; it can be compared with others of its type",
  RKMEImageSpecification:
    "its points are noise that all files share, and the weights alone tell of images: no pictures of yours can be described in it, and it finds none; it can be compared with others of its type",
};

/** `berth compare`: specification files of the Python package in, their distances out. */
export async function compare(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  required(positionals[1], usage);
  const opened: { readonly path: string; readonly specification: StatSpecification }[] = [];
  for (const path of positionals) opened.push({ path, specification: await open(path) });
  const own = opened.map(({ specification }) => specificationProduct(specification, specification));
  const pairs = opened.flatMap((a, i) =>
    opened.slice(i + 1).map((b, k) => ({
      ...{ a: a.path, b: b.path },
      distance: distanceOf(a.specification, b.specification, [own[i]!, own[i + 1 + k]!]),
    })),
  );
  if (values.json) {
    const files = opened.map(({ path, specification }) => ({ path, ...about(specification) }));
    console.log(JSON.stringify({ files, pairs }));
    return;
  }
  for (const { path, specification } of opened) console.log(`${path}: ${told(specification)}`);
  for (const { a, b, distance } of pairs) {
    if (distance !== null) console.log(`${a} to ${b}: ${distance}`);
  }
  const apart = pairs.filter(({ distance }) => distance === null).length;
  if (apart > 0) {
    console.log(
      `pairs of two types, or of points of other shapes, which nothing compares: ${apart}`,
    );
  }
  for (const type of new Set(opened.map(({ specification }) => specification.type))) {
    console.log(`${type}: ${limits[type]}`);
  }
}

async function open(path: string): Promise<StatSpecification> {
  try {
    return decodeSpecification(await readFile(path, "utf8")).specification;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new EngineError("bad_specification", `${path}: ${error.message}`, error.details, {
      cause: error,
    });
  }
}

/** As the package sums it up, with what is known already; null if there is no distance between them. */
function distanceOf(
  a: StatSpecification,
  b: StatSpecification,
  [ofA, ofB]: readonly [number, number],
): number | null {
  const isAlike = a.type === b.type && a.sampleShape.join() === b.sampleShape.join();
  return isAlike ? ofA - 2 * specificationProduct(a, b) + ofB : null;
}

function about(specification: StatSpecification) {
  const { type, points, sampleShape } = specification;
  const shape = { type, points: points.rows, shape: sampleShape };
  if (specification.type === "RKMEImageSpecification") return shape;
  const { language, kernel, rowCount } = specification;
  return { ...shape, gamma: gaussianGamma(kernel), rows: rowCount, language };
}

function told(specification: StatSpecification): string {
  const { type, points, sampleShape } = specification;
  const shape = `${type}, ${points.rows} points of ${sampleShape.join(" × ")} numbers`;
  if (specification.type === "RKMEImageSpecification") return shape;
  const { language, rowCount } = specification;
  return `${shape}, of ${rowCount} rows${language.length > 0 ? `, in ${language.join(", ")}` : ""}`;
}
