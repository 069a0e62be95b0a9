import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Account, NewToken } from "../../src/contracts/http/account-api";
import { hashSecret } from "../../src/dock/accounts/secrets";
import { AccountDock, codeOf, cookieOf, GOOD, PAGE } from "../fixtures/account-dock";
import { databases } from "../fixtures/databases";
import { openDock } from "../fixtures/open-dock";
import { makeAccount, testPeople } from "../fixtures/people";

for (const { name, open } of databases) {
  describe(`accounts on ${name}`, () => {
    let at: AccountDock;

    beforeAll(async () => {
      at = await AccountDock.open(await open());
    });

    afterAll(() => at.close());

    test("an account comes into being by a letter's link, and logs in and out", async () => {
      expect((await at.post("/my/register", { email: "New@People.test" })).status).toBe(200);
      const code = await at.linkTo("New@People.test", "confirm");
      expect(
        (await at.post("/my/login", { email: "new@people.test", password: GOOD })).status,
      ).toBe(401);
      const asked = { code, name: "  Ada \u00c5 ", password: GOOD };
      expect((await at.post("/my/confirm", asked)).status).toBe(200);
      const session = await at.logIn("new@PEOPLE.test");
      const account = (await (
        await at.ask("GET", "/my/account", undefined, session)
      ).json()) as Account;
      expect(account).toMatchObject({
        email: "New@People.test",
        name: "Ada \u00c5",
        role: "user",
        by: "session",
      });
      expect(account.scopes).toEqual(["read", "submit"]);
      expect((await at.post("/my/logout", undefined, session)).status).toBe(200);
      expect((await at.ask("GET", "/my/account", undefined, session)).status).toBe(401);
    });

    test("a link works once, for what it was sent for, and not after its time", async () => {
      await at.post("/my/register", { email: "once@people.test" });
      const code = await at.linkTo("once@people.test", "confirm");
      expect(await codeOf(await at.post("/my/reset-confirm", { code, password: GOOD }))).toBe(
        "not_found",
      );
      const answer = await at.post("/my/confirm", { code, name: "Once", password: GOOD });
      expect(answer.status).toBe(200);
      const begun = await at.ask("GET", "/my/account", undefined, { Cookie: cookieOf(answer) });
      expect(await begun.json()).toMatchObject({ name: "Once" });
      expect((await at.post("/my/confirm", { code, name: "Again", password: GOOD })).status).toBe(
        404,
      );

      await at.post("/my/reset", { email: "once@people.test" });
      const reset = await at.linkTo("once@people.test", "reset");
      expect(
        (await at.post("/my/confirm", { code: reset, name: "X", password: GOOD })).status,
      ).toBe(404);
      await at.database.query("update one_time_code set expires_at = now() - interval '1 second'");
      expect((await at.post("/my/reset-confirm", { code: reset, password: GOOD })).status).toBe(
        404,
      );
    });

    test("the session's cookie is out of reach of scripts, other sites and every other path", async () => {
      await makeAccount(at.people, "cookie@people.test", GOOD);
      const answer = await at.post("/my/login", { email: "cookie@people.test", password: GOOD });
      const cookie = answer.headers.get("Set-Cookie")!;
      expect(cookie).toMatch(/^berth=[A-Za-z0-9_-]{43}; /);
      expect(cookie).toMatch(/; Path=\/api\/v1\/my(;|$)/);
      expect(cookie).toMatch(/; HttpOnly/);
      expect(cookie).toMatch(/; SameSite=Strict/);
      expect(answer.headers.get("Cache-Control")).toBe("no-store");

      const overTls = await openDock({
        store: at.store,
        blobs: at.blobs,
        people: { ...at.people, address: { url: "https://dock.test", isSaid: true } },
        limits: "none",
      });
      const secure = await overTls.request("http://dock.test/api/v1/my/login", {
        method: "POST",
        headers: { Origin: "https://dock.test", "Content-Type": "application/json" },
        body: JSON.stringify({ email: "cookie@people.test", password: GOOD }),
      });
      expect(secure.headers.get("Set-Cookie")).toMatch(/^__Secure-berth=.*; Secure/);
    });

    test("nobody is given a session that was known before the login", async () => {
      await makeAccount(at.people, "fixed@people.test", GOOD);
      const fixed = { Cookie: "berth=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };
      const given = { email: "fixed@people.test", password: GOOD };
      const answer = await at.post("/my/login", given, fixed);
      expect(cookieOf(answer)).not.toBe(fixed.Cookie);
      expect((await at.ask("GET", "/my/account", undefined, fixed)).status).toBe(401);
      const first = { Cookie: cookieOf(answer) };
      const second = { Cookie: cookieOf(await at.post("/my/login", given, first)) };
      expect(second.Cookie).not.toBe(first.Cookie);
    });

    test("sessions end after a week without use, and after a month", async () => {
      await makeAccount(at.people, "late@people.test", GOOD);
      const session = await at.logIn("late@people.test");
      const hash = hashSecret(session.Cookie.split("=")[1]!);
      const status = async () => (await at.ask("GET", "/my/account", undefined, session)).status;
      await at.database.query(
        "update session set used_at = now() - interval '6 days' where hash = $1",
        [hash],
      );
      expect(await status()).toBe(200); // Which is noted.
      await at.database.query(
        "update session set used_at = now() - interval '8 days' where hash = $1",
        [hash],
      );
      expect(await status()).toBe(401);
      await at.database.query(
        "update session set used_at = now(), expires_at = now() - interval '1 second' where hash = $1",
        [hash],
      );
      expect(await status()).toBe(401);
    });

    test("of passwords, sessions and tokens the database holds hashes alone", async () => {
      const id = await makeAccount(at.people, "hashes@people.test", GOOD);
      const session = await at.logIn("hashes@people.test");
      const made = (await (
        await at.post("/my/tokens", { name: "t", scopes: ["read"] }, session)
      ).json()) as NewToken;
      const rows = await at.database.query(
        "select a.password_hash, s.hash as session, t.* from account a join session s on s.account_id = a.id join access_token t on t.account_id = a.id where a.id = $1",
        [id],
      );
      const text = JSON.stringify(rows);
      expect(rows).toHaveLength(1);
      expect(text).toContain("$argon2id$v=19$m=19456,t=2,p=1$");
      for (const secret of [GOOD, session.Cookie.split("=")[1]!, made.token]) {
        expect(text).not.toContain(secret);
      }
    });

    test("a password is changed by whoever knows it, and every other session ends", async () => {
      await makeAccount(at.people, "change@people.test", GOOD);
      const [here, elsewhere] = [
        await at.logIn("change@people.test"),
        await at.logIn("change@people.test"),
      ];
      const next = "another good password";
      expect(await codeOf(await at.post("/my/password", { current: "wrong", next }, here))).toBe(
        "bad_input",
      );
      const answer = await at.post("/my/password", { current: GOOD, next }, here);
      expect(answer.status).toBe(200);
      const statuses = [];
      for (const session of [here, elsewhere, { Cookie: cookieOf(answer) }]) {
        statuses.push((await at.ask("GET", "/my/account", undefined, session)).status);
      }
      expect(statuses).toEqual([401, 401, 200]);
      await at.logIn("change@people.test", next);
    });

    test("a new password by letter ends every session and token, and leaves the old one good until then", async () => {
      await makeAccount(at.people, "reset@people.test", GOOD);
      const session = await at.logIn("reset@people.test");
      const made = (await (
        await at.post("/my/tokens", { name: "t", scopes: ["read"] }, session)
      ).json()) as NewToken;
      await at.post("/my/reset", { email: "RESET@people.test" });
      const code = await at.linkTo("reset@people.test", "reset");
      await at.logIn("reset@people.test");
      const password = "a new one for me";
      const answer = await at.post("/my/reset-confirm", { code, password });
      expect(answer.status).toBe(200);
      const begun = await at.ask("GET", "/my/account", undefined, { Cookie: cookieOf(answer) });
      expect(begun.status, "whoever opened the link is logged in").toBe(200);
      const bearer = { Authorization: `Bearer ${made.token}` };
      expect((await at.ask("GET", "/my/account", undefined, session)).status).toBe(401);
      expect((await at.ask("GET", "/my/account", undefined, bearer)).status).toBe(401);
      await at.logIn("reset@people.test", password);
    });

    test("log out everywhere ends all sessions", async () => {
      await makeAccount(at.people, "many@people.test", GOOD);
      const sessions = [await at.logIn("many@people.test"), await at.logIn("many@people.test")];
      expect((await at.post("/my/logout-everywhere", undefined, sessions[0])).status).toBe(200);
      for (const session of sessions) {
        expect((await at.ask("GET", "/my/account", undefined, session)).status).toBe(401);
      }
    });

    test("tokens are listed without secrets, end on their day, and are taken back", async () => {
      await makeAccount(at.people, "tokens@people.test", GOOD);
      const session = await at.logIn("tokens@people.test");
      const make = async (asked: object) => at.post("/my/tokens", asked, session);
      expect(await codeOf(await make({ name: "x", scopes: ["admin"] }))).toBe("not_allowed");
      expect(await codeOf(await make({ name: "x", scopes: ["everything"] }))).toBe("bad_input");
      const made = (await (
        await make({ name: "robot", scopes: ["submit"], days: 1 })
      ).json()) as NewToken;
      expect(made.token).toMatch(/^berth_[A-Za-z0-9_-]{43}$/);
      const bearer = { Authorization: `Bearer ${made.token}` };
      expect((await at.ask("GET", "/my/account", undefined, bearer)).status).toBe(200);
      const list = await (await at.ask("GET", "/my/tokens", undefined, session)).text();
      expect(list).toContain("robot");
      expect(list).not.toContain(made.token.slice(10));
      expect(JSON.parse(list)).toMatchObject({
        tokens: [{ scopes: ["submit"], usedAt: expect.any(String) as string }],
      });

      await at.database.query(
        "update access_token set expires_at = now() - interval '1 second' where id = $1",
        [made.id],
      );
      expect((await at.ask("GET", "/my/account", undefined, bearer)).status).toBe(401);
      await at.database.query(
        "update access_token set expires_at = now() + interval '1 day' where id = $1",
        [made.id],
      );
      expect((await at.ask("GET", "/my/account", undefined, bearer)).status).toBe(200);
      expect((await at.ask("DELETE", `/my/tokens/${made.id}`, undefined, session)).status).toBe(
        200,
      );
      expect((await at.ask("GET", "/my/account", undefined, bearer)).status).toBe(401);
      expect((await at.ask("DELETE", `/my/tokens/${made.id}`, undefined, session)).status).toBe(
        404,
      );
    });

    test("nobody takes back another's token", async () => {
      await makeAccount(at.people, "theirs@people.test", GOOD);
      await makeAccount(at.people, "thief@people.test", GOOD);
      const made = (await (
        await at.post(
          "/my/tokens",
          { name: "t", scopes: ["read"] },
          await at.logIn("theirs@people.test"),
        )
      ).json()) as NewToken;
      const thief = await at.logIn("thief@people.test");
      expect((await at.ask("DELETE", `/my/tokens/${made.id}`, undefined, thief)).status).toBe(404);
      const bearer = { Authorization: `Bearer ${made.token}` };
      expect((await at.ask("GET", "/my/account", undefined, bearer)).status).toBe(200);
    });

    test("nobody gets an account by asking where people come by invitation", async () => {
      const invited = testPeople(at.database, at.store, { registration: "invite" });
      const closed = await openDock({
        store: at.store,
        blobs: at.blobs,
        people: invited,
        limits: "none",
      });
      const answer = await closed.request(`${PAGE}/api/v1/my/register`, {
        method: "POST",
        headers: { Origin: PAGE, "Content-Type": "application/json" },
        body: JSON.stringify({ email: "wanting@people.test" }),
      });
      expect([answer.status, await codeOf(answer)]).toEqual([403, "not_allowed"]);
    });

    test("whoever opens the admin's link says an address, and looks after the dock", async () => {
      const made = await at.people.accounts.makeCode("admin", null, { seconds: 60, role: "admin" });
      const asked = { code: made!.code, name: "First", password: GOOD };
      expect(await codeOf(await at.post("/my/confirm", asked))).toBe("bad_input");
      expect((await at.post("/my/confirm", { ...asked, email: "first@people.test" })).status).toBe(
        200,
      );
      const session = await at.logIn("first@people.test");
      expect((await at.ask("GET", "/my/admin/summary", undefined, session)).status).toBe(200);
      expect((await at.post("/my/confirm", { ...asked, email: "second@people.test" })).status).toBe(
        404,
      );
    });
  });
}
