import { execFile } from "node:child_process";
import { createServer, type Server } from "node:http";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Runnable, snippetOf } from "../../../../../src/app/screens/learnware/inside/snippets";
import { sha256Of } from "../../../../../src/client/storage/sha256";
import { packageOf } from "../../../../fixtures/learnwares";
import { patience } from "../../../../patience";

const run = promisify(execFile);
const python = process.env["BERTH_PYTHON"] ?? "python3";
const hasOnnx = await run(python, ["-c", "import numpy, onnxruntime"]).then(
  () => true,
  () => false,
);

describe("what is copied to use a model elsewhere", () => {
  let server: Server;
  let runnable: Runnable;

  beforeAll(async () => {
    const zip = await packageOf("linear");
    server = createServer((_, answer) => answer.end(zip));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    runnable = {
      id: "linear",
      address: `http://127.0.0.1:${port}/it's-here?a=b&c`,
      sha256: await sha256Of(zip),
      fileName: "model.onnx",
      ...{ input: "X", output: "values", labels: [] },
      columns: [
        { name: 'area "net"', value: 4 },
        { name: "1", value: 1 },
      ],
    };
  });
  afterAll(() => server.close());

  // 2 · area − age + 3, as the fixture's model has it.
  test("runs in Node as it stands", { timeout: patience(60) }, async () => {
    const file = join(import.meta.dirname, `snippet-${process.pid}.mjs`);
    await writeFile(file, snippetOf("javascript", runnable));
    try {
      const { stdout } = await run(process.execPath, [file]);
      expect(stdout).toContain("[ 10 ]");
    } finally {
      await run("rm", [file]);
    }
  });

  test.skipIf(!hasOnnx)("runs in Python as it stands", { timeout: patience(60) }, async () => {
    const { stdout } = await run(python, ["-c", snippetOf("python", runnable)]);
    expect(stdout).toContain("10");
  });

  test("fetches and compares the package in a shell", { timeout: patience(60) }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "berth-curl-"));
    const { stdout } = await run("sh", ["-c", snippetOf("curl", runnable)], { cwd: folder });
    expect(stdout).toContain("linear.zip: OK");
    expect(await sha256Of(await readFile(join(folder, "linear.zip")))).toBe(runnable.sha256);
    const other = snippetOf("curl", { ...runnable, sha256: "0".repeat(64) });
    await expect(run("sh", ["-c", other], { cwd: folder })).rejects.toMatchObject({ code: 1 });
  });
});
