/**
 * @file `npm run audit`: known weaknesses, of grade high or critical, in the packages that a dock or page runs on.
 * Where no registry answers the question it says so and is no failure.
 */

import { spawnSync } from "node:child_process";

import { z } from "zod";

const Report = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string() })),
});

const LIMIT_MS = 60_000;
const GRAVE = new Set(["high", "critical"]);

const { stdout } = spawnSync("npm", ["audit", "--json", "--omit=dev"], {
  encoding: "utf8",
  timeout: LIMIT_MS,
});
const report = Report.safeParse(parsed(stdout));
if (report.success) {
  const all = Object.entries(report.data.vulnerabilities);
  const grave = all.filter(([, { severity }]) => GRAVE.has(severity));
  for (const [name, { severity }] of grave) console.log(`${name}: ${severity}`);
  console.log(`audit: ${grave.length} packages with grave weaknesses, ${all.length} with any`);
  process.exitCode = grave.length > 0 ? 1 : 0;
} else {
  console.log("audit: skipped, because the registry does not answer");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
