import type { Format } from "../../words/format";

/** What is said to those who look after the server, in English. */
export function english(f: Format) {
  const models = (count: number) => f.counted(count, "model", "models");
  return {
    title: "Looking after the server",
    partsLabel: "Parts of looking after the server",
    parts: { counts: "Counts", people: "People", models: "Models", islands: "Kinds of data" },
    find: "Find",
    /** Sorts of models, tasks and states, by the name that the server gives them. */
    named: {
      table: "Tables",
      text: "Texts",
      image: "Pictures",
      regression: "Predict a number",
      classification: "Predict one of several classes",
      waiting: "Waiting",
      running: "Being checked",
      verified: "Accepted",
      refused: "Refused",
    } as Record<string, string>,
    jobs: {
      "re-estimate": "Work out the scale of a kind of data anew",
      collect: "Delete what was removed long ago",
      "mark-redundant": "Find models that others make redundant",
      "draw-chart": "Draw the chart",
      verify: "Check what somebody sent in",
      backup: "Back up",
      restore: "Restore a backup",
    } as Record<string, string>,
    counts: {
      title: "What is here",
      loading: "Counting",
      models: "Models",
      removed: (count: number) => `and ${f.integer(count)} removed`,
      islands: "Kinds of data",
      accounts: "Accounts",
      ofThem: (admins: number, out: number) =>
        [
          `${f.counted(admins, "looks", "look")} after the server`,
          ...(out > 0 ? [`${f.integer(out)} more shut out`] : []),
        ].join(", "),
      uses: "Searches and downloads",
      period: "Period",
      days: (days: number) => `The last ${f.counted(days, "day", "days")}`,
      searches: "Searches",
      downloads: "Downloads",
      total: (total: number, most: number) =>
        `${f.integer(total)} in all, ${f.integer(most)} on the busiest day`,
      byDay: (title: string, total: number, days: number) =>
        `${title} on each of ${f.counted(days, "day", "days")}, ${f.integer(total)} in all`,
      asTable: "As a table",
      day: "Day",
      never:
        "Nobody knows who searched or downloaded. Searches that a tab makes by itself are not counted.",
      whatModels: "Models and submissions by sort",
      kinds: "Models for",
      tasks: "Models that",
      submissions: "Sent in",
      none: "None yet.",
    },
    queue: {
      title: "What the server does by itself",
      lead: "It works this off one after the other. Deleting always waits, because it is done once a day.",
      waiting: "Waiting or being done",
      left: "Given up",
      noneLeft: "Nothing was given up.",
      leftWhy:
        "These have failed five times and wait for you. Look into the server’s log for the reason, put that right, and try again.",
      failed: (attempts: number, problem: string | null) =>
        problem === null
          ? `${f.integer(attempts)} tries`
          : `${f.integer(attempts)} tries, the last ended with ${problem}`,
      retry: "Try again",
      isDone: "This is being done again, or is done. Load the page again to see.",
    },
    invite: {
      title: "Invite somebody",
      lead: "You get a link that makes one account within 7 days. Where the server sends letters, it also goes to the address.",
      email: "E-mail",
      asAdmin: "to look after the server as well",
      go: "Make an invitation",
      there: "This e-mail address has an account already.",
      made: (email: string, day: string) =>
        `An invitation for ${email}, good until ${day}. Hand it to that person alone: whoever opens it first has the account.`,
      link: "Invitation",
    },
    people: {
      title: "Accounts",
      find: "Name or e-mail",
      loading: "Fetching accounts",
      count: (count: number) => f.counted(count, "account", "accounts"),
      more: "Show more",
      you: "you",
      admin: "looks after the server",
      out: "shut out",
      since: (day: string) => `Since ${day}.`,
      shares: (count: number) => `Shares ${models(count)}.`,
      outSince: (day: string) => `Shut out since ${day}.`,
      named: (what: string, name: string) => `${what}: ${name}`,
      promote: "Let look after the server",
      promoteAsk: (name: string) => `Let ${name} look after the server?`,
      promoteWhat:
        "They can then invite, shut out and remove people, you too, remove models, and change kinds of data.",
      demote: "No longer look after it",
      demoteAsk: (name: string) => `Shall ${name} no longer look after the server?`,
      demoteWhat: "They keep their account and what they shared.",
      demoteOwn: "This is your own account. You will not see these pages any more.",
      lastAdmin: "Nobody would be left to look after the server. Let somebody else do it first.",
      shut: "Shut out",
      shutAsk: (name: string) => `Shut ${name} out?`,
      shutWhat:
        "They are logged out everywhere at once, and their tokens are refused. What they shared stays. You can let them in again.",
      letIn: "Let in again",
      letInAsk: (name: string) => `Let ${name} in again?`,
      letInWhat: "They can log in with their password, and their tokens are good again.",
      remove: "Remove",
      removeAsk: (name: string) => `Remove the account of ${name}?`,
      removeWhat: (count: number) =>
        count === 0
          ? "The account is gone at once, and cannot be brought back."
          : `The account is gone at once, and cannot be brought back. The ${models(count)} that it shares stay and belong to nobody.`,
    },
    models: {
      title: "Models",
      find: "Words of the model",
      loading: "Fetching models",
      count: (count: number) => models(count),
      more: "Show more",
      about: (id: string, island: string) => `${id}, on ${island}`,
      named: (what: string, name: string) => `${what}: ${name}`,
      remove: "Remove",
      removeAsk: (name: string) => `Remove “${name}”?`,
      removeWhat: (id: string) =>
        `Nobody finds it or downloads it from now on; it stays with those who have it. For 30 days “berth dock restore ${id}” brings it back.`,
    },
    islands: {
      title: "Kinds of data",
      lead: "A kind of data holds the models that answer one question about one set of columns. Putting them in order helps people to find them.",
      find: "Name or id",
      loading: "Fetching kinds of data",
      count: (count: number) => f.counted(count, "kind of data", "kinds of data"),
      asks: (question: string) => `predicts ${question}`,
      asksNothing: "without a question yet",
      about: (count: number, asks: string) => `${models(count)}, ${asks}`,
      named: (what: string, name: string) => `${what}: ${name}`,
      changes: { rename: "Rename", merge: "Merge", split: "Split" },
      renameLead: "Only the words change. Its id stays, so links go on leading to it.",
      name: "Name",
      description: "Description",
      mergeLead:
        "All its models move to another kind of data that answers the same question about the same columns.",
      into: "Into",
      option: (name: string, id: string, count: number) => `${name} (${id}), ${models(count)}`,
      mergeAsk: (name: string, into: string) => `Merge “${name}” into “${into}”?`,
      mergeWhat: (count: number, name: string, into: string) =>
        `${models(count)} move to “${into}”. “${name}” is gone then, and links to it lead nowhere. You can split them off again, under another id.`,
      mergeNone:
        "No other kind of data here answers the same question about the same columns, so it cannot be merged.",
      splitLead:
        "Some of its models move to a new kind of data with the same columns and the same question.",
      splitWhich: (count: number) => `Models that move: ${f.integer(count)} chosen`,
      splitAll:
        "Some have to stay, and all that move must still be here. To change the whole, rename it.",
      more: "Show more",
      newName: "Name of the new one",
      newId: "Its id",
      newIdHint: "It stands in addresses: small letters, digits and hyphens. It never changes.",
      idTaken: "Another kind of data has this id. Choose another.",
    },
  };
}

export type AdminWords = ReturnType<typeof english>;
