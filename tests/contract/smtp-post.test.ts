import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { SmtpPost } from "../../src/dock/accounts/letters/smtp-post";
import { MailServer } from "../fixtures/mail-server";

let mail: MailServer;

beforeEach(async () => {
  mail = await MailServer.open();
});
afterEach(() => mail.close());

describe("a letter over SMTP", () => {
  test("is handed to the mail server for the one address, with its link whole", async () => {
    const link = `https://dock.example/#/account?code=${"x".repeat(90)}`;
    const post = new SmtpPost(mail.url, "dock@dock.example");
    await post.send({
      to: "ada@people.test",
      subject: "Confirm – 确认",
      link,
      text: `Open ${link} today.`,
    });
    expect(mail.said).toContainEqual(expect.stringMatching(/^MAIL FROM:<dock@dock\.example>/));
    expect(mail.said.filter((line) => line.startsWith("RCPT"))).toEqual([
      "RCPT TO:<ada@people.test>",
    ]);
    const [, secret = ""] = mail.said
      .find((line) => line.startsWith("AUTH PLAIN"))!
      .split("PLAIN ");
    expect(Buffer.from(secret, "base64").toString()).toBe("\0dock\0p@ss");
    const [head] = mail.letters[0]!.split("\n\n");
    expect(head).toMatch(/^From: dock@dock\.example$/m);
    expect(head).toMatch(/^To: <?ada@people\.test>?$/m);
    expect(mail.lastText).toContain(link);
  });

  test("goes to nobody else, whatever an address says", async () => {
    const post = new SmtpPost(mail.url, "dock@dock.example");
    const to = "ada@people.test\r\nRCPT TO:<eve@people.test>";
    await post
      .send({ to, subject: "a\r\nBcc: eve@people.test", text: ".", link: "." })
      .catch(() => undefined);
    const reached = mail.said.filter((line) => line.startsWith("RCPT"));
    expect(reached.filter((line) => line.startsWith("RCPT TO:<eve"))).toEqual([]);
    expect(mail.letters.at(-1) ?? "").not.toMatch(/^Bcc:/m);
  });

  test("that the server does not take fails", async () => {
    mail.refusal = "550 nobody here";
    const post = new SmtpPost(mail.url, "dock@dock.example");
    await expect(
      post.send({ to: "x@people.test", subject: "a", text: "b", link: "b" }),
    ).rejects.toThrow("550");
  });

  test("has a line of one dot whole", async () => {
    const post = new SmtpPost(mail.url, "dock@dock.example");
    await post.send({ to: "x@people.test", subject: "a", text: "one\n.\ntwo", link: "." });
    expect(mail.letters.at(-1) ?? "").toContain("one\n.\ntwo");
  });
});
