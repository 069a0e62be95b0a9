import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Bundle } from "../../engine/export/bundle-ensemble";
import type { Scripts } from "../../engine/export/templates/scripts";
import { writeOutput } from "../output";

export const SCRIPTS: Scripts = {
  "predict.mjs": template("predict.mjs"),
  "predict.py": template("predict.py"),
};

/** Write what predicts into a folder. */
export async function exportWay(directory: string, bundle: Bundle): Promise<void> {
  mkdirSync(directory, { recursive: true });
  for (const [name, content] of bundle) await writeOutput(join(directory, name), content);
  if (!bundle.has("learnware.zip"))
    console.error(`no learnware.zip: ${directory}/README.md tells why`);
}

function template(name: keyof Scripts): string {
  return readFileSync(new URL(`../../engine/export/templates/${name}`, import.meta.url), "utf8");
}
