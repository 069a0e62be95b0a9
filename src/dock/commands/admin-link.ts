import { parseArgs } from "node:util";

import { makeAdminLink } from "../accounts/admin-link";
import { type DockCommand, usageError, withDock } from "./command";

const usage = `berth dock admin-link

Prints a link with which whoever opens it chooses a name and a password, and becomes one of those who look
after the dock. It works once, for 24 hours, and takes the place of the one before. It begins with BERTH_URL,
or else with this machine's address of the dock. A dock without
anybody to look after it, it prints such a link at its start.`;

export const adminLink: DockCommand = {
  about: "print a link that makes somebody look after the dock",
  usage,
  run: async (args, context) => {
    const { settings, terminal } = context;
    const { positionals } = parseArgs({ args, allowPositionals: true });
    if (positionals.length > 0) throw usageError(usage);
    const pageUrl = settings.publicUrl ?? `http://localhost:${settings.port}`;
    await withDock(context, async ({ accounts }) => {
      terminal.out(await makeAdminLink(accounts, pageUrl));
    });
  },
};
