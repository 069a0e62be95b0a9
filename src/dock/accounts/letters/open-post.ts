import type { Post } from "./post";
import { PrintedPost } from "./printed-post";
import { SmtpPost } from "./smtp-post";

interface PostSettings {
  readonly smtpUrl?: string | undefined;
  readonly mailFrom?: string | undefined;
}

/** The mail server that the operator names, or the dock's log. */
export function openPost(
  { smtpUrl, mailFrom }: PostSettings,
  pageUrl: string,
  print: (line: string) => void,
): Post {
  if (smtpUrl === undefined) return new PrintedPost(print);
  return new SmtpPost(smtpUrl, mailFrom ?? `berth@${new URL(pageUrl).hostname}`);
}
