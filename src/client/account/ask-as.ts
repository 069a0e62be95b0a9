import { type Answer, ask, type Fetching } from "../dock/ask";
import { readJson, refusal, type Schema } from "../dock/read-answer";

/** Somebody at a dock: with a token, or with the session that the browser holds. */
export interface Account {
  /** Of the dock; empty for the one that served the page. */
  readonly origin: string;
  readonly token?: string | undefined;
}

/**
 * Ask a dock as somebody. The only requests that tell who asks; a dock looks at it below `/my/` alone.
 *
 * @param path - Below `/api/v1/my`.
 * @throws AppError as `ask` does, or as the dock refuses it.
 */
export async function askAs<T>(
  { origin, token }: Account,
  path: string,
  init: RequestInit,
  fetching: Fetching,
  read: (answer: Answer) => Promise<T>,
): Promise<T> {
  const headers = new Headers(init.headers);
  if (token !== undefined) headers.set("Authorization", `Bearer ${token}`);
  return ask(
    `${origin}/api/v1/my${path}`,
    { ...init, headers, cache: "no-store" },
    fetching,
    async (answer) => {
      if (!answer.ok) throw await refusal(answer);
      return read(answer);
    },
    token === undefined ? "same-origin" : "omit",
  );
}

/** The same for JSON, which is sent and comes back. */
export async function askJsonAs<T>(
  account: Account,
  path: string,
  schema: Schema<T>,
  { method, body }: { readonly method: string; readonly body?: unknown },
  fetching: Fetching = {},
): Promise<T> {
  const headers = { "Content-Type": "application/json" };
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
  return askAs(account, path, init, fetching, (answer) => readJson(answer, schema, path));
}
