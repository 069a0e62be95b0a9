/**
 * @file Prometheus' text format, version 0.0.4, by hand: one histogram and a few gauges. `prom-client` would
 * bring the API of OpenTelemetry along.
 */

import { monitorEventLoopDelay } from "node:perf_hooks";

import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";

/** Upper ends, in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]);

interface Series {
  /** Not yet summed up. */
  readonly counts: number[];
  sum: number;
}

interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly read: () => number;
}

/** What a dock counts of its work: never who asked, nor for what. */
export class Metrics {
  /** By labels. */
  readonly #requests = new Map<string, Series>();
  readonly #gauges: Gauge[] = [];
  readonly #delays = monitorEventLoopDelay({ resolution: 20 });

  constructor() {
    this.#delays.enable();
    this.gauge("process_resident_memory_bytes", "Memory of the process.", () =>
      process.memoryUsage.rss(),
    );
    this.gauge("process_cpu_seconds_total", "Processor time of all threads.", () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    });
    this.gauge("nodejs_eventloop_lag_p99_seconds", "Since the last time of asking.", () => {
      const seconds = this.#delays.percentile(99) / 1e9;
      this.#delays.reset();
      return seconds;
    });
  }

  gauge(name: string, help: string, read: () => number): void {
    this.#gauges.push({ name, help, read });
  }

  /** Counts requests by route, never by address. */
  count(): MiddlewareHandler {
    return async (c, next) => {
      const start = performance.now();
      await next();
      const method = METHODS.has(c.req.method) ? c.req.method : "other";
      const labels = `method="${method}",route="${routePath(c)}",status="${c.res.status}"`;
      this.#observe(labels, (performance.now() - start) / 1000);
    };
  }

  #observe(labels: string, seconds: number): void {
    let series = this.#requests.get(labels);
    if (!series) {
      series = { counts: new Array<number>(BUCKETS.length + 1).fill(0), sum: 0 };
      this.#requests.set(labels, series);
    }
    const bucket = BUCKETS.findIndex((end) => seconds <= end);
    series.counts[bucket < 0 ? BUCKETS.length : bucket]!++;
    series.sum += seconds;
  }

  /** Everything that was counted, to be read by Prometheus. */
  text(): string {
    const name = "berth_request_seconds";
    const lines = [`# HELP ${name} From a request to its answer.`, `# TYPE ${name} histogram`];
    for (const [labels, { counts, sum }] of this.#requests) {
      let total = 0;
      for (const [i, count] of counts.entries()) {
        total += count;
        lines.push(`${name}_bucket{${labels},le="${BUCKETS[i] ?? "+Inf"}"} ${total}`);
      }
      lines.push(`${name}_sum{${labels}} ${sum}`, `${name}_count{${labels}} ${total}`);
    }
    for (const gauge of this.#gauges) {
      lines.push(`# HELP ${gauge.name} ${gauge.help}`, `# TYPE ${gauge.name} gauge`);
      lines.push(`${gauge.name} ${gauge.read()}`);
    }
    return `${lines.join("\n")}\n`;
  }
}
