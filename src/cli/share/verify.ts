import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";

import type { Check } from "../../engine/verify/check";
import { required } from "../options";
import { dockOptions, dockOrigin } from "./account-of";
import { checkZip } from "./check-zip";
import { checkLine } from "./report";

const usage = `berth verify FILE [--dock URL] [--json]

Makes the checks that a dock makes before it takes a learnware: FILE is opened, everything in it is looked at, and its model
is run on rows like its own, on noise and on odd ones. Nothing is sent. The exit code is 1 if a dock would refuse it.

  --dock URL      asked for a space that FILE only names
  --json          tell it as JSON`;

/** `berth verify`: would a dock take it? */
export async function verify(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...dockOptions, json: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const path = required(positionals[0], usage);
  const checks: Check[] = [];
  const zip = new Uint8Array(await readFile(path));
  const dock = values.dock === undefined ? null : dockOrigin(values.dock);
  const isFine = await checkZip(zip, dock, (check) => {
    checks.push(check);
    if (!values.json) console.log(checkLine(check));
  });
  if (values.json) console.log(JSON.stringify({ file: path, verified: isFine, checks }, null, 2));
  else console.log(isFine ? "a dock would take it" : "a dock would refuse it");
  if (!isFine) process.exitCode = 1;
}
