/** What all screens say that are for people with an account, in English. */
export function english() {
  return {
    placesLabel: "Your account and what is yours",
    places: {
      mine: "Yours",
      account: "Account",
      tokens: "Tokens",
      admin: "Looking after the server",
    } as Record<string, string>,
    asking: "Finding out who you are",
    none: {
      files:
        "This server is a copy made of plain files. It knows nobody, so nobody can log in or share a model here.",
      elsewhere:
        "You have chosen another server at the top. You can log in only at the one that this page came from: choose that again, or open the other one’s own page.",
      without: "This server has no accounts, so nobody can log in or share a model here.",
    },
    withoutAccount:
      "An account is needed for sharing models alone. Searching, looking at models, running them and downloading work without one.",
    toSearch: "Search with your data",
    logInFirst: "Log in to see this",
    logIn: "Log in",
    adminsAlone: "This is for those who look after this server",
    adminsAloneWhy: (name: string) =>
      `You are logged in as ${name}, whose account may not do this. Ask whoever runs the server, or log in with another account.`,
    show: "Show",
    hide: "Hide",
  };
}

export type AccountWords = ReturnType<typeof english>;
