import type { Format } from "../../words/format";
import type { AddressRefusal } from "./address";

/** The words of the menu in which a server is chosen. */
export function english(f: Format) {
  return {
    title: "Server in use",
    own: "This page’s own server",
    other: "Another server, chosen on this device",
    kinds: {
      api: (groups: number) =>
        `It searches for you, among ${f.counted(groups, "kind", "kinds")} of data.`,
      static: (groups: number) =>
        `Plain files with ${f.counted(groups, "kind", "kinds")} of data; this tab searches them.`,
    },
    asking: "Asking …",
    silent: "It does not answer at the moment.",
    back: "Back to this page’s own server",
    change: "Use another server",
    address: "Its address",
    hint: "Such as https://models.example/ or /folder/",
    may: (hosts: readonly string[]): string =>
      hosts.length === 0
        ? "Whoever runs this page allows folders of its own server only."
        : `Whoever runs this page allows folders of its own server, and ${hosts.join(", ")}.`,
    next: "Next",
    ask: (host: string) => `Use ${host}?`,
    sees: (isElsewhere: boolean): string =>
      isElsewhere
        ? "It is run by somebody else. It would see your network address, which models you open and fetch, and, if it searches for you, every message that this page shows you before it goes: your summary, and words you type."
        : "It lies on the server that this page came from, which would see what it sees now: which models you open and fetch, and, if it searches for you, every message that this page shows you before it goes.",
    stays: "Your rows, column names and predictions stay in this tab with every server.",
    notYet: "Nothing was sent to it yet.",
    reloads:
      "The page then loads again. It remembers the server on this device, until you go back or clear everything.",
    yes: "Use this server",
    refusals: {
      empty: () => "Type the address of a server.",
      not_address: () => "This is not an address. One looks like https://models.example/",
      not_web: () => "Only addresses that begin with https:// or http:// can be asked.",
      with_password: () => "An address with a name or password in it is not asked.",
      not_allowed: (host: string) =>
        `Whoever runs this page does not allow it to ask ${host}. Nothing was sent to it.`,
    } satisfies Record<AddressRefusal, (host: string) => string>,
    isOwn: "This is the server in use.",
    notFound: (host: string) => `Something answers at ${host}, but it is no server of models.`,
    notReached: (host: string) =>
      `${host} cannot be reached, or does not let this page ask it. Try again later, or ask whoever runs it.`,
    unreachable: (host: string) => `The server you chose, ${host}, cannot be reached.`,
    noLonger: (host: string) =>
      `The server you chose, ${host}, may no longer be asked by this page. Its own server is in use.`,
    forget: "Forget it",
  };
}

export type ServerWords = ReturnType<typeof english>;
