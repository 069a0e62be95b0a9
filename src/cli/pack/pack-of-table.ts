import { AppError } from "../../contracts/outcome";
import { EngineError } from "../../engine/ground/errors";
import { finish } from "../../engine/ground/finish";
import { isOfTables } from "../../engine/kinds/space";
import type { Space } from "../../engine/kinds/table/space/space";
import type { ReadOptions } from "../../engine/kinds/table/read/reader";
import { type PackedModel, packModel } from "../../workflows/pack/pack-model";
import type { ColumnPlan } from "../../workflows/pack/plan-columns";
import { readAsTaken, typesLike, valuesOf } from "../../workflows/pack/read-as-taken";
import { foundIsland } from "../../workflows/train/found-island";
import { readBook } from "../describe/space-book";
import { islandNameOf, joinIsland, writeIsland } from "../islands/own-island";
import { readIsland } from "../options";
import { openDock } from "../predict/open-dock";
import { readTableFile } from "../read-table-file";
import type { PackWork } from "./pack-work";

/** A model that takes columns of a table. */
export async function packOfTable(work: PackWork): Promise<PackedModel> {
  const { compute, model, data, choice, options, values } = work;
  const { column: target } = options.target;
  const joined = await spaceToJoin(values);
  const wish = { target, names: values.names?.split(",") ?? null, fixed: options.fixed };
  const readData = (types: ReadOptions["types"]) =>
    readTableFile(data, { ...choice, types: { ...types, ...choice.types } });
  const { read, plan } = await readAsTaken(readData, model, wish);
  sayColumns(plan);
  const { island, matches } = joined
    ? joinIsland(joined, read)
    : foundIsland(read.table, {
        ...{ target, name: values["island-name"] ?? islandNameOf(data) },
        ...{ columns: plan.columns, values: valuesOf(read, plan) },
      });
  const types = typesLike(read, [target, ...plan.columns]);
  const readLike = async (path: string | undefined) =>
    path === undefined
      ? null
      : (await readTableFile(path, { ...choice, types: { ...types, ...choice.types } })).table;
  const sample = await readLike(values["public-sample"]);
  if (sample) {
    const names = [...plan.columns, target].join(", ");
    console.error(`published with the learnware, for everybody to read: ${names} of ${sample.rows} rows of ${values["public-sample"]}`); // prettier-ignore
  }
  const made = await finish(
    packModel(compute, model, read.table, island, matches, plan, {
      ...options,
      ...{ test: await readLike(values.test), sample },
      book: await readBook(island, values),
    }),
  );
  if (!joined) await writeIsland(island, values["island-out"]);
  return made;
}

/** Of a file, or of a dock by its id; null to found one. */
async function spaceToJoin({ island, space, dock }: PackWork["values"]): Promise<Space | null> {
  if (space === undefined) return island === undefined ? null : readIsland(island);
  if (island !== undefined || dock === undefined) {
    const message =
      "--space ID of tables is an island of a dock: say --dock URL or its folder, and leave out --island";
    throw new EngineError("bad_parameter", message);
  }
  const opened = await openDock(dock);
  try {
    const found = await opened.dock.island(space).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "not_found") return null;
      throw error;
    });
    if (found && isOfTables(found.space)) return found.space;
    const message = `${dock} has no island of tables "${space}": berth search tells which there are`;
    throw new EngineError("bad_parameter", message);
  } finally {
    opened.close();
  }
}

function sayColumns({ chosen: { inputs, by } }: ColumnPlan): void {
  for (const { input, columns, isSpread } of inputs) {
    const spread = isSpread ? ", each value of a category by itself" : "";
    console.log(`input "${input.name}" takes ${columns.join(", ")}${spread} (by ${by})`);
  }
}
