import { expect, test } from "vitest";

import { AppError } from "../../../src/contracts/outcome";
import { explainFailure, readSettings } from "../../../src/dock/settings";

const code = (name: string) => Object.assign(new Error(`${name}: no space left`), { code: name });

test("limits are the usual ones, unless they are set", () => {
  expect(readSettings({}).limits).toMatchObject({
    requestsPerMinute: 6000,
    seconds: 30,
    proxies: 0,
  });
  const set = { BERTH_HOST: "127.0.0.1", BERTH_RATE: "0", BERTH_SECONDS: "5", BERTH_PROXIES: "1" };
  const { host, limits } = readSettings(set);
  expect(host).toBe("127.0.0.1");
  expect(limits).toMatchObject({ requestsPerMinute: 0, seconds: 5, proxies: 1 });
});

test.each(["-1", "x", "1.5", "1e9"])("BERTH_RATE=%s is refused by name", (value) => {
  expect(() => readSettings({ BERTH_RATE: value })).toThrow(/^BERTH_RATE must be a whole number/);
});

test("docks that the page may ask, and pages that may ask, are origins", () => {
  const set = { BERTH_DOCKS: " https://a.example  http://[::1]:8001 ", BERTH_PAGES: "*" };
  expect(readSettings(set)).toMatchObject({
    docks: ["https://a.example", "http://[::1]:8001"],
    pages: ["*"],
  });
  expect(readSettings({})).toMatchObject({ docks: [], pages: [], name: undefined });
});

test.each(["a.example", "https://a.example/", "https://a;script-src", "*", "'none'"])(
  "BERTH_DOCKS=%s is refused by name",
  (value) => {
    expect(() => readSettings({ BERTH_DOCKS: value })).toThrow(/^BERTH_DOCKS must be origins/);
  },
);

test.each([
  ["the system", code("ENOSPC")],
  ["a quota", code("EDQUOT")],
  ["the database", Object.assign(new Error("could not extend file"), { code: "53100" })],
  [
    "what lies below another failure",
    new AppError("internal", "failed", {}, { cause: code("ENOSPC") }),
  ],
])("a full disk is told in a sentence when %s says so", (_, error) => {
  expect(explainFailure(error, readSettings({}))).toMatch(
    /^no space is left to write to, at .*: nothing is lost$/,
  );
});

test("an address that this machine does not have is told by its setting", () => {
  expect(explainFailure(code("EADDRNOTAVAIL"), readSettings({}))).toMatch(/BERTH_HOST/);
});

test.each([
  ["a disk that is read-only", code("EROFS")],
  ["a folder that it cannot make there", Object.assign(code("ENOENT"), { syscall: "mkdir" })],
  ["a folder of somebody else's", code("EACCES")],
])("%s is told by the setting that chooses another", (_, error) => {
  expect(explainFailure(error, readSettings({ BERTH_DATA: "/kept" }))).toMatch(
    /^cannot use \/kept \(.*\); choose another with BERTH_DATA$/,
  );
});

test("a file that is not there is not told as one", () => {
  expect(explainFailure(code("ENOENT"), readSettings({}))).toBeNull();
});
