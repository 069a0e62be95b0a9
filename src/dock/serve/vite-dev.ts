import type { Server } from "node:http";

import { type Answer, isWatching } from "./server";

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
      const url = request.url ?? "";
      if (url.startsWith("/api/") || isWatching(url)) void api(request, response);
      else vite.middlewares(request, response);
    },
    close: () => vite.close(),
  };
}
