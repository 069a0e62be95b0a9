import type { ZodError } from "zod";

/** Characters of a key that are told: it may be anyone's. */
const MOST_KEY = 100;

/** What the first thing is that a schema does not like, and where: "at a.b: Too big: …", in words for who wrote the content; to follow a noun. */
export function wrongKey({ issues: [issue] }: ZodError): string {
  const key = issue?.path.join(".").slice(0, MOST_KEY) ?? "";
  const why = (issue?.message ?? "wrong content")
    .replace(/^Invalid input: expected (.+), received undefined$/, "$1 is missing")
    .replace(/^Invalid input: expected (.+), received .+$/, "must be $1");
  return key === "" ? `: ${why}` : ` at "${key}": ${why}`;
}
