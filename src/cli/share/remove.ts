import { parseArgs } from "node:util";

import { removeLearnware } from "../../client/account/submissions";
import { required } from "../options";
import { accountOf, dockHelp, dockOptions } from "./account-of";

const usage = `berth remove ID… [--dock URL]

Takes learnwares of yours out of a dock. Whoever has one already keeps it.

${dockHelp}`;

/** `berth remove`: learnwares go out of a dock. */
export async function remove(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...dockOptions, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  required(positionals[0], usage);
  const account = await accountOf(values.dock);
  for (const id of positionals) {
    await removeLearnware(account, id);
    console.log(`${id} is out of the dock`);
  }
}
