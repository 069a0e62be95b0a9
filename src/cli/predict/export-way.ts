import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Bundle } from "../../engine/export/bundle-ensemble";

/** Write what predicts into a folder. */
export function exportWay(directory: string, bundle: Bundle): void {
  mkdirSync(directory, { recursive: true });
  for (const [name, content] of bundle) writeFileSync(join(directory, name), content);
  if (!bundle.has("learnware.zip"))
    console.error(`no learnware.zip: ${directory}/README.md tells why`);
}
