import { execFile } from "node:child_process";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { HttpDock } from "../../src/client/dock/http-dock";
import { island, packageOf, rkmeAround } from "../fixtures/learnwares";
import { sharingDock, type SharingDock } from "../fixtures/sharing-dock";
import { patience } from "../patience";

const root = fileURLToPath(new URL("../..", import.meta.url));
const TIME = patience(180);
let dock: SharingDock;
let token: string;
let folder: string;

beforeAll(async () => {
  dock = await sharingDock();
  token = await dock.person("one@people.test");
  folder = await mkdtemp(join(tmpdir(), "berth-submit-ways-"));
}, TIME);
afterAll(() => dock.close());

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(program: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const env = { PATH: process.env["PATH"], HOME: folder, ...more };
  return new Promise((resolve) => {
    execFile(program, args, { cwd: root, env }, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, out, err });
    });
  });
}

const berth = (...args: string[]) =>
  run(process.execPath, ["src/cli/berth.js", ...args], {
    BERTH_TOKEN: token,
    BERTH_DOCK: dock.url,
  });

async function zipFile(name: string, x: number, model?: Uint8Array): Promise<string> {
  const path = join(folder, `${name}.zip`);
  const zip = await packageOf(name, {
    space: island,
    rkme: rkmeAround(x, 0),
    ...(model && { model }),
  });
  await writeFile(path, zip);
  return path;
}

describe("a learnware is handed in", () => {
  test(
    "with curl, as the guide has it, and is found afterwards",
    async () => {
      const guide = await readFile(join(root, "docs/submitting.md"), "utf8");
      const recipe = [...guide.matchAll(/```sh\n(.*?)```/gs)].find(([, code]) =>
        code!.includes("curl"),
      )![1]!;
      const file = await zipFile("By curl", 1);
      const { code, out, err } = await run("sh", ["-euc", recipe], {
        ...{ DOCK: dock.url, TOKEN: token, FILE: file },
      });
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(out).toMatch(/"state":"verified"/);
      const client = new HttpDock(dock.url);
      const { singles } = await client.search({ filter: { text: "curl" } });
      expect(singles[0]!.learnware.id).toBe("by-curl");
    },
    TIME,
  );

  test(
    "by berth submit, searched, changed, downloaded and taken out from a terminal",
    async () => {
      const file = await zipFile("By berth", 2);
      const submitted = await berth("submit", file, "--wait", "--json");
      expect(submitted.code, submitted.err).toBe(0);
      expect(JSON.parse(submitted.out)).toMatchObject({
        ...{ state: "verified", learnwareId: "by-berth" },
      });
      expect(submitted.err).toMatch(/sent 100 %/);

      const updated = await berth("update", "by-berth", "--name", "By Berth itself", "--wait");
      expect(updated.code, updated.err).toBe(0);
      const found = await berth("search", "berth", "itself");
      expect(found.out).toMatch(/^by-berth {2}By Berth itself \(.*, \w+ [\d.]+ declared\)/);

      const back = join(folder, "back.zip");
      expect((await berth("get", "by-berth", "-o", back)).code).toBe(0);
      expect((await berth("verify", back)).out).toMatch(/a dock would take it/);

      const listed = await berth("submissions");
      expect(listed.out.split("\n")[0]).toMatch(/is verified: the learnware is by-berth/);
      expect((await berth("remove", "by-berth")).code).toBe(0);
      const gone = await berth("get", "by-berth", "-o", back);
      expect(gone).toMatchObject({ code: 1, out: "" });
    },
    TIME,
  );

  test(
    "is refused before anything is sent, in the words of the dock",
    async () => {
      const file = await zipFile("Broken", 3, new Uint8Array([1, 2, 3]));
      const verified = await berth("verify", file);
      expect(verified.code).toBe(1);
      expect(verified.out).toMatch(/^NO +the ONNX graph/m);
      const submitted = await berth("submit", file);
      expect(submitted.code).toBe(1);
      expect(submitted.err).toMatch(/nothing was sent/);
      expect(submitted.err).not.toMatch(/upload /);
    },
    TIME,
  );

  test(
    "by nobody who is not logged in, who is told what to do",
    async () => {
      const file = await zipFile("Whose", 4);
      const args = ["src/cli/berth.js", "submit", file, "--dock", dock.url];
      const { code, err } = await run(process.execPath, args);
      expect(code).toBe(1);
      expect(err).toMatch(/nobody is logged in .*BERTH_TOKEN/);
    },
    TIME,
  );
});
