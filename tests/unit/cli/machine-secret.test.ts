import { mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { machineSecret } from "../../../src/cli/machine-secret";

const folder = mkdtempSync(join(tmpdir(), "berth-secret-"));

test("the machine's secret is made once, for its user alone, and stays", () => {
  const environment = { XDG_STATE_HOME: join(folder, "state") };
  const secret = machineSecret(environment);
  expect(secret).toHaveLength(32);
  expect(machineSecret(environment)).toEqual(secret);
  const file = join(folder, "state", "berth", "secret");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, "utf8").trim()).toBe(Buffer.from(secret).toString("hex"));
});

test("another file may hold it", () => {
  const named = join(folder, "shared.txt");
  writeFileSync(named, `${"0f".repeat(32)}\n`);
  expect(machineSecret({ BERTH_SECRET_FILE: named })).toEqual(new Uint8Array(32).fill(15));
});

test("a file that holds something else, or cannot be, is refused", () => {
  const odd = join(folder, "odd.txt");
  writeFileSync(odd, "a secret");
  expect(() => machineSecret({ BERTH_SECRET_FILE: odd })).toThrow(/64 hexadecimal digits/);
  symlinkSync(join(folder, "nowhere", "at all"), join(folder, "dangling"));
  expect(() => machineSecret({ BERTH_SECRET_FILE: join(folder, "dangling") })).toThrow(
    /BERTH_SECRET_FILE/,
  );
  expect(() => machineSecret({ BERTH_SECRET_FILE: join(odd, "below") })).toThrow(
    /BERTH_SECRET_FILE/,
  );
});
