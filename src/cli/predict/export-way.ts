import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { EngineError } from "../../engine/errors";
import { exportEnsemble, type ExportedEnsemble } from "../../engine/export/export-ensemble";
import { packEnsemble } from "../../engine/export/pack-ensemble";
import { scriptInputs } from "../../engine/export/script-inputs";
import { javascriptScript, pythonScript } from "../../engine/export/scripts";
import type { Compute } from "../../engine/kernel/compute";
import type { FittedWay } from "../../engine/reuse/predict-rows";
import { describeRows } from "../../engine/spec/describe";
import { finish } from "../steps";
import { type FoundLearnwares, sampleOf } from "./find-learnwares";
import type { TableReuse } from "./request-reuse";
import type { UserTable } from "./user-table";

/** What was built, and for what. */
export interface BuiltWay {
  readonly way: FittedWay;
  readonly reuse: TableReuse;
  readonly table: UserTable;
  readonly found: FoundLearnwares;
  /** How it predicts, in a sentence. */
  readonly sentence: string;
}

/**
 * Write a way of reuse into a folder: `model.onnx`, scripts that run it, and `learnware.zip` where it can be a learnware.
 *
 * @throws EngineError as `exportEnsemble` does.
 */
export async function exportWay(
  directory: string,
  built: BuiltWay,
  compute: Compute,
): Promise<void> {
  const { way, reuse, table, found, sentence } = built;
  const { learnwares } = way.prepared;
  const byId = new Map(reuse.opened.map((one) => [one.id, one]));
  const exported = exportEnsemble(way, (id) => byId.get(id)!.package.model);
  const { delimiter, decimal } = table.profile.dialect;
  const plan = {
    inputs: scriptInputs(exported, { ...found, columns: table.columns, own: table.own }),
    target: reuse.about.target,
    labels: exported.labels,
    ...{ delimiter, decimal },
  };
  mkdirSync(directory, { recursive: true });
  const write = (name: string, content: string | Uint8Array) =>
    writeFileSync(join(directory, name), content);
  write("model.onnx", exported.model);
  write("predict.mjs", javascriptScript(plan));
  write("predict.py", pythonScript(plan));
  const parts = learnwares.map(({ id }) => byId.get(id)!.package);
  const about = { name: `${reuse.about.target} from ${parts.length} learnwares`, parts };
  const zip = await packOrSay(exported, built, compute, { ...about, description: sentence });
  if (zip) write("learnware.zip", zip);
  write(
    "README.md",
    readme(
      sentence,
      about.parts.map(({ manifest }) => manifest.name),
      zip !== null,
    ),
  );
}

/** Null, with the reason on standard error, where it cannot be a learnware. */
async function packOrSay(
  exported: ExportedEnsemble,
  { table, found }: BuiltWay,
  compute: Compute,
  about: Parameters<typeof packEnsemble>[3],
): Promise<Uint8Array | null> {
  const { island } = found;
  try {
    const x = await sampleOf(table, found);
    const described = await finish(describeRows(compute, x, { gamma: island.gamma }));
    described.rows.dispose();
    return await packEnsemble(exported, island, described, about);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    console.error(`no learnware.zip: ${error.message}`);
    return null;
  }
}

function readme(sentence: string, names: readonly string[], isLearnware: boolean): string {
  const zip = isLearnware
    ? "- `learnware.zip`: the same as a learnware, which a dock takes (`berth dock add learnware.zip`)\n"
    : "";
  return `# What predicted

${sentence}

- \`model.onnx\`: all of it as one model
- \`predict.mjs\`, \`predict.py\`: run it on a table with the same columns: plain numbers, true or
  false, and categories; dates and units within cells are for Berth to read
${zip}
Made of:

${names.map((name) => `- ${name}`).join("\n")}

Intervals and the mark of rows far from all training data are not part of the model.
`;
}
