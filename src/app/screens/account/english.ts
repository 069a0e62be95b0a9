import type { Format } from "../../words/format";

/** What is said about the account, in English. */
export function english(f: Format) {
  return {
    title: "Account",
    email: "E-mail",
    password: "Password",
    newPassword: "New password",
    passwordHint: (least: number) =>
      `At least ${f.integer(least)} characters; several words in a row are good.`,
    name: "Name",
    nameHint: "Those who look after the server see it, nobody else.",
    logIn: {
      title: "Log in",
      go: "Log in",
      wrong:
        "The e-mail address or the password is not right. Try again, or choose a new password.",
    },
    forgotten: {
      title: "Password forgotten",
      lead: "Give the e-mail address of your account. A letter comes with a link that works for an hour, where you choose a new password.",
      back: "Back to logging in",
    },
    register: {
      title: "No account yet?",
      ways: {
        open: "Give your e-mail address. A letter comes with a link, where you choose a name and a password.",
        invite:
          "People come to this server by invitation. Ask whoever runs it: you get a link, where you choose a name and a password.",
        closed: "This server takes nobody else in. Ask whoever runs it.",
      },
    },
    letter: {
      go: "Send a letter",
      sent: {
        register: (email: string) =>
          `A letter is on its way to ${email}. Its link works for 24 hours. If none comes, look among unwanted mail, or ask again in a minute.`,
        reset: (email: string) =>
          `If ${email} has an account here, a letter is on its way. If none comes, look among unwanted mail, or ask again in a minute.`,
      },
    },
    confirm: {
      title: "Make your account",
      lead: "You were sent a link that makes one account. Choose a name and a password.",
      first:
        "This link makes an account that looks after the server. It works once. Choose a name and a password, and say which e-mail address you log in with.",
      go: "Make the account",
    },
    reset: {
      title: "Choose a new password",
      lead: "You are logged out wherever you are logged in now, and your tokens end.",
      go: "Set the password",
    },
    linkGone: "This link was used before, or is too old. Ask for another.",
    hasAccount: "This e-mail address has an account already. Log in with it.",
    badName:
      "The server does not take this: the name has characters that cannot be seen, or the e-mail address is not complete.",
    person: {
      role: "May",
      roles: {
        user: "share models and change what it shared",
        admin: "share models, and look after the server",
      },
      since: "Since",
      logOut: "Log out",
      everywhere: "Log out everywhere",
      everywhereAsk: "Log out everywhere?",
      everywhereWhat:
        "Every browser that is logged in with this account has to log in again, this one too. Tokens stay good: remove them under Tokens.",
      change: "Change the password",
      current: "Current password",
      wrong: "The current password is not right.",
      changed: "The password is changed. Every other browser has been logged out.",
      leave: "Leaving",
      leaveHow:
        "Whoever looks after the server removes your account when you ask. What you shared stays there and belongs to nobody, unless you remove it before.",
    },
  };
}

export type AccountScreenWords = ReturnType<typeof english>;
