import type { Format } from "../../words/format";

/** What is said about tokens, in English. */
export function english(f: Format) {
  return {
    title: "Tokens",
    lead: "A token lets a program on your machine do in your name what you let it: the command line shares a model with one. It stands in for your password, so give each program its own, and remove it when it is no longer needed.",
    make: "Make a token",
    name: "What it is for",
    nameHint: "So that you know it again, such as “laptop”.",
    may: "What it may do",
    uses: {
      read: "Only read what is yours",
      submit: "Share models, and change what you shared",
      admin: "Everything, looking after the server as well",
    },
    life: "How long it is good",
    days: (days: number) => f.counted(days, "day", "days"),
    tooMany: "You have as many tokens as an account may have. Remove one first.",
    badName: "The name has characters that cannot be seen. Write another one.",
    made: (name: string) => `“${name}” is made. Copy it now: it is not shown again.`,
    secret: "The token",
    how: "In a terminal this asks for the token and keeps it for the commands that share models:",
    command: "Command to log in with",
    howElse: "A program reads it from the environment variable BERTH_TOKEN.",
    yours: "Your tokens",
    loading: "Fetching your tokens",
    none: "You have none.",
    scopes: { read: "read", submit: "share", admin: "look after the server" },
    madeOn: (day: string) => `Made ${day}.`,
    ends: (day: string) => `Good until ${day}.`,
    ended: (day: string) => `No longer good since ${day}.`,
    used: (day: string) => `Last used ${day}.`,
    unused: "Never used.",
    remove: "Remove",
    removeOf: (name: string) => `Remove ${name}`,
    removeAsk: (name: string) => `Remove “${name}”?`,
    removeWhat:
      "Programs that use it are refused from now on. What they shared stays. It cannot be brought back, but you can make another.",
  };
}

export type TokensWords = ReturnType<typeof english>;
