import { parseArgs } from "node:util";

import { whoAmI } from "../../client/account/session";
import { accountOf, dockHelp, dockOptions } from "./account-of";

const usage = `berth whoami [--dock URL] [--json]

Tells whose token is kept, or in BERTH_TOKEN, and what it may be used for.

${dockHelp}
  --json          tell it as JSON`;

/** `berth whoami`. */
export async function whoami(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { ...dockOptions, json: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const account = await whoAmI(await accountOf(values.dock));
  const { name, email, role, scopes } = account;
  if (values.json) console.log(JSON.stringify(account, null, 2));
  else console.log(`${name} <${email}>, ${role}, to ${scopes.join(", ")}`);
}
