import type { DockChoice } from "../../dock-choice";

/** Why an address that was typed is not asked. */
export type AddressRefusal = "empty" | "not_address" | "not_web" | "with_password" | "not_allowed";

export type TypedAddress =
  { readonly base: string } | { readonly refused: AddressRefusal; readonly host: string };

/** Names that only this computer answers to, mostly without a certificate. */
const HERE = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * The place that a person typed: a whole address, one without `https://`, or a folder of the page's own server. That of a
 * page or of an index stands for the folder it is in. Asks nobody.
 *
 * @param page - Where the page is.
 */
export function typedAddress(
  text: string,
  page: string,
  choice: Pick<DockChoice, "allows">,
): TypedAddress {
  const typed = text.trim();
  const refuse = (refused: AddressRefusal, host = ""): TypedAddress => ({ refused, host });
  if (typed === "") return refuse("empty");
  const [url = null, ...others] = meant(typed, page);
  if (!url) return refuse("not_address");
  if (!/^https?:$/.test(url.protocol)) return refuse("not_web");
  if (url.username !== "" || url.password !== "") return refuse("with_password");
  const allowed = [url, ...others].find((one) => choice.allows(one));
  if (!allowed) return refuse("not_allowed", url.host);
  return { base: allowed.origin + folderOf(allowed.pathname) };
}

/** What the text may mean, the likeliest first; none if it is no address. */
function meant(typed: string, page: string): URL[] {
  const isFolder = /^\.{0,2}\//.test(typed) && !typed.startsWith("//");
  if (isFolder) return parsed(typed, page);
  if (/^[a-z][a-z0-9+.-]*:(?!\d)/i.test(typed)) return parsed(typed);
  const [secure] = parsed(`https://${typed}`);
  if (!secure) return [];
  const plain = parsed(`http://${typed}`);
  return HERE.test(secure.hostname) ? [...plain, secure] : [secure, ...plain];
}

function parsed(text: string, base?: string): URL[] {
  return URL.canParse(text, base) ? [new URL(text, base)] : [];
}

function folderOf(path: string): string {
  const folder = path.replace(/\/(index\.(html|json))?$/, "");
  return `${folder}/`;
}
