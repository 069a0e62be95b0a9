import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { bundleEnsemble } from "../../engine/export/bundle-ensemble";
import { scriptTable } from "../../engine/export/templates/script-inputs";
import type { FittedWay } from "../../engine/reuse/predict/predict-rows";
import { finish } from "../../engine/ground/finish";
import type { FoundLearnwares } from "./find-learnwares";
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
 * Write a way of reuse into a folder, as `bundleEnsemble` does.
 *
 * @throws EngineError as `bundleEnsemble`.
 */
export async function exportWay(directory: string, built: BuiltWay): Promise<void> {
  const { way, reuse, table, found, sentence } = built;
  const byId = new Map(reuse.opened.map((one) => [one.id, one.package]));
  const bundle = await finish(
    bundleEnsemble({
      ...{ way, sentence, language: "en", space: found.island, matches: found.matches },
      packageOf: (id) => byId.get(id)!,
      table: scriptTable(table.columns, table.own, table.profile.dialect),
    }),
  );
  mkdirSync(directory, { recursive: true });
  for (const [name, content] of bundle) writeFileSync(join(directory, name), content);
  if (!bundle.has("learnware.zip"))
    console.error(`no learnware.zip: ${directory}/README.md tells why`);
}
