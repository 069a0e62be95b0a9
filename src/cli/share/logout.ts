import { parseArgs } from "node:util";

import { logOut } from "../../client/account/session";
import { AppError } from "../../contracts/outcome";
import { accountOf, dockHelp, dockOptions, keepToken } from "./account-of";

const usage = `berth logout [--dock URL]

Takes the token back at the dock, so that it is no longer good anywhere, and forgets it here.

${dockHelp}`;

/** `berth logout`: the token that is kept is no longer good. */
export async function logout(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { ...dockOptions, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const account = await accountOf(values.dock);
  try {
    await logOut(account);
  } catch (error) {
    // One that the dock knows no more is no longer good already.
    if (!(error instanceof AppError && error.code === "not_signed_in")) throw error;
  }
  await keepToken(account.origin, null);
  console.log(`logged out at ${account.origin}`);
}
