import { parseArgs } from "node:util";

import { findSubmission, listSubmissions, waitForVerdict } from "../../client/account/submissions";
import { accountOf, dockHelp, dockOptions } from "./account-of";
import { stateLine } from "./report";
import { tell } from "./submit";

const usage = `berth submissions [NUMBER] [--dock URL] [--wait] [--json]

Lists what you handed in, newest first; or the whole report on one.

${dockHelp}
  --wait          until that one is verified or refused
  --json          tell it as JSON`;

/** `berth submissions`: what became of what was handed in. */
export async function submissions(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...dockOptions,
      wait: { type: "boolean" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const account = await accountOf(values.dock);
  const [which] = positionals;
  if (which !== undefined) {
    const look = values.wait ? waitForVerdict : findSubmission;
    tell(await look(account, Number(which)), values.json);
    return;
  }
  const all = await listSubmissions(account);
  if (values.json) console.log(JSON.stringify(all, null, 2));
  else for (const one of all) console.log(stateLine(one));
}
