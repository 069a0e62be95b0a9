import { englishMessages } from "./english-messages";
import type { Format } from "./format";

/** The words that all screens share, in English. `Words` is what another language must say as well. */
export function english(f: Format) {
  return {
    name: "Berth",
    skip: "Skip to the content",
    /** A kind of data, by the name that its dock gives it. */
    islandName: (name: string) => name,
    language: "Language",
    server: "Server",
    account: "Account",
    themeTo: (dark: boolean): string =>
      dark ? "Switch to the dark theme" : "Switch to the light theme",
    cancel: "Cancel",
    retry: "Try again",
    newer: "A new version of this page is ready.",
    newerLoses:
      "What you have not downloaded yet would be made again after the reload. Reload all the same?",
    reload: "Reload",
    copy: "Copy",
    copied: "Copied",
    translated:
      "Something translated this page, and that was undone: what it shows would have stopped changing. Berth speaks English and 中文, to be chosen at the top.",
    progress: (percent: number) => `${f.integer(percent)} %`,
    remaining: (seconds: number) =>
      seconds < 60
        ? `about ${f.counted(seconds, "second", "seconds")} left`
        : `about ${f.counted(Math.round(seconds / 60), "minute", "minutes")} left`,
    page: (page: number, pages: number) => `Page ${f.integer(page)} of ${f.integer(pages)}`,
    previous: "Previous",
    next: "Next",
    filter: "Filter by name",
    noneOfThatName: "Nothing has a name like that.",
    row: "row",
    placesLabel: "Main pages",
    places: {
      "": "Your data",
      world: "World",
      models: "Models",
      share: "Share",
      help: "Help",
    } as Record<string, string>,
    quay: {
      nothingLeft: "Nothing of your data has left this tab",
      stays: (amount: string) => `${amount} stay here`,
      next: {
        search: "Next: a summary of your data",
        choice: "Next: you choose the kind of data; nothing leaves by that",
      },
      stayed: {
        table: (count: number) => `${f.counted(count, "row", "rows")} stayed`,
        text: (count: number) => `${f.counted(count, "text", "texts")} stayed`,
        image: (count: number) => `${f.counted(count, "picture", "pictures")} stayed`,
      },
      left: (bytes: string, time: string) => `${bytes} left, ${time}`,
      leftHere: "What left this tab",
      stayedAndLeft: (stayed: string, left: string) => `${stayed} stayed, ${left} left`,
      open: "See every byte",
      how: "How to check",
      check:
        "To check: open your browser’s developer tools (F12, or ⌥⌘I on a Mac), choose Network and go on. As long as only GET requests appear, nothing but addresses is sent: they name pages, kinds of data and models, so the server can tell which of these you looked at.",
      title: "What stayed and what left",
      close: "Close",
      kinds: {
        outline: "A summary",
        noisy: "A summary with noise",
        words: "Words you typed",
        learnware: "A model that you publish",
      },
      line: (kind: string, bytes: string, time: string) => `${kind}, ${bytes}, ${time}`,
    },
    device: {
      title: "Technical details",
      compute: "Computing with",
      computes: { webgpu: "WebGPU", wasm: "WASM", typescript: "plain JavaScript" },
      notYet: "chosen at the first search",
      isolated: (yes: boolean): string =>
        yes ? "Cross-origin isolated" : "Not cross-origin isolated",
      isolatedWhy: (yes: boolean): string =>
        yes
          ? "no other site shares this tab’s memory"
          : "the server did not ask the browser for it",
      offline: "Working without a network",
      offlineHow:
        "Once you have used the page, it opens without a network, and what it fetched from the server is at hand. For those who are careful: fetch everything, use a table like yours once at “Nothing leaves”, switch the network off, and then open your own.",
      offlineGet: "Fetch everything for this (17 MB)",
      offlineGetting: {
        idle: "",
        busy: "Fetching …",
        done: "Everything is here. You can switch the network off.",
        failed: "It could not all be fetched. Try again with a network.",
      },
      clearAsk:
        "The table, what was found for it, earlier predictions, downloaded models, settings and the files of the page go. This cannot be undone.",
      clearYes: "Clear it all",
      clear: "Clear everything on this device",
      cleared:
        "The table, downloaded models, settings and the noise budget used were removed from this browser, and it has a new key. A summary sent from now on shows another half of the same rows.",
    },
    messages: englishMessages,
  };
}

export type Words = ReturnType<typeof english>;
