/** @file Writes public/samples. Run with `npm run samples`. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { samples } from "./samples";

const folder = join(import.meta.dirname, "../../../public/samples");
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(samples())) writeFileSync(join(folder, name), text);
