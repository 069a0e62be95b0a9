import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import openapi, { astToString } from "openapi-typescript";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import {
  changeUser,
  inviteUser,
  listUsers,
  readSummary,
  removeUser,
} from "../../src/client/account/admin";
import { listOwnLearnwares } from "../../src/client/account/own-learnwares";
import {
  askForReset,
  changePassword,
  confirm,
  confirmReset,
  logIn,
  logOut,
  logOutEverywhere,
  register,
  whoAmI,
} from "../../src/client/account/session";
import { listTokens, makeToken, removeToken } from "../../src/client/account/tokens";
import { readSettings } from "../../src/dock/settings";
import { sharingDock, type SharingDock } from "../fixtures/sharing-dock";

const root = join(import.meta.dirname, "../..");
const TIME = 120_000;

let dock: SharingDock;
let folder: string;

beforeAll(async () => {
  dock = await sharingDock();
  folder = await mkdtemp(join(tmpdir(), "berth-account-client-"));
}, TIME);

afterAll(async () => {
  await dock.close();
  await rm(dock.dataDirectory, { recursive: true });
  await rm(folder, { recursive: true });
});

describe("the client of accounts", () => {
  test("asks as whose token it has, and says what the dock refuses", async () => {
    const admin = { origin: dock.url, token: dock.admin };
    expect(await whoAmI(admin)).toMatchObject({ role: "admin", by: "token" });
    await expect(whoAmI({ origin: dock.url, token: "berth_none" })).rejects.toMatchObject({
      code: "not_signed_in",
    });
    const refused: readonly (() => Promise<unknown>)[] = [
      () => register(admin, "somebody@people.test"),
      () => makeToken(admin, { name: "t", scopes: ["read"], days: 1 }),
      () => listTokens(admin),
      () => removeToken(admin, "0b4cd6a2-64f4-4b45-9d1c-3a1b0a4a3f11"),
      () => changePassword(admin, "one password", "another password"),
      () => logOutEverywhere(admin),
    ];
    for (const asked of refused) {
      await expect(asked()).rejects.toMatchObject({ code: "not_allowed" });
    }
    await askForReset(admin, "nobody@people.test");
    await expect(confirmReset(admin, "x".repeat(43), "a good password")).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await readSummary(admin, 3)).days).toHaveLength(3);
  });

  test("invites, finds, changes and removes people, who own nothing at first", async () => {
    const admin = { origin: dock.url, token: dock.admin };
    const { link } = await inviteUser(admin, "invited@people.test", "user");
    const code = link.split("confirm=")[1]!;
    await confirm({ origin: dock.url }, { code, name: "Invited", password: "a good password" });
    await logIn({ origin: dock.url }, "invited@people.test", "a good password");
    const { users } = await listUsers(admin, { text: "invited", limit: 5, offset: 0 });
    expect(users).toMatchObject([{ name: "Invited", role: "user" }]);
    expect(await changeUser(admin, users[0]!.id, { role: "admin" })).toMatchObject({
      role: "admin",
    });
    await removeUser(admin, users[0]!.id);
    const token = await dock.person("own@people.test");
    const page = { limit: 5, offset: 0 };
    expect(await listOwnLearnwares({ origin: dock.url, token }, page)).toEqual({
      learnwares: [],
      total: 0,
    });
    await logOut({ origin: dock.url, token });
    await expect(whoAmI({ origin: dock.url, token })).rejects.toMatchObject({
      code: "not_signed_in",
    });
  });
});

describe("berth login, whoami and logout", () => {
  function berth(
    args: readonly string[],
    input = "",
  ): Promise<{ code: unknown; out: string; err: string }> {
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        ["src/cli/berth.js", ...args, "--dock", dock.url],
        { cwd: root, env: { ...process.env, XDG_CONFIG_HOME: folder } },
        (error, out, err) => resolve({ code: error?.code ?? 0, out, err }),
      );
      child.stdin!.end(input);
    });
  }

  test(
    "keep a token for this user alone, tell whose it is, and take it back",
    async () => {
      const token = await dock.person("cli@people.test");
      expect(await berth(["whoami"])).toMatchObject({
        code: 1,
        err: expect.stringContaining("berth login --dock") as string,
      });
      expect((await berth(["login"], "berth_wrong\n")).code).toBe(1);
      const { code, out, err } = await berth(["login"], `${token}\n`);
      expect([code, err]).toEqual([0, ""]);
      expect(out).toContain("cli@people.test");
      expect(out).not.toContain(token);
      const file = join(folder, "berth", "tokens.json");
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ [dock.url]: token });
      expect((await berth(["whoami"])).out).toContain("user, to read, submit");
      expect((await berth(["logout"])).code).toBe(0);
      expect(await readFile(file, "utf8")).not.toContain(token);
      await expect(whoAmI({ origin: dock.url, token })).rejects.toMatchObject({
        code: "not_signed_in",
      });
    },
    TIME,
  );
});

describe("a client that is made of the dock's description", () => {
  test(
    "has types for every route, and asks",
    async () => {
      const description: unknown = await (await fetch(`${dock.url}/api/v1/openapi.json`)).json();
      const source = astToString(await openapi(JSON.stringify(description)));
      const paths = Object.keys((description as { paths: object }).paths);
      expect(paths).toEqual(expect.arrayContaining(["/my/account", "/my/tokens", "/search"]));
      for (const path of paths) expect(source).toContain(`"${path}": {`);
      const made = await mkdtemp(join(root, "node_modules/.cache/berth-openapi-"));
      try {
        await writeFile(join(made, "paths.ts"), source);
        await writeFile(join(made, "use.ts"), USE);
        expect(problemsIn(join(made, "use.ts"))).toEqual([]);
        const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
        const { outputText } = ts.transpileModule(USE, { compilerOptions: options });
        await writeFile(join(made, "use.mjs"), outputText);
        const { roleOf } = (await import(/* @vite-ignore */ join(made, "use.mjs"))) as {
          roleOf: (url: string, token: string) => Promise<string>;
        };
        expect(await roleOf(`${dock.url}/api/v1`, dock.admin)).toBe("admin");
      } finally {
        await rm(made, { recursive: true });
      }
    },
    TIME,
  );
});

/** A program of somebody else's, who has nothing but the description. */
const USE = `import createClient from "openapi-fetch";
import type { paths } from "./paths";

export async function roleOf(baseUrl: string, token: string): Promise<string> {
  const headers = { Authorization: \`Bearer \${token}\` };
  const client = createClient<paths>({ baseUrl, headers });
  const { data, error } = await client.GET("/my/account");
  if (!data) throw new Error(error.message);
  return data.role;
}

export async function cannotBeWritten(): Promise<void> {
  // @ts-expect-error -- There is no such scope.
  await createClient<paths>().POST("/my/tokens", { body: { name: "t", scopes: ["everything"] } });
}
`;

/** What a compiler says of a file and those that it needs. */
function problemsIn(file: string): string[] {
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

test("letters need the dock's own address, and are from somebody", () => {
  const smtp = { BERTH_SMTP_URL: "smtps://me:secret@mail.example:465" };
  expect(() => readSettings(smtp)).toThrow(/needs BERTH_URL/);
  const whole = {
    ...smtp,
    BERTH_URL: "https://dock.example/",
    BERTH_MAIL_FROM: "dock@dock.example",
  };
  expect(readSettings(whole)).toMatchObject({
    publicUrl: "https://dock.example",
    registration: "invite",
    mailFrom: "dock@dock.example",
  });
  expect(() => readSettings({ BERTH_REGISTER: "everyone" })).toThrow(/open, invite or closed/);
});
