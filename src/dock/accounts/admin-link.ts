import type { SqlAccounts } from "./sql-accounts";

const SECONDS = 24 * 3600;

/**
 * Makes the link with which somebody becomes one of those who look after the dock, in the place of the one before.
 *
 * @param pageUrl - Without a slash at the end.
 */
export async function makeAdminLink(accounts: SqlAccounts, pageUrl: string): Promise<string> {
  const made = await accounts.makeCode("admin", null, { seconds: SECONDS, role: "admin" });
  return `${pageUrl}/#/account?for=admin&confirm=${made!.code}`;
}

export function adminLinkWords(link: string): string {
  return `nobody looks after this dock yet. Whoever opens this link does; it works once, for 24 hours: ${link}`;
}
