import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createInterface } from "node:readline";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { SmtpPost } from "../../src/dock/accounts/letters/smtp-post";

/** What a mail server was told, line by line. */
let said: string[];
/** The letter itself. */
let text = "";
let refusal: string | null;
let server: Server;
let url: string;

/** A mail server that speaks as much of SMTP (RFC 5321) as it takes to be handed a letter. */
async function speak(socket: Socket): Promise<void> {
  const answer = (line: string) => socket.write(`${line}\r\n`);
  socket.on("error", () => undefined);
  answer("220 mail.test ESMTP");
  let isLetter = false;
  for await (const line of createInterface(socket)) {
    if (isLetter) {
      if (line === ".") {
        isLetter = false;
        answer("250 taken");
      } else text += `${line.replace(/^\./, "")}\n`;
      continue;
    }
    said.push(line);
    const [word = ""] = line.split(" ");
    if (word === "EHLO") answer("250-mail.test\r\n250-AUTH PLAIN\r\n250 8BITMIME");
    else if (word === "AUTH") answer("235 come in");
    else if (word === "RCPT" && refusal !== null) answer(refusal);
    else if (word === "DATA") {
      isLetter = true;
      answer("354 go on");
    } else if (word === "QUIT") {
      answer("221 bye");
      socket.end();
    } else answer("250 fine");
  }
}

beforeEach(async () => {
  said = [];
  text = "";
  refusal = null;
  server = createServer((socket) => void speak(socket).catch(() => undefined));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `smtp://dock:p%40ss@127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

describe("a letter over SMTP", () => {
  test("is handed to the mail server for the one address, with its link whole", async () => {
    const link = `https://dock.example/#/account?code=${"x".repeat(90)}`;
    const post = new SmtpPost(url, "dock@dock.example");
    await post.send({
      to: "ada@people.test",
      subject: "Confirm – 确认",
      link,
      text: `Open ${link} today.`,
    });
    expect(said).toContainEqual(expect.stringMatching(/^MAIL FROM:<dock@dock\.example>/));
    expect(said.filter((line) => line.startsWith("RCPT"))).toEqual(["RCPT TO:<ada@people.test>"]);
    const [, secret = ""] = said.find((line) => line.startsWith("AUTH PLAIN"))!.split("PLAIN ");
    expect(Buffer.from(secret, "base64").toString()).toBe("\0dock\0p@ss");
    const [head = "", ...body] = text.split("\n\n");
    expect(head).toMatch(/^From: dock@dock\.example$/m);
    expect(head).toMatch(/^To: <?ada@people\.test>?$/m);
    const read = body.join("\n\n").replace(/=\n/g, "").replaceAll("=3D", "=");
    expect(read).toContain(link);
  });

  test("goes to nobody else, whatever an address says", async () => {
    const post = new SmtpPost(url, "dock@dock.example");
    const to = "ada@people.test\r\nRCPT TO:<eve@people.test>";
    await post
      .send({ to, subject: "a\r\nBcc: eve@people.test", text: ".", link: "." })
      .catch(() => undefined);
    const reached = said.filter((line) => line.startsWith("RCPT"));
    expect(reached.filter((line) => line.startsWith("RCPT TO:<eve"))).toEqual([]);
    expect(text).not.toMatch(/^Bcc:/m);
  });

  test("that the server does not take fails", async () => {
    refusal = "550 nobody here";
    const post = new SmtpPost(url, "dock@dock.example");
    await expect(
      post.send({ to: "x@people.test", subject: "a", text: "b", link: "b" }),
    ).rejects.toThrow("550");
  });

  test("has a line of one dot whole", async () => {
    const post = new SmtpPost(url, "dock@dock.example");
    await post.send({ to: "x@people.test", subject: "a", text: "one\n.\ntwo", link: "." });
    expect(text).toContain("one\n.\ntwo");
  });
});
