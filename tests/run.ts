/**
 * @file `npm test`: every check CI runs, with one closing line `N passed, N failed` summed over the suites. What uses one
 * core runs beside another such; what uses two, one after the other. Finds Chromium or installs it, and says which.
 */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findChromium } from "./find-chromium";

interface Tally {
  passed: number;
  failed: number;
}

const reports = mkdtempSync(join(tmpdir(), "berth-tests-"));
const total: Tally = { passed: 0, failed: 0 };

async function main(): Promise<void> {
  const chromium = findChromium() || installChromium();
  console.log(`Chromium: ${chromium || "none found"}`);
  const { env } = process;
  // The longest first, so that both cores end together.
  const waiting = [
    () => step("lint", ["npm", "run", "-s", "lint:code"], env),
    () => step("check", ["npm", "run", "-s", "check"], env),
    () => suite("faults", vitest("faults"), env, countVitest, aside),
    () => step("bench market", ["npm", "run", "-s", "bench", "--", "market", "--quick"], env),
    () => step("lint of the house", ["npm", "run", "-s", "lint:house"], env),
    () => step("bench spec", ["npm", "run", "-s", "bench", "--", "spec", "--quick"], env),
    () => step("build", ["npm", "run", "-s", "build"], env),
    () => step("audit", ["npm", "run", "-s", "audit"], env),
  ].values();
  const lane = async () => {
    for (const next of waiting) await next();
  };
  await Promise.all([lane(), lane()]);
  await suite("unit and contract", vitest("unit", "contract"), env, countVitest);
  await suite("browser", vitest("browser"), env, countVitest);
  await suite(
    "e2e",
    ["npx", "playwright", "test", "-c", "tests/e2e", "--reporter=list,json"],
    env,
    countPlaywright,
  );
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

function vitest(...projects: string[]): string[] {
  const chosen = projects.flatMap((name) => ["--project", name]);
  return ["npx", "vitest", "run", ...chosen, "--reporter=default", "--reporter=json"];
}

/** Runs a command to its exit status. */
type Execute = (
  name: string,
  command: readonly string[],
  env: NodeJS.ProcessEnv,
) => number | Promise<number>;

/** Beside others; what it prints comes when it has ended. */
async function aside(
  name: string,
  [program, ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const started = performance.now();
  const child = spawn(program!, args, { env });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (printed += text));
  }
  const [status] = (await once(child, "close")) as [number | null];
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`\n== ${name}\n${printed}== ${name}: ${seconds} s`);
  return status ?? 1;
}

/** Runs beside others and has no tests to count: nothing when it passes, one failure when it does not. */
async function step(
  name: string,
  command: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  if ((await aside(name, command, env)) !== 0) total.failed++;
}

async function suite(
  name: string,
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  count: (report: unknown) => Tally,
  execute: Execute = alone,
): Promise<void> {
  const file = join(reports, `${name.replaceAll(" ", "-")}.json`);
  const full = command[1] === "vitest" ? [...command, `--outputFile.json=${file}`] : command;
  const status = await execute(name, full, { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  const tally = existsSync(file)
    ? count(JSON.parse(readFileSync(file, "utf8")))
    : { passed: 0, failed: 1 };
  total.passed += tally.passed;
  total.failed += tally.failed;
  // A run that fails without a failed test has failed all the same: a file that does not load, say.
  if (status !== 0 && tally.failed === 0) total.failed++;
  console.log(`${name}: ${tally.passed} passed, ${tally.failed} failed`);
}

/** With both cores, and seen as it goes. */
function alone(
  name: string,
  [program, ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
): number {
  console.log(`\n== ${name}`);
  const started = performance.now();
  const { status } = spawnSync(program!, args, { stdio: "inherit", env });
  console.log(`== ${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
  return status ?? 1;
}

function countVitest(report: unknown): Tally {
  const { numPassedTests, numFailedTests } = report as {
    numPassedTests: number;
    numFailedTests: number;
  };
  return { passed: numPassedTests, failed: numFailedTests };
}

function countPlaywright(report: unknown): Tally {
  const { stats } = report as { stats: { expected: number; unexpected: number; flaky: number } };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
}

/** Debian's Chromium, where we may install it; else empty, and the browser suites say what they miss. */
function installChromium(): string {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    console.log("No Chromium found. Install one, or set CHROMIUM to its path.");
    return "";
  }
  console.log("No Chromium found: installing Debian's.");
  const quiet = { stdio: "ignore" } as const;
  spawnSync("apt-get", ["update", "-qq"], quiet);
  spawnSync("apt-get", ["install", "-y", "-qq", "chromium", "chromium-headless-shell"], quiet);
  return findChromium();
}

await main();
