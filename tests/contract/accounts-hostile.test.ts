import { performance } from "node:perf_hooks";

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

import { hashSecret } from "../../src/dock/accounts/secrets";
import { AccountDock, GOOD, type Headers, PAGE } from "../fixtures/account-dock";
import { databases } from "../fixtures/databases";
import { openDock } from "../fixtures/open-dock";
import { makeAccount } from "../fixtures/people";

for (const { name, open } of databases) {
  describe(`accounts, attacked, on ${name}`, () => {
    let at: AccountDock;

    beforeAll(async () => {
      at = await AccountDock.open(await open());
    });

    afterAll(() => at.close());

    test("answers do not tell whether somebody has an account", async () => {
      await makeAccount(at.people, "known@people.test", GOOD);
      const known = "known@people.test";
      const unknown = "unknown@people.test";
      for (const [path, more] of [
        ["/my/register", {}],
        ["/my/reset", {}],
        ["/my/login", { password: "not the right one" }],
      ] as const) {
        const answers = [];
        for (const email of [known, unknown]) {
          const answer = await at.post(path, { email, ...more });
          const headers = [...answer.headers].filter(([key]) => key !== "date");
          answers.push([answer.status, await answer.text(), headers]);
        }
        expect(answers[0]).toEqual(answers[1]);
      }
      at.people.post.letters.length = 0;
    });

    test("a login takes as long for an account that is not there", async () => {
      const time = async (email: string) => {
        const start = performance.now();
        await at.post("/my/login", { email, password: "not the right one" });
        return performance.now() - start;
      };
      await makeAccount(at.people, "timed@people.test", GOOD);
      await time("timed@people.test");
      const [there, nowhere]: [number[], number[]] = [[], []];
      for (let round = 0; round < 9; round++) {
        there.push(await time("timed@people.test"));
        nowhere.push(await time("nobody-at-all@people.test"));
      }
      const least = (times: number[]) => Math.min(...times);
      const ratio = least(nowhere) / least(there);
      // Without the hash for nobody it is a tenth, on any machine.
      expect(ratio).toBeGreaterThan(0.5);
      expect(ratio).toBeLessThan(2);
    });

    test("nothing that another origin has a browser send is done", async () => {
      await makeAccount(at.people, "csrf@people.test", GOOD);
      const session = await at.logIn("csrf@people.test");
      const hostile: Headers[] = [
        { Origin: "https://evil.test" },
        { Origin: "null" },
        { Origin: "http://sub.dock.test" },
        { Origin: "http://dock.test:81" },
        { Origin: PAGE, "Sec-Fetch-Site": "same-site" },
        { Origin: PAGE, "Sec-Fetch-Site": "cross-site" },
      ];
      for (const headers of hostile) {
        const answer = await at.post("/my/logout-everywhere", undefined, {
          ...session,
          ...headers,
        });
        expect([headers, answer.status]).toEqual([headers, 403]);
        const login = await at.post(
          "/my/login",
          { email: "csrf@people.test", password: GOOD },
          headers,
        );
        expect([headers, login.status, login.headers.get("Set-Cookie")]).toEqual([
          headers,
          403,
          null,
        ]);
        expect(login.headers.get("Access-Control-Allow-Origin")).toBeNull();
      }
      expect((await at.ask("GET", "/my/account", undefined, session)).status).toBe(200);
      const form = await at.dock.request(`${PAGE}/api/v1/my/login`, {
        method: "POST",
        headers: { "Content-Type": "text/plain" },
        body: JSON.stringify({ email: "csrf@people.test", password: GOOD }),
      });
      expect(form.status).toBe(400);
    });

    test("pages of other origins that may search may not ask as somebody", async () => {
      const open = await openDock({
        store: at.store,
        blobs: at.blobs,
        people: at.people,
        pages: ["*"],
        limits: "none",
      });
      for (const path of ["/healthz", "/my/account"]) {
        const answer = await open.request(`${PAGE}/api/v1${path}`, {
          headers: { Origin: "https://other.test" },
        });
        const allowed = answer.headers.get("Access-Control-Allow-Origin");
        expect([path, allowed]).toEqual([path, path === "/healthz" ? "*" : null]);
      }
    });

    test("neither a cookie nor a token changes anything outside /my/", async () => {
      const session = await at.logIn("csrf@people.test");
      const plain = await at.ask("GET", "/islands");
      const told = await at.ask("GET", "/islands", undefined, {
        ...session,
        Authorization: "Bearer berth_of_nobody",
      });
      expect(await told.text()).toBe(await plain.text());
      expect(told.status).toBe(200);
    });

    test.each([
      "no-at-sign",
      "two@at@signs.test",
      "line\nbreak@people.test",
      "a@people.test\r\nBcc: everybody@people.test",
      "a@people.test, b@people.test",
      "<a@people.test>",
      '"a b"@people.test',
      "\u0430dmin@people.test",
      "a@p\u200beople.test",
      "a@people.test\u202e",
      `${"a".repeat(300)}@people.test`,
      "",
    ])("the address %j is refused, and not repeated", async (email) => {
      const answers = [
        await at.post("/my/register", { email }),
        await at.post("/my/reset", { email }),
        await at.post("/my/login", { email, password: GOOD }),
      ];
      for (const answer of answers) {
        expect(answer.status).toBe(400);
        const text = await answer.text();
        if (email.length > 3) expect(text).not.toContain(email.slice(0, 12));
      }
    });

    test.each([
      "",
      "   ",
      "a\u202eb",
      "a\u0000b",
      "a\nb",
      "a\u2066b",
      "\u200b",
      "<b>bold</b>",
      "x".repeat(61),
    ])("the name %j is refused, and its link stays good", async (name) => {
      const made = await at.people.accounts.makeCode("invite", "name@people.test", { seconds: 60 });
      const asked = { code: made!.code, password: GOOD };
      expect((await at.post("/my/confirm", { ...asked, name })).status).toBe(400);
      const [held] = await at.database.query<{ count: number }>(
        "select count(*)::int as count from one_time_code where hash = $1",
        [hashSecret(made!.code)],
      );
      expect(held!.count).toBe(1);
    });

    test.each(["short", "", "x".repeat(201)])("the password %j is refused", async (password) => {
      const made = await at.people.accounts.makeCode("invite", "weak@people.test", { seconds: 60 });
      const asked = { code: made!.code, name: "Weak", password };
      expect((await at.post("/my/confirm", asked)).status).toBe(400);
    });

    test("no header makes a link lead elsewhere", async () => {
      await makeAccount(at.people, "host@people.test", GOOD);
      const headers = {
        Host: "evil.test",
        "X-Forwarded-Host": "evil.test",
        Forwarded: "host=evil.test",
      };
      await at.post("/my/reset", { email: "host@people.test" }, headers);
      const letter = await vi.waitUntil(() =>
        at.people.post.letters.find(({ to }) => to === "host@people.test"),
      );
      expect(letter.text).not.toContain("evil.test");
      expect(letter.link).toMatch(/^http:\/\/dock\.test\/#\/account\?reset=/);
      at.people.post.letters.length = 0;
    });

    test("an address gets one letter in a minute, however often it is asked for", async () => {
      await makeAccount(at.people, "flood@people.test", GOOD);
      for (let i = 0; i < 5; i++) await at.post("/my/reset", { email: "flood@people.test" });
      await at.post("/my/reset", { email: "csrf@people.test" });
      await vi.waitUntil(() => at.people.post.letters.some(({ to }) => to === "csrf@people.test"));
      await vi.waitUntil(() => at.people.post.letters.some(({ to }) => to === "flood@people.test"));
      expect(at.people.post.letters.filter(({ to }) => to === "flood@people.test")).toHaveLength(1);
      at.people.post.letters.length = 0;
    });

    test("tries at a login are few, for one account from anywhere", async () => {
      const limited = await openDock({ store: at.store, blobs: at.blobs, people: at.people });
      const statuses: number[] = [];
      let last: Response | undefined;
      for (let i = 0; i < 12; i++) {
        last = await limited.request(`${PAGE}/api/v1/my/login`, {
          method: "POST",
          headers: { Origin: PAGE, "Content-Type": "application/json" },
          body: JSON.stringify({ email: "Guess@people.test", password: `guess ${i}` }),
        });
        statuses.push(last.status);
      }
      expect(statuses.slice(0, 10)).toEqual(new Array(10).fill(401));
      expect(statuses.slice(10)).toContain(429);
      expect(Number(last!.headers.get("Retry-After"))).toBeGreaterThan(0);
    });

    test("what the dock logs names no person and no address", () => {
      const text = at.logged.join("\n");
      expect(text).toContain("/api/v1/my/login");
      expect(text).not.toMatch(/people\.test|Ada|berth_|"(ip|email|address)"/);
    });
  });
}
