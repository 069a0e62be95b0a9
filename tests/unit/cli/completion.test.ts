import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { beforeAll, describe, expect, test } from "vitest";

const program = fileURLToPath(new URL("../../../src/cli/berth.js", import.meta.url));
const shells = ["bash", "zsh", "fish"];
let env: Record<string, string>;

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "berth-completion-"));
  symlinkSync(program, join(folder, "berth"));
  env = { PATH: `${folder}:${process.env["PATH"] ?? ""}` };
});

const scriptOf = (shell: string) =>
  execFileSync(process.execPath, [program, "completion", shell], { encoding: "utf8" });

/** What bash makes of the words so far. */
function complete(...words: string[]): string[] {
  const script = `source <(berth completion bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _berth; echo "\${COMPREPLY[@]}"`;
  const said = execFileSync("bash", ["-c", script, "bash", ...words], { env, encoding: "utf8" });
  return said.trim().split(" ");
}

describe("bash", () => {
  test("completes commands, those of a dock, and the options that their help tells", () => {
    expect(complete("berth", "tr")).toEqual(["train"]);
    expect(complete("berth", "dock", "re")).toEqual(["remove", "restore", "reindex"]);
    expect(complete("berth", "dock", "list", "--")).toEqual(["--ids", "--json"]);
    expect(complete("berth", "submit", "--i")).toEqual(["--id", "--island"]);
  });
});

test.each(shells)("%s is given every command", (shell) => {
  const script = scriptOf(shell);
  for (const name of ["predict", "completion", "backup", "admin-link"]) {
    expect(script).toContain(name);
  }
});

test.each(shells)("%s reads its script, where it is installed", (shell) => {
  if (spawnSync(shell, ["--version"]).error) return;
  const { status, stderr } = spawnSync(shell, ["-n"], { input: scriptOf(shell), encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test("another shell is refused with a word on how it is used", () => {
  const { status, stderr } = spawnSync(process.execPath, [program, "completion", "tcsh"], {
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stderr).toContain("berth completion bash|zsh|fish");
});
