import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { LearnwareList } from "../../src/contracts/http/dock-api";
import { dockCommands, runCommand } from "../../src/dock/commands/commands";
import { askRunning } from "../../src/dock/commands/socket/ask-running";
import { socketPath } from "../../src/dock/commands/socket/messages";
import { readSettings } from "../../src/dock/settings";
import { type RunningDock, startDock } from "../../src/dock/serve/start-dock";
import { fileAnswers } from "../fixtures/file-server";
import { island, packageOf } from "../fixtures/learnwares";

const silent = { info: () => undefined, error: () => undefined };

let folder: string;
let data: string;
let dock: RunningDock;

const settings = () => readSettings({ BERTH_DATA: data, PORT: "0", BERTH_VERIFIERS: "0" });
const start = () =>
  startDock({ ...settings(), starterDirectory: join(folder, "nothing"), log: silent });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "berth-commands-"));
  data = join(folder, "data");
  await mkdir(join(folder, "zips"));
  for (const name of ["one", "two"]) {
    await writeFile(join(folder, "zips", `${name}.zip`), await packageOf(name, { space: island }));
  }
  dock = await start();
});
afterAll(() => dock.close());

/** A web server of a directory. */
async function serveFiles(directory: string) {
  const answer = fileAnswers(directory);
  const server = createServer((request, response) => {
    void answer(`http://files.test${request.url ?? "/"}`).then(async (found) => {
      response.writeHead(found.status).end(Buffer.from(await found.arrayBuffer()));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  return { url: `http://127.0.0.1:${port}/`, close };
}

/** What a command says that is given in the folder of this test, while the dock runs. */
async function tell(...args: string[]) {
  const said = { out: [] as string[], err: [] as string[], code: 0 };
  const isDone = await askRunning(data, args, {
    folder,
    out: (line) => said.out.push(line),
    err: (line) => said.err.push(line),
    fail: () => (said.code = 1),
    signal: new AbortController().signal,
  });
  expect(isDone).toBe(true);
  return said;
}

async function idsOver(url: string): Promise<string[]> {
  const answer = await fetch(`${url}/api/v1/learnwares`);
  return LearnwareList.parse(await answer.json()).learnwares.map(({ id }) => id);
}

describe("a dock that runs", () => {
  test("adds what lies in the folder of whoever says so, and answers with it at once", async () => {
    const { out, err, code } = await tell("add", "zips", "missing.zip");
    expect(err[0]).toBe(`into the dock that runs in ${data}`);
    expect(err).toContainEqual(expect.stringMatching(/refused .*missing\.zip: .*ENOENT/));
    expect(out).toEqual(["2 added, 0 replaced, 0 unchanged, 1 refused"]);
    expect(code).toBe(1);
    expect(await idsOver(dock.url)).toEqual(["one", "two"]);
  });

  test("lists, removes, brings back, checks and exports", async () => {
    expect((await tell("list", "--ids")).out).toEqual(["one", "two"]);
    expect((await tell("remove", "two")).out[0]).toMatch(/^two: removed/);
    expect(await idsOver(dock.url)).toEqual(["one"]);
    expect((await tell("restore", "two")).out).toEqual(["two: restored"]);
    const [line] = (await tell("list", "--json")).out;
    expect(JSON.parse(line!)).toMatchObject({ version: 1, learnwares: 2, name: "Houses" });
    expect(await tell("check")).toMatchObject({ code: 0 });
    await tell("export", "published");
    expect(existsSync(join(folder, "published", "index.json"))).toBe(true);
    expect((await tell("pull", "published")).out[0]).toBe("0 added, 0 unchanged, 0 removed");
    expect((await tell("admin-link")).out[0]).toMatch(/^http:\/\/.+/);
  });

  test("tells what is wrong with a command, and does not build its database anew under itself", async () => {
    await expect(tell("add")).rejects.toThrow(/it is used like this/);
    await expect(tell("list", "--colour")).rejects.toThrow(/Unknown option '--colour'/);
    await expect(tell("toString")).rejects.toThrow(/there is no "toString"/);
    await expect(tell("reindex")).rejects.toThrow(/runs with this database: stop it/);
  });

  test("is spoken to by its own user alone", async () => {
    expect((await stat(join(data, "control"))).mode & 0o777).toBe(0o700);
    expect((await stat(socketPath(data)!)).mode & 0o777).toBe(0o600);
  });

  test("goes on when somebody says what is no command, or hangs up", async () => {
    for (const text of ["no json\n", '{"args": 3}\n', "", '{"args":["list"],"folder":"/"}\n']) {
      const socket = connect(socketPath(data)!);
      socket.on("error", () => undefined);
      socket.end(text);
      await new Promise((resolve) => socket.on("close", resolve));
    }
    expect((await tell("list", "--ids")).out).toEqual(["one", "two"]);
  });

  test("stops what it does for somebody who has gone", async () => {
    const zips = join(folder, "many");
    await mkdir(zips);
    for (let i = 0; i < 60; i++) {
      await writeFile(join(zips, `many-${i}.zip`), await packageOf(`Many ${i}`, { space: island }));
    }
    const gone = new AbortController();
    const adding = askRunning(data, ["add", zips], {
      folder,
      out: () => undefined,
      err: () => gone.abort(new Error("gone")),
      fail: () => undefined,
      signal: gone.signal,
    });
    await expect(adding).rejects.toThrow();
    const { out } = await tell("add", join(zips, "many-0.zip"));
    expect(out[0]).toMatch(/1 (added|unchanged)/);
    expect((await idsOver(dock.url)).length).toBeLessThan(62);
  });
});

describe("pull", () => {
  const lines: string[] = [];
  const pull = async (address: string) => {
    lines.length = 0;
    const out = (line: string) => void lines.push(line);
    const fail = () => undefined;
    const { signal } = new AbortController();
    const terminal = { folder, out, err: out, fail, signal };
    const mirror = readSettings({ BERTH_DATA: join(folder, "mirror") });
    await runCommand(["pull", address, "--origin", "it"], { settings: mirror, terminal });
    return lines.at(-1);
  };

  test("mirrors a dock that runs, and what went away there", async () => {
    const count = (await idsOver(dock.url)).length;
    expect(await pull(`${dock.url}/#/models`)).toBe(`${count} added, 0 unchanged, 0 removed`);
    await tell("remove", "two");
    expect(await pull(dock.url)).toBe(`0 added, ${count - 1} unchanged, 1 removed`);
    await tell("restore", "two");
  });

  test("finds plain files below dock/, where an export with its page has them", async () => {
    await tell("export", "site/dock");
    const server = await serveFiles(join(folder, "site"));
    const count = (await idsOver(dock.url)).length;
    expect(await pull(server.url)).toBe(`1 added, ${count - 1} unchanged, 0 removed`);
    await server.close();
  });

  test("says that there is no dock at an address, and removes nothing", async () => {
    const server = await serveFiles(join(folder, "zips"));
    await expect(pull(server.url)).rejects.toThrow(/there is no dock at .*: neither/);
    await server.close();
    await expect(pull("http://127.0.0.1:1")).rejects.toMatchObject({ code: "network_failed" });
  });
});

describe("a dock that does not run", () => {
  test("is opened by the command itself, also where one that was killed left its socket", async () => {
    await dock.close();
    const terminal = {
      folder,
      out: () => undefined,
      err: () => undefined,
      fail: () => undefined,
      signal: new AbortController().signal,
    };
    expect(await askRunning(data, ["list"], terminal)).toBe(false);
    const listen = `require("net").createServer().listen(process.argv[1], () => console.log("up"))`;
    const killed = spawn(process.execPath, ["-e", listen, socketPath(data)!]);
    await once(killed.stdout, "data");
    killed.kill("SIGKILL");
    await once(killed, "close");
    expect(existsSync(socketPath(data)!)).toBe(true);
    expect(await askRunning(data, ["list"], terminal)).toBe(false);
    const lines: string[] = [];
    const out = (line: string) => lines.push(line);
    await runCommand(["list", "--ids"], { settings: settings(), terminal: { ...terminal, out } });
    expect(lines).toContain("one");
    dock = await start();
    expect((await tell("list", "--ids")).out).toContain("one");
  });
});

test("every command says how it is used", () => {
  for (const [name, { usage }] of Object.entries(dockCommands)) {
    expect(usage).toMatch(new RegExp(`^berth dock ${name}`));
  }
});
