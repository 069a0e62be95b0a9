/** @file `npm run check`: the types of every project, and of the page's components. */

import { spawnSync } from "node:child_process";

/** The compiler of today; that in `node_modules/typescript` is the last one that linters and Svelte can read. */
const COMPILER = "node_modules/typescript-7/bin/tsc";

const PROJECTS = [
  ...["src/engine", "src/reference", "src/workflows", "src/runtime", "src/runtime/threads/node"],
  ...["src/contracts", "src/client", "src/library", "src/dock", "src/cli", "workers", "tests"],
];

const failed = PROJECTS.filter((project) => !passes("node", COMPILER, "-p", project));
if (!passes("npx", "svelte-check", "--fail-on-warnings")) failed.push("src/app");
if (failed.length > 0) console.error(`types do not hold in ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

function passes(program: string, ...args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: "inherit" }).status === 0;
}
