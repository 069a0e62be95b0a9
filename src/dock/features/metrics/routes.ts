import { Hono } from "hono";

import type { Metrics } from "../../http/metrics";

/** `/metrics`, for Prometheus; in no contract, because no client asks for it. */
export function metricsRoutes(metrics: Metrics): Hono {
  const routes = new Hono();
  routes.get("/metrics", (c) =>
    c.body(metrics.text(), 200, { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" }),
  );
  return routes;
}
