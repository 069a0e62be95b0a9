import type { IncomingMessage, Server, ServerResponse } from "node:http";

/** Answers a request, now or later. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface DevServer {
  /** The API from the dock, everything else from Vite. */
  readonly answer: Answer;
  close(): Promise<void>;
}

/** Serve the app from its source on the dock's own origin, with reload over the same port. */
export async function openVite(server: Server, api: Answer): Promise<DevServer> {
  const { createServer } = await import("vite"); // Not there in production.
  const vite = await createServer({
    server: { middlewareMode: { server }, ws: { server } },
    appType: "spa",
  });
  return {
    answer: (request, response) => {
      if (request.url?.startsWith("/api/")) void api(request, response);
      else vite.middlewares(request, response);
    },
    close: () => vite.close(),
  };
}
