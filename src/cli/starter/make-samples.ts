/** @file Writes public/samples. Run with `npm run samples`. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { samples } from "./samples/samples";

const folder = join(import.meta.dirname, "../../../public/samples");
mkdirSync(folder, { recursive: true });
for (const [name, bytes] of Object.entries(await samples()))
  writeFileSync(join(folder, name), bytes);
