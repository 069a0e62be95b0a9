import { parseArgs } from "node:util";

import { HttpDock } from "../../client/dock/http-dock";
import { fetchLearnware } from "../../library/fetch-learnware";
import { required } from "../options";
import { writeOutput } from "../output";
import { dockHelp, dockOptions, dockOrigin } from "./account-of";

const usage = `berth get ID [-o FILE] [--dock URL]

Downloads a learnware's zip, and compares it with its hash. Nobody needs to be logged in.

  -o FILE         where it goes (default: ID.zip; - for standard output)
${dockHelp}`;

/** `berth get`: a learnware's zip out of a dock. */
export async function get(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...dockOptions,
      out: { type: "string", short: "o" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const id = required(positionals[0], usage);
  const { zip, sha256 } = await fetchLearnware(new HttpDock(dockOrigin(values.dock)), id);
  const place = values.out ?? `${id}.zip`;
  await writeOutput(place, zip);
  if (place !== "-") console.log(`${place}: ${zip.length} bytes, SHA-256 ${sha256}`);
}
