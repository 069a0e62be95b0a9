import type { Letter } from "./post";

type Kind = "confirm" | "invite" | "reset" | "known";

const words: Readonly<
  Record<Kind, { readonly subject: string; readonly lines: readonly string[] }>
> = {
  confirm: {
    subject: "Your account at a Berth dock",
    lines: [
      "Somebody, probably you, asked for an account with this e-mail address. Choose a name and a password within 24 hours:",
      "有人（很可能是您）用这个邮箱申请账户。请在 24 小时内打开链接，设置名称和密码：",
    ],
  },
  invite: {
    subject: "An invitation to a Berth dock",
    lines: [
      "Whoever looks after the dock invites you to share models there. Choose a name and a password within 7 days:",
      "服务器的管理者邀请您在此分享模型。请在 7 天内打开链接，设置名称和密码：",
    ],
  },
  reset: {
    subject: "A new password at a Berth dock",
    lines: [
      "Somebody, probably you, asked for a new password. Choose one within an hour; until then the old one holds:",
      "有人（很可能是您）要求重设密码。请在一小时内打开链接设置新密码；在此之前旧密码仍然有效：",
    ],
  },
  known: {
    subject: "Your account at a Berth dock",
    lines: [
      "Somebody, probably you, asked for an account with this e-mail address, which has one already. Log in, or choose a new password there:",
      "有人（很可能是您）用这个邮箱申请账户，但它已有账户。请登录，或在那里重设密码：",
    ],
  },
};

const otherwise = [
  "If it was not you, there is nothing to do.",
  "如果不是您本人的操作，请忽略这封信。",
] as const;

/**
 * A letter in both languages.
 *
 * @param link - Of the page; for `known` the one to log in at, which opens nothing.
 */
export function letterOf(kind: Kind, to: string, link: string): Letter {
  const { subject, lines } = words[kind];
  const text = [lines[0], link, otherwise[0], lines[1], link, otherwise[1]].join("\n\n");
  return { to, subject, text: `${text}\n`, link: kind === "known" ? null : link };
}
