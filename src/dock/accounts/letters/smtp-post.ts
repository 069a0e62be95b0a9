import { createTransport } from "nodemailer";

import type { Letter, Post } from "./post";

/** Longest wait for a mail server to answer. */
const PATIENCE_MS = 20_000;

/** Sends letters by a mail server. */
export class SmtpPost implements Post {
  readonly reaches = true;
  readonly #transport;
  readonly #from: string;

  /**
   * @param url - Such as `smtps://user:password@mail.example:465`.
   * @param from - The address that letters come from.
   */
  constructor(url: string, from: string) {
    this.#transport = createTransport({
      url,
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.#from = from;
  }

  async send({ to, subject, text }: Letter): Promise<void> {
    // As an object: what is in an address is never read as a list of them.
    await this.#transport.sendMail({
      from: this.#from,
      to: { name: "", address: to },
      subject,
      text,
    });
  }
}
